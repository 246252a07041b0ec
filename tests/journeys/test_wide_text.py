"""Pages hold in a system's widest font too: text spaced as WCAG 1.4.12 allows scrolls nothing."""

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.monitoring import ObservationFactory
from tests.journeys.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SPACED = "* { letter-spacing: .12em !important; word-spacing: .16em !important; }"


@pytest.fixture
def phone(window):
    return window(width=360, bypass_csp=True)


def wider_than_the_window(page, path):
    page.goto(path)
    page.add_style_tag(content=SPACED)
    return page.evaluate(
        """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll("main *")]
            .filter(each => each.getBoundingClientRect().right > innerWidth)
            .map(each => each.outerHTML.slice(0, 120))"""
    )


def test_indicator_with_a_long_unit(phone):
    shown = ObservationFactory(value=197_700, indicator__unit_fi="kotoutumissuunnitelmaa")

    assert wider_than_the_window(phone, f"/fi/indikaattorit/{shown.indicator.slug}/") == []


def test_every_component(phone):
    sign_in(phone, UserFactory(is_superuser=True, language="fi"))

    assert wider_than_the_window(phone, "/fi/tietoa/tyyli/") == []

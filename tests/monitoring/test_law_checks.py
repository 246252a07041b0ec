"""An indicator's checks after changes of the law follow what is done to it in /cms/."""

import pytest
from django.urls import reverse

from law.models import ImpactReview
from monitoring.indicators import services
from monitoring.indicators.models import IndicatorSection
from tests.factories.accounts import UserFactory
from tests.factories.law import SectionFactory, opened_change
from tests.factories.monitoring import IndicatorFactory

pytestmark = pytest.mark.django_db
State = ImpactReview.State


@pytest.fixture
def section(db):
    return SectionFactory(number="14")


@pytest.fixture
def check(section):
    indicator = IndicatorFactory()
    IndicatorSection.objects.create(indicator=indicator, section=section)
    change = opened_change(section=section)
    [check] = change.reviews.all()
    check.indicator = indicator
    return check


def after(check):
    check.refresh_from_db()
    return check.state


def test_an_edit_that_keeps_the_section_leaves_the_check_to_its_keepers(check):
    services.settle_reviews(check.indicator, UserFactory())

    assert after(check) == State.OPEN


def test_an_indicator_that_no_longer_names_the_section_is_gone(check, section):
    check.indicator.section_links.all().delete()
    IndicatorSection.objects.create(indicator=check.indicator, section=SectionFactory(number="15"))

    services.settle_reviews(check.indicator, UserFactory())

    assert after(check) == State.GONE


def test_an_unpublished_indicator_is_gone(check):
    check.indicator.published = False
    check.indicator.save()

    services.settle_reviews(check.indicator, UserFactory())

    assert after(check) == State.GONE


def test_a_deleted_indicator_is_gone_and_the_log_says_who_deleted_it(check, client):
    statistician = UserFactory(is_superuser=True)
    client.force_login(statistician)

    client.post(reverse("indicators:delete", args=[check.indicator.pk]))

    assert after(check) == State.GONE
    assert check.done_by == statistician

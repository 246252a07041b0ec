"""A meeting: its worksheet is printed, what was decided is recorded, and the country sees it."""

import pytest
from django.utils import timezone

from partnership.meetings import worksheets
from portal.places.models import Area
from tests.factories.accounts import UserFactory
from tests.factories.authorities import an_officer
from tests.factories.datasets import released_dataset
from tests.factories.monitoring import AreaFactory
from tests.printing.samples import opened, tags

from .conftest import PASSWORD, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_paper_of_a_meeting_to_what_the_country_sees(window):
    """The officer prints the sheet from the area's page, records on a phone, and a stranger reads
    the decision on the page of the country.
    """
    country = AreaFactory()
    area = AreaFactory(kind=Area.Kind.EMPLOYMENT_AREA, code="05", name_en="Example area")
    released_dataset([country, area])
    assert worksheets.freeze_due()
    officer = UserFactory(email="officer@example.org", password=PASSWORD)
    an_officer(area, user=officer)

    phone = window(width=360, locale="en-GB")
    sign_in(phone, officer)
    phone.goto("/en/areas/TA05/")
    phone.get_by_role("link", name="Worksheet for a meeting").click()
    paper = phone.request.get(
        phone.get_by_role("link", name="Print (PDF, A4)").get_attribute("href")
    )
    assert paper.headers["content-type"] == "application/pdf"
    assert "Table" in tags(opened(paper.body()))

    phone.get_by_role("link", name="Record what was decided").click()
    phone.fill("input[name=read_on]", f"{timezone.localdate():%Y-%m-%d}")
    phone.fill("input[name=body]", "Integration group")
    phone.fill("textarea[name=decided]", "An evening group is opened.")
    phone.get_by_role("button", name="Record").click()
    phone.get_by_text("The decision is recorded").wait_for()

    stranger = window(width=1280, locale="en-GB")
    stranger.goto("/en/meetings/")
    stranger.get_by_role("link", name="Example area: Integration group").click()
    assert "An evening group is opened." in stranger.locator("main").inner_text()

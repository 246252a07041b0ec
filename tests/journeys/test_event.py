"""An event that fills: a phone waits, takes a place from its letter, and hears that it moves."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from content.events.models import Event, Registration
from content.events.services import own, registering
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RegistrationFactory, WayFactory

from .conftest import PASSWORD, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def link_in(template):
    """The own link in the newest letter of a kind, as an address of this site."""
    letters = Letter.objects.filter(template=f"events/{template}", to="maija@example.org")
    return re.search(r"https?://[^/]+(/\S+\?key=\S+)", letters.latest("pk").text)[1]


def test_from_a_full_event_to_a_place_and_another_hour(window):
    start = timezone.make_aware(datetime(2027, 3, 2, 9))
    event = EventFactory(
        slug="open-day", name_en="Open day", starts_at=start, ends_at=start + timedelta(hours=2)
    )
    way = WayFactory(event=event, places=1)
    first = RegistrationFactory(way=way)
    registering.confirm(first)

    phone = window(width=360, locale="en-GB")
    phone.goto("/en/events/open-day/")
    phone.get_by_role("link", name="Register for the event").click()
    phone.get_by_label("Your name").fill("Maija Meikäläinen")
    phone.get_by_label("E-mail address").fill("maija@example.org")
    phone.wait_for_timeout(3100)  # a form that is sent at once is taken for a machine's
    phone.get_by_role("button", name="Register for the event").click()
    phone.get_by_role("heading", name="Check your mail").wait_for()
    phone.goto(link_in("confirm"))
    phone.get_by_role("button", name="Confirm my registration").click()
    phone.get_by_text("You are on the waiting list").wait_for()
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 360

    own.cancel(Registration.objects.get(pk=first.pk))
    phone.goto(link_in("offer"))  # the first click is on the link in the letter
    phone.get_by_role("button", name="Take the place").click()
    phone.get_by_text("You have a place").wait_for()

    keha = UserFactory(role="editor", password=PASSWORD)
    desk = window(locale="en-GB")
    sign_in(desk, keha)
    desk.goto(f"/cms/events/edit/{event.pk}/")
    desk.get_by_role("tab", name="When and where").click()
    desk.fill("input[name=starts_at]", "2027-03-02 10:00")
    desk.fill("input[name=ends_at]", "2027-03-02 12:00")
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Save").click()
    desk.wait_for_url("**/cms/events/")

    assert Event.objects.get().sequence == 1
    assert "10.00" in Letter.objects.get(template="events/moved").text
    phone.goto(link_in("moved"))
    assert "10.00" in phone.locator("main").inner_text()

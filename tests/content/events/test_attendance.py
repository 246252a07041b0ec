"""Who came, their certificate, and three answers that nobody can be known by."""

from datetime import timedelta

import pytest
from django.utils import timezone

from content.certificates.models import Certificate
from content.events import links
from content.events.errors import NotNow, WrongCode
from content.events.models import Event, Feedback, Registration
from content.events.services import attendance, feedback
from portal.languages import in_language
from tests.factories.accounts import UserFactory
from tests.factories.events import WayFactory


def at(event, start):
    Event.objects.filter(pk=event.pk).update(starts_at=start, ends_at=start + timedelta(hours=2))
    event.refresh_from_db()


@pytest.fixture
def coded(event):
    attendance.show_code(event, by=UserFactory())
    return event


def test_who_types_the_code_was_there_and_has_one_certificate(client, coded, on_site, joined):
    user = UserFactory(email="me@example.org")
    row = joined(on_site, email="me@example.org", event=coded)
    with in_language("en"):
        address = links.own_path(row)
    with pytest.raises(NotNow):
        attendance.come(row, coded.attendance_code)
    at(coded, timezone.now() - timedelta(hours=1))
    row.event.refresh_from_db()
    with pytest.raises(WrongCode):
        attendance.come(row, "WRONG1")
    assert "The code on the screen" in client.get(address).content.decode()
    for _again in range(2):
        client.post(address, {"do": "come", "code": coded.attendance_code.lower()})
    row.refresh_from_db()
    assert row.came_at
    certificate = Certificate.objects.get()
    assert (certificate.kind, certificate.holder, certificate.minutes) == ("event", user, 120)


def test_codes_cannot_be_guessed_through(client, coded, on_site, joined):
    row = joined(on_site, event=coded)
    at(coded, timezone.now() - timedelta(hours=1))
    with in_language("en"):
        address = links.own_path(row)
    for number in range(10):
        client.post(address, {"do": "come", "code": f"WRONG{number}"})
    client.post(address, {"do": "come", "code": coded.attendance_code})
    assert Registration.objects.get().came_at is None


def test_without_an_account_one_was_there_too(event, on_site, joined):
    row = joined(on_site)
    with pytest.raises(NotNow):
        attendance.mark(row, by=UserFactory())
    at(row.event, timezone.now() - timedelta(hours=1))
    attendance.mark(row, by=UserFactory())
    row.refresh_from_db()
    assert row.came_at and not Certificate.objects.exists()


def test_feedback_is_given_once_and_shown_when_five_have_answered(client, event, joined):
    way = WayFactory(event=event, places=10)
    rows = [joined(way) for _ in range(5)]
    answer = {"do": "feedback", "useful": "4", "use": "yes", "words": "Longer breaks."}
    with in_language("en"):
        addresses = [links.own_path(row) for row in rows]
    client.post(addresses[0], answer)
    assert not Feedback.objects.exists()  # it is not over yet
    at(event, timezone.now() - timedelta(days=1))
    assert client.post(addresses[0], {"do": "feedback"}).status_code == 422
    for address in [addresses[0], *addresses[:4]]:
        client.post(address, answer)
    assert Feedback.objects.count() == 4 and feedback.summary(event) is None
    client.post(addresses[4], answer)
    told = feedback.summary(event)
    assert (told["number"], told["useful"], told["yes"], told["no"]) == (5, 4, 5, 0)
    names = {field.name for field in Feedback._meta.get_fields()}
    assert names == {"id", "event", "useful", "use", "words"}

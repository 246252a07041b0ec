"""The organiser's side in /cms/: the form of an event, its moves, and what participants ask."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from content.events.models import Event, Needs, OwnQuestion, Registration, Request, Way
from content.events.services import own
from portal.mail.models import Letter
from tests.factories.events import EventFactory

State = Registration.State


def wire(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def typed(event, ways=(), questions=(), **fields):
    """What the form of an event sends, with rows of its ways and questions."""
    data = {
        **{
            f"{name}_{language}": getattr(event, f"{name}_{language}")
            for name in ("name", "description")
            for language in ("fi", "sv", "en")
        },
        "slug": event.slug,
        "starts_at": wire(event.starts_at),
        "ends_at": wire(event.ends_at),
        "place": event.place,
        "organiser": event.organiser,
        "contact_email": event.contact_email,
        "offer_hours": event.offer_hours,
        **fields,
    }
    for prefix, rows in {"ways": ways, "questions": questions, "programme": ()}.items():
        before = sum("id" in row for row in rows)
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": before}
        data |= {f"{prefix}-MIN_NUM_FORMS": 0, f"{prefix}-MAX_NUM_FORMS": 1000}
        for number, row in enumerate(rows):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
            data[f"{prefix}-{number}-ORDER"] = number + 1
    return data


def row_of(way, **fields):
    row = {"id": way.pk, "kind": way.kind, "places": way.places or "", "is_open": "on", **fields}
    return {name: value for name, value in row.items() if value is not None}


@pytest.fixture
def keha(enter):
    return enter("editor")


def test_an_event_is_made_and_published_in_cms(client, keha):
    draft = EventFactory.build(slug="new")
    data = typed(draft, ways=[{"kind": "on_site", "places": 20, "is_open": "on"}])

    answer = client.post(reverse("events_admin:add"), data)
    assert answer.status_code == 302, answer.context["form"].errors
    event = Event.objects.get()
    assert (event.state, event.ways.get().places) == (Event.State.DRAFT, 20)
    client.post(reverse("events_admin:inspect", args=[event.pk]), {"move": "publish"})

    event.refresh_from_db()
    assert event.state == Event.State.PUBLISHED


def test_an_event_that_is_moved_in_cms_tells_all(client, keha, event, on_site, joined, letters):
    row = joined(on_site)
    later = event.starts_at + timedelta(hours=1)
    data = typed(
        event, [row_of(on_site)], starts_at=wire(later), ends_at=wire(later + timedelta(hours=2))
    )

    answer = client.post(reverse("events_admin:edit", args=[event.pk]), data)

    assert answer.status_code == 302, answer.context["form"].errors
    event.refresh_from_db()
    assert (event.sequence, event.state) == (1, Event.State.PUBLISHED)
    assert letters(row) == ["registered", "moved"]


def test_more_places_in_cms_are_offered_at_once(client, keha, event, on_site, joined):
    _first, second = joined(on_site), joined(on_site)
    event.starts_at = event.starts_at.replace(second=0, microsecond=0)
    event.ends_at = event.starts_at + timedelta(hours=2)
    event.save()

    client.post(
        reverse("events_admin:edit", args=[event.pk]), typed(event, [row_of(on_site, places=2)])
    )

    second.refresh_from_db()
    assert second.state == State.OFFERED
    assert Event.objects.get().sequence == 0


def test_a_way_in_use_is_not_taken_away(client, keha, event, on_site, remote, joined):
    joined(on_site)
    data = typed(event, [row_of(on_site, DELETE="on"), row_of(remote)])

    answer = client.post(reverse("events_admin:edit", args=[event.pk]), data)

    assert answer.status_code == 200
    assert "untick" in answer.content.decode() or answer.context["form"].errors
    assert Way.objects.count() == 2


def test_at_most_one_own_question_has_to_be_answered(client, keha, event, on_site):
    question = {"text_fi": "A?", "text_sv": "A?", "text_en": "A?", "required": "on"}
    data = typed(event, [row_of(on_site)], [question, question])

    answer = client.post(reverse("events_admin:edit", args=[event.pk]), data)

    assert answer.status_code == 200
    assert not OwnQuestion.objects.exists()


def test_the_list_says_when_what_lies_ahead_begins(client, keha, event):
    event.starts_at = timezone.make_aware(datetime(2027, 3, 2, 9))
    event.ends_at = event.starts_at + timedelta(hours=2)
    event.save()

    assert "2.3.2027\xa09.00" in client.get(reverse("events_admin:index")).content.decode()


def test_an_event_is_cancelled_with_a_reason(client, keha, event, on_site, joined, letters):
    row = joined(on_site)
    address = reverse("events_admin:inspect", args=[event.pk])

    assert client.post(address, {"move": "cancel"}).status_code == 422
    client.post(address, {"move": "cancel", "reason": "The speaker is ill."})

    assert Event.objects.get().state == Event.State.CANCELLED
    assert letters(row)[-1] == "called_off"
    assert "The speaker is ill." in Letter.objects.latest("pk").text


def test_the_organiser_moves_and_removes_who_takes_part(
    client, keha, event, on_site, remote, joined
):
    first, second = joined(on_site), joined(on_site)
    Needs.objects.create(registration=first, accessibility="A ramp at the door")
    address = reverse("event_registrations:inspect", args=[first.pk])

    assert "A ramp at the door" in client.get(address).content.decode()
    client.post(address, {"move": "move"})
    first.refresh_from_db()
    assert first.place == remote
    client.post(address, {"move": "remove"})

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.REMOVED, State.OFFERED)


def test_a_request_is_answered_in_cms(client, keha, event, on_site, joined):
    row = joined(on_site)
    asked = own.request(row, Request.Kind.CANCEL, "I am ill.")
    address = reverse("event_requests:inspect", args=[asked.pk])

    assert "I am ill." in client.get(address).content.decode()
    client.post(address, {"move": "accept", "answer": "Get well!"})

    row.refresh_from_db()
    assert row.state == State.CANCELLED
    assert "Get well!" in Letter.objects.latest("pk").text


def test_the_lists_cost_the_same_with_any_number_of_rows(
    client, keha, event, on_site, joined, django_assert_max_num_queries
):
    address = f"{reverse('event_registrations:index')}?event={event.pk}"
    for _ in range(2):
        joined(on_site)
    client.get(address)
    with django_assert_max_num_queries(60) as few:
        page = client.get(address)
        number = len(few)
    assert page.status_code == 200
    for _ in range(6):
        joined(on_site)

    with django_assert_max_num_queries(number):
        client.get(address)


@pytest.mark.parametrize("role", ["lawyer", "statistician"])
def test_others_who_work_here_see_no_participants(client, enter, role, on_site, joined):
    row = joined(on_site)
    enter(role)

    for name in ("event_registrations", "event_requests", "events_admin"):
        assert client.get(reverse(f"{name}:index")).status_code == 302
    assert client.get(reverse("event_registrations:inspect", args=[row.pk])).status_code == 302


def test_nobody_else_learns_who_takes_part(client, people, event, on_site, remote, joined):
    """Neither who has a place nor who waits, in either way, on any page or file of the event."""
    rows = [joined(way, name="Hidden Name") for way in (on_site, on_site, remote, remote)]
    pages = [f"/en/events/{event.slug}/", f"/en/events/{event.slug}/register/"]
    desk = [
        f"{reverse('event_registrations:index')}?export=csv",
        *(reverse("event_registrations:inspect", args=[row.pk]) for row in rows),
    ]

    def learns(role):
        client.logout()
        if role:
            client.force_login(people[role])
        answers = [client.get(address) for address in (*pages, *desk)]
        texts = [b"".join(answer) if answer.streaming else answer.content for answer in answers]
        return any(b"Hidden Name" in text for text in texts)

    assert {role for role in (None, *people) if learns(role)} == {
        "editor",
        "programme",
        "superuser",
    }

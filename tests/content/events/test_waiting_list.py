"""A place goes to the first who can take it, and passes on by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from content.events.errors import AfterDeadline, AskedAlready, NoRoom, NotOpen, OfferOver, WayClosed
from content.events.models import Event, Registration, Request, Way
from content.events.services import organising, own, places, registering
from portal.mail.models import Letter
from portal.workflow import TransitionNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.events import RegistrationFactory

State = Registration.State


def now(row):
    row.refresh_from_db()
    return row.state


def edit(event, **ways):
    """Save the event as its form does, with other places or openness of a way."""

    def write():
        for kind, fields in ways.items():
            Way.objects.filter(event=event, kind=kind).update(**fields)
        event.save()
        return event

    organising.save(event, write)


def test_who_comes_when_all_is_taken_waits_and_is_offered_what_comes_free(on_site, joined, letters):
    first, second, third = (joined(on_site) for _ in range(3))

    assert [first.state, second.state, third.state] == [
        State.REGISTERED,
        State.WAITING,
        State.WAITING,
    ]
    own.cancel(first)

    assert [now(first), now(second), now(third)] == [State.CANCELLED, State.OFFERED, State.WAITING]
    assert letters(second) == ["waiting", "offer"]
    own.accept(second)
    assert now(second) == State.REGISTERED
    assert letters(second)[-1] == "registered"


def test_an_offer_that_is_not_answered_passes_on(on_site, joined, letters):
    first, second, third = (joined(on_site) for _ in range(3))
    own.cancel(first)
    Registration.objects.filter(pk=second.pk).update(answer_by=timezone.now())

    places.expire_due()

    assert [now(second), now(third)] == [State.LAPSED, State.OFFERED]
    assert letters(second)[-1] == "lapsed"
    with pytest.raises(OfferOver):
        own.accept(second)
    assert now(third) == State.OFFERED


def test_an_answer_that_comes_too_late_passes_the_place_on(on_site, joined):
    first, second, third = (joined(on_site) for _ in range(3))
    own.cancel(first)
    Registration.objects.filter(pk=second.pk).update(answer_by=timezone.now())

    with pytest.raises(OfferOver):
        own.accept(second)

    assert [now(second), now(third)] == [State.LAPSED, State.OFFERED]


def test_an_offer_stands_at_most_until_the_event_starts(event, on_site, joined):
    event.starts_at = timezone.now() + timedelta(hours=3)
    event.save()
    first, second = joined(on_site), joined(on_site)

    own.cancel(first)

    second.refresh_from_db()
    assert second.answer_by == event.starts_at


def test_whom_either_way_suits_is_offered_what_comes_first(on_site, remote, joined):
    here, there = joined(on_site), joined(remote)
    picky, flexible = joined(on_site), joined(on_site, flexible=True)

    own.cancel(there)

    assert [now(picky), now(flexible)] == [State.WAITING, State.OFFERED]
    assert flexible.place == remote
    own.cancel(here)
    assert now(picky) == State.OFFERED


def test_those_whose_way_has_closed_are_asked_and_never_skipped(
    event, on_site, remote, joined, letters
):
    joined(on_site)
    there = joined(remote)
    of_site, of_remote = joined(on_site), joined(remote)

    edit(event, on_site={"is_open": False})
    assert letters(of_site)[-1] == "closed"
    own.cancel(there)

    assert [now(of_site), now(of_remote)] == [State.OFFERED, State.WAITING]
    assert of_site.place == remote
    letter = Letter.objects.filter(to=of_site.email, template="events/offer").get()
    assert "gives no more places, so we ask you about this one" in letter.text
    own.decline(of_site)
    assert now(of_remote) == State.OFFERED


def test_more_places_are_offered_at_once_and_fewer_take_nobodys_away(event, on_site, joined):
    rows = [joined(on_site) for _ in range(4)]

    edit(event, on_site={"places": 3})
    assert [now(row) for row in rows] == [State.REGISTERED, *[State.OFFERED] * 2, State.WAITING]
    edit(event, on_site={"places": 1})
    own.decline(rows[1])

    assert [now(row) for row in rows] == [
        State.REGISTERED,
        State.DECLINED,
        State.OFFERED,
        State.WAITING,
    ]


def test_one_changes_ways_when_there_is_room_and_the_place_passes_on(on_site, remote, joined):
    first, second = joined(on_site), joined(on_site)

    own.change_way(first)

    assert (now(first), first.place) == (State.REGISTERED, remote)
    assert now(second) == State.OFFERED
    with pytest.raises(NoRoom):
        own.change_way(first)


def test_who_waits_changes_ways_and_keeps_the_turn(on_site, remote, joined):
    joined(on_site)
    there, waits, later = joined(remote), joined(on_site), joined(remote)

    own.change_way(waits)
    own.cancel(there)

    assert [now(waits), now(later)] == [State.OFFERED, State.WAITING]


def test_who_comes_back_waits_behind_all(on_site, joined):
    first, second, third = (joined(on_site) for _ in range(3))

    own.leave(second)
    registering.come_back(second)
    own.cancel(first)

    assert [now(second), now(third)] == [State.WAITING, State.OFFERED]


def test_a_press_or_a_form_sent_twice_counts_once(event, on_site, joined):
    row = joined(on_site)
    user = UserFactory()
    words = registering.Words(name="Guest", way=on_site)

    registering.confirm(row)
    one = registering.register(event, words, user=user, language="en")
    two = registering.register(event, words, user=user, language="en")

    assert one == two
    assert Registration.objects.count() == 2
    own.cancel(row)
    own.cancel(row)
    assert now(one) == State.OFFERED


def test_an_address_is_told_of_its_registration_and_asked_twice_is_one_row(event, on_site, joined):
    row = joined(on_site)
    words = registering.Words(name="Guest", way=on_site)

    registering.ask(event, words, email=row.email.upper(), language="sv")
    registering.ask(event, words, email="new@example.org", language="sv")
    registering.ask(event, words, email="new@example.org", language="sv")

    assert Registration.objects.filter(email="new@example.org").count() == 1
    templates = Letter.objects.order_by("pk").values_list("template", flat=True)
    assert list(templates)[-3:] == ["events/already", "events/confirm", "events/confirm"]


def test_after_the_deadline_a_change_is_a_request(event, on_site, joined, letters):
    row, waits = joined(on_site), joined(on_site)
    event.closes_at = timezone.now()
    event.save()
    keha = UserFactory(role="editor")

    with pytest.raises(AfterDeadline):
        own.cancel(row)
    asked = own.request(row, Request.Kind.CANCEL, "I am ill.")
    with pytest.raises(AskedAlready):
        own.request(row, Request.Kind.OTHER, "")
    with pytest.raises(NotOpen):
        registering.confirm(RegistrationFactory(way=on_site))

    own.accept_request(asked, by=keha)
    assert [now(row), now(waits)] == [State.CANCELLED, State.OFFERED]
    assert letters(row)[-2:] == ["cancelled", "answered"]
    own.accept(waits)
    assert now(waits) == State.REGISTERED


def test_a_request_is_refused_with_words(event, on_site, remote, joined):
    row = joined(on_site)
    joined(remote)
    asked = own.request(row, Request.Kind.CHANGE_WAY, "")
    keha = UserFactory(role="editor")

    with pytest.raises(NoRoom):
        own.accept_request(asked, by=keha)
    own.refuse_request(asked, by=keha, answer="The room is full.")

    letter = Letter.objects.filter(to=row.email).latest("pk")
    assert "The room is full." in letter.text
    assert now(row) == State.REGISTERED
    with pytest.raises(TransitionNotAllowed):
        own.refuse_request(asked, by=keha, answer="Again.")


def test_a_closed_way_takes_nobody(event, on_site, remote):
    row, flexible = (
        RegistrationFactory(way=on_site),
        RegistrationFactory(way=on_site, flexible=True),
    )
    edit(event, on_site={"is_open": False})

    with pytest.raises(WayClosed):
        registering.confirm(RegistrationFactory(way=Way.objects.get(pk=on_site.pk)))
    registering.confirm(Registration.objects.get(pk=flexible.pk))

    assert now(row) == State.UNCONFIRMED
    assert (now(flexible), flexible.place) == (State.REGISTERED, remote)


def test_a_moved_event_raises_its_sequence_and_tells_all_who_take_part(
    event, on_site, joined, letters
):
    row, waits = joined(on_site), joined(on_site)

    event.name_en = "Another name"
    edit(event)
    assert event.sequence == 0
    event.starts_at += timedelta(hours=1)
    event.ends_at += timedelta(hours=1)
    edit(event)

    assert Event.objects.get().sequence == 1
    assert letters(row)[-1] == letters(waits)[-1] == "moved"


def test_a_cancelled_event_tells_all_and_offers_nothing(event, on_site, joined, letters):
    row, waits = joined(on_site), joined(on_site)
    keha = UserFactory(role="editor")

    organising.cancel(event, by=keha, reason="The speaker is ill.")

    assert Event.objects.get().sequence == 1
    assert letters(row)[-1] == letters(waits)[-1] == "called_off"
    own.remove(Registration.objects.get(pk=row.pk), by=keha)
    assert now(waits) == State.WAITING


def test_what_nobody_confirmed_is_forgotten(on_site):
    RegistrationFactory(way=on_site, asked_at=timezone.now() - timedelta(days=4))
    kept = RegistrationFactory(way=on_site)

    registering.forget_unconfirmed()

    assert list(Registration.objects.all()) == [kept]

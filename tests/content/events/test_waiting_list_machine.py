"""Whatever happens in whatever order: never over-filled, never unfair, never a forgotten entry."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from wagtail.models import ModelLogEntry

from content.events import errors
from content.events.models import Event, Registration, Way
from content.events.services import organising, own, places, registering
from portal.mail.models import Letter
from portal.workflow import TransitionNotAllowed
from tests.factories.events import EventFactory, RegistrationFactory, WayFactory
from tests.proofs import PROVING, size

pytestmark = [pytest.mark.django_db, pytest.mark.proof]
State = Registration.State
BEGIN = datetime(2026, 9, 1, 7, tzinfo=UTC)
REFUSALS = (
    TransitionNotAllowed,
    errors.AfterDeadline,
    errors.NoRoom,
    errors.NotOpen,
    errors.OfferOver,
    errors.WayClosed,
)
WAYS = st.sampled_from(Way.Kind.values)
PEOPLE = st.integers(0, 30)
FIRST = st.lists(st.tuples(WAYS, st.booleans()), min_size=3, max_size=6)
PHASES = (Phase.explicit, Phase.generate, *([Phase.shrink] if PROVING else []))


class Crowd(RuleBasedStateMachine):
    """One event with both ways of taking part and a few who came first."""

    @initialize(on_site=st.integers(0, 1), remote=st.integers(0, 1), first=FIRST)
    def begin(self, on_site, remote, first):
        self.clock = time_machine.travel(BEGIN, tick=False)
        self.traveller = self.clock.start()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.event = EventFactory(starts_at=BEGIN + timedelta(days=20), offer_hours=12)
        for kind, number in ((Way.Kind.ON_SITE, on_site), (Way.Kind.REMOTE, remote)):
            WayFactory(event=self.event, kind=kind, places=number)
        self.before = self.seen()
        for kind, flexible in first:
            self.join(kind, flexible)

    def teardown(self):
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)
            self.clock.stop()

    @rule(kind=WAYS, flexible=st.booleans())
    def join(self, kind, flexible):
        row = RegistrationFactory(way=Way.objects.get(kind=kind), flexible=flexible)
        self.happens(lambda: registering.confirm(row), who=row.pk)

    @rule(person=PEOPLE)
    def leave(self, person):
        self.by(person, own.leave)

    @rule(person=PEOPLE)
    def cancel(self, person):
        self.by(person, own.cancel)

    @rule(person=PEOPLE)
    def accept(self, person):
        self.by(person, own.accept)

    @rule(person=PEOPLE)
    def decline(self, person):
        self.by(person, own.decline)

    @rule(person=PEOPLE)
    def change_way(self, person):
        self.by(person, own.change_way)

    @rule(person=PEOPLE)
    def come_back(self, person):
        self.by(person, registering.come_back)

    @rule(kind=WAYS, number=st.integers(0, 4))
    def raise_or_lower(self, kind, number):
        self.edit(kind, places=number)

    @rule(kind=WAYS, is_open=st.booleans())
    def close_or_open(self, kind, is_open):
        waiting = self.waiting_for(kind) if Way.objects.get(kind=kind).is_open else []
        self.edit(kind, is_open=is_open)
        if not is_open:
            for row in waiting:
                assert Letter.objects.filter(to=row.email, template="events/closed").exists()

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours):
        self.traveller.shift(timedelta(hours=hours))
        self.happens(places.expire_due)
        assert not Registration.objects.overdue().exists()

    def waiting_for(self, kind):
        return list(Registration.objects.in_turn().filter(way__kind=kind))

    def edit(self, kind, **fields):
        event = Event.objects.get()

        def write():
            Way.objects.filter(kind=kind).update(**fields)
            return event

        self.happens(lambda: organising.save(event, write))

    def by(self, person, service):
        rows = list(Registration.objects.order_by("pk"))
        if rows:
            row = rows[person % len(rows)]
            self.happens(lambda: service(row), who=row.pk)

    def seen(self):
        return {row.pk: row for row in Registration.objects.select_related("way", "place")}

    def happens(self, what, who=None):
        with suppress(*REFUSALS):
            what()
        after = self.seen()
        self.never_over_filled(after)
        self.never_unfair(after)
        self.never_forgotten(after)
        self.turns_stay(after, who)
        self.before = after

    def never_over_filled(self, after):
        for way in Way.objects.all():
            held = [
                sum(row.place_id == way.pk for row in rows)
                for rows in (self.before.values(), after.values())
            ]
            limit = way.places if way.is_open else 0
            assert held[1] <= max(limit, held[0])

    def never_unfair(self, after):
        """Who gets a place of a way gets it past nobody who waits for it and came before."""
        for pk, row in after.items():
            old = self.before.get(pk)
            if row.place is None or (old and old.place_id == row.place_id):
                continue
            had_one = old is not None and old.place_id is not None
            for other in after.values():
                if other.state == State.WAITING and self.will_do(other, row.place):
                    assert not had_one and row.turn < other.turn

    def never_forgotten(self, after):
        """No free place stands beside somebody who waits for it; each offer has a letter."""
        if timezone.now() < self.event.starts_at:
            for way in Way.objects.filter(is_open=True):
                held = sum(row.place_id == way.pk for row in after.values())
                waiting = [one for one in after.values() if one.state == State.WAITING]
                assert held >= way.places or not any(self.will_do(one, way) for one in waiting)
        for row in after.values():
            if row.state == State.OFFERED:
                assert row.answer_by <= self.event.starts_at
        offers = ModelLogEntry.objects.filter(action="events.offer").count()
        assert Letter.objects.filter(template="events/offer").count() == offers

    def turns_stay(self, after, who):
        for pk, row in self.before.items():
            assert after[pk].turn == row.turn or pk == who

    @staticmethod
    def will_do(row, way):
        """Whether a place of the way will do for one who waits: the rule, said once more."""
        return row.way_id == way.pk or row.flexible or not row.way.is_open


def test_the_waiting_list_keeps_its_rules_whatever_happens(db):
    run_state_machine_as_test(
        Crowd,
        settings=settings(
            max_examples=size(9, 200),
            stateful_step_count=size(16, 40),
            phases=PHASES,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

"""Any order of events, with days that pass and the schedule run in between, keeps the rules."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from partnership.commitments import errors
from partnership.commitments.models import Ask, Commitment, Confirmation, Entry, Report
from partnership.commitments.services import (
    confirmations,
    corrections,
    decisions,
    follow_up,
    joint,
    letters_a_year,
    reports,
    writing,
)
from partnership.organisations.models import Organisation
from portal.places.models import Area
from portal.workflow import TransitionNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.partnership import MembershipFactory
from tests.factories.places import AreaFactory
from tests.proofs import size

pytestmark = [pytest.mark.django_db, pytest.mark.proof]
State = Commitment.State
BEGIN = datetime(2027, 1, 1, 7, tzinfo=UTC)
REFUSALS = (
    TransitionNotAllowed,
    errors.NotComplete,
    errors.AlreadyInvited,
    errors.AlreadyAnswered,
    errors.AlreadyTold,
    errors.NobodyToAsk,
    errors.TooLate,
)
PLACES = st.integers(0, 5)
AMOUNTS = st.none() | st.integers(0, 40)
PROGRESS = st.sampled_from(["on-track", "moved", "done", "stuck"])


class Life(RuleBasedStateMachine):
    """One commitment of an organisation with a possible partner; refusals leave no trace."""

    @initialize()
    def begin(self):
        self.clock = time_machine.travel(BEGIN, tick=False)
        self.traveller = self.clock.start()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.team = UserFactory()
        self.partner = MembershipFactory(status="active").organisation
        self.row = CommitmentFactory(
            state=State.DRAFT,
            areas=[Area.objects.first() or AreaFactory()],
            milestone={"due": "2027-09"},
        )
        self.row.shares.update(next_due=None)
        self.owner = self.row.organisation.representatives.first().user
        self.states = [State.DRAFT]
        self.first_due = ""

    def teardown(self):
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)
            self.clock.stop()

    def attempt(self, event, *args, **typed):
        """Make an event of the commitment as it is saved; a refusal changes nothing."""
        self.row.refresh_from_db()
        before = snapshot()
        try:
            with transaction.atomic():
                event(*args, **typed)
        except REFUSALS:
            assert snapshot() == before
        self.row.refresh_from_db()
        if self.row.state != self.states[-1]:
            self.states.append(State(self.row.state))

    def share(self, place):
        shares = list(self.row.shares.all())
        return shares[place % len(shares)]

    @rule()
    def submit(self):
        self.attempt(writing.submit, self.row, by=self.owner)

    @rule()
    def publish(self):
        self.attempt(decisions.publish, self.row, by=self.team)

    @rule()
    def send_back(self):
        comments = {"target": "By when?"}
        self.attempt(decisions.return_with_comments, self.row, by=self.team, comments=comments)

    @rule()
    def straight_to_public(self):
        """The way that most take, so that runs get far."""
        self.attempt(writing.submit, self.row, by=self.owner)
        self.attempt(decisions.publish, self.row, by=self.team)

    @rule(how=st.sampled_from([decisions.complete, decisions.discontinue]), sure=PLACES)
    def end(self, how, sure):
        if sure == 0:
            organisation = self.row.organisation
            self.attempt(how, self.row, by=self.owner, organisation=organisation, reason="Why.")

    @rule(place=PLACES, progress=PROGRESS, amount=AMOUNTS, step=st.booleans())
    def tell(self, place, progress, amount, step):
        milestone = self.row.milestones.first() if step else None
        self.attempt(
            reports.tell,
            self.share(place),
            progress=progress,
            amount=amount,
            milestone=milestone,
            due="2028-02",
            by=self.owner,
        )

    @rule(place=PLACES, progress=PROGRESS)
    def answer_letter(self, place, progress):
        asks = list(Ask.objects.all())
        if asks:
            ask = asks[place % len(asks)]
            self.attempt(reports.tell, ask.share, progress=progress, by=ask.to, ask=ask)

    @rule(place=PLACES, back=st.booleans())
    def put_off(self, place, back):
        asks = list(Ask.objects.all())
        if asks:
            self.attempt(follow_up.wake if back else follow_up.snooze, asks[place % len(asks)])

    @rule(place=PLACES)
    def undo(self, place):
        told = list(Report.objects.all())
        if told:
            self.attempt(reports.undo, told[place % len(told)], by=self.owner)

    @rule()
    def invite(self):
        self.attempt(joint.invite, self.row, self.partner, by=self.owner)

    @rule(how=st.sampled_from(["accept", "accept", "decline", "leave", "withdraw", "describe"]))
    def of_the_partner(self, how):
        share = self.row.shares.filter(leads=False).first()
        if share is None:
            return
        typed = {"leave": {"reason": "Why."}}.get(how, {})
        if how in ("accept", "describe"):
            typed = {"text": "Ours.", "amount": 4, "unit": "places"}
        self.attempt(getattr(joint, how), share, by=self.owner, **typed)

    @rule(place=PLACES)
    def ask_to_confirm(self, place):
        told = list(Report.objects.all())
        if told:
            report = told[place % len(told)]
            partner = Organisation.objects.get(pk=self.partner.pk)
            self.attempt(confirmations.ask_partner, report, partner, by=self.owner)

    @rule(place=PLACES, answer=st.sampled_from(["confirmed", "differs"]), back=st.booleans())
    def confirm(self, place, answer, back):
        rows = list(Confirmation.objects.all())
        if not rows:
            return
        row = rows[place % len(rows)]
        if back:
            self.attempt(confirmations.undo, row, by=self.team)
        else:
            self.attempt(confirmations.answer, row, answer=answer, words="So.", by=self.team)

    @rule(number=st.integers(0, 99))
    def correct(self, number):
        words = {"target": f"{number} places."}
        self.attempt(corrections.correct, self.row, by=self.owner, words=words, reason="A slip.")

    @rule(number=st.sampled_from([1, 13, 15, 40, 200, 400]))
    def days_pass(self, number):
        self.traveller.move_to(timezone.now() + timedelta(days=number), tick=False)
        for _again in range(2):
            self.attempt(follow_up.ask_due)
            self.attempt(follow_up.archive_silent)

    @invariant()
    def it_went_where_the_map_leads(self):
        if not hasattr(self, "row"):
            return
        for before, after in zip(self.states, self.states[1:], strict=False):
            assert after in Commitment.MOVES[before] or (before, after) == (
                State.ARCHIVED,
                State.PUBLISHED,
            )
        assert self.row.is_public == (self.row.published_at is not None)

    @invariant()
    def both_signals_are_those_of_the_latest_report_that_stands(self):
        if not hasattr(self, "row"):
            return
        standing = Report.objects.standing().order_by("-at", "-pk")
        for one, rows in [
            (self.row, standing),
            *((share, standing.filter(share=share)) for share in self.row.shares.all()),
        ]:
            latest = rows.first()
            assert (one.told_at, one.progress) == (
                (latest.at, latest.progress) if latest else (None, "")
            )

    @invariant()
    def the_timeline_has_a_line_for_each_report_that_stands(self):
        if hasattr(self, "row"):
            told = self.row.entries.filter(kind=Entry.Kind.TOLD).values_list("report", flat=True)
            assert sorted(told) == sorted(Report.objects.standing().values_list("pk", flat=True))
            said = Confirmation.objects.answered().filter(report__undone_at=None)
            assert self.row.entries.filter(confirmation__isnull=False).count() == said.count()

    @invariant()
    def only_a_running_share_that_takes_part_is_asked_for(self):
        if hasattr(self, "row"):
            for share in self.row.shares.all():
                runs = self.row.state == State.PUBLISHED and share.takes_part
                assert (share.next_due is not None) == runs

    @invariant()
    def no_year_has_more_than_four_letters(self):
        if hasattr(self, "row"):
            days = sorted(letters_of(self.row))
            for first, fifth in zip(days, days[letters_a_year.MOST :], strict=False):
                assert fifth - first >= letters_a_year.A_YEAR

    @invariant()
    def the_day_first_promised_stays(self):
        if hasattr(self, "row") and self.row.is_public:
            [milestone] = self.row.milestones.all()
            assert milestone.first_due == "2027-09"


def letters_of(commitment):
    asked = Ask.objects.values_list("asked_at", flat=True)
    rows = Confirmation.objects.all()
    moments = [*asked]
    for name in ("letter_at", "told_at"):
        moments += rows.exclude(**{name: None}).values_list(name, flat=True)
    return [timezone.localdate(at) for at in moments]


def snapshot():
    with suppress(Commitment.DoesNotExist):
        return [
            sorted(model.objects.values_list(), key=str)
            for model in (Commitment, Report, Ask, Confirmation, Entry)
        ]


def test_a_commitment_keeps_its_rules_whatever_happens(db):
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=size(4, 400),
            stateful_step_count=size(14, 40),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

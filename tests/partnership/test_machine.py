"""Any order of events, with days that pass and the schedule run in between, keeps the rules."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from partnership.organisations import errors
from partnership.organisations.criteria import MET, NOT_MET, criteria
from partnership.organisations.models import Membership, Organisation, Proposal, Renewal
from partnership.organisations.services import memberships, renewals, reviewing
from portal.mail.models import Letter
from portal.workflow import TransitionNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.partnership import MembershipFactory, PeriodFactory
from tests.proofs import size

pytestmark = [pytest.mark.django_db, pytest.mark.proof]
Status = Membership.Status
BEGIN = datetime(2026, 9, 1, 7, tzinfo=UTC)
REFUSALS = (
    TransitionNotAllowed,
    errors.AlreadyEntered,
    errors.CriteriaNotMet,
    errors.SamePerson,
    errors.TooLate,
)
READERS = st.integers(0, 2)


class Life(RuleBasedStateMachine):
    """One organisation from its application on; refusals leave no trace."""

    @initialize()
    def begin(self):
        self.clock = time_machine.travel(BEGIN, tick=False)
        self.traveller = self.clock.start()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.team = [UserFactory() for _ in range(3)]
        for year in (2025, 2027, 2029):
            PeriodFactory(year=year)
        self.row = MembershipFactory()
        self.organisation = self.row.organisation
        self.owner = self.row.applicant

    def teardown(self):
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)
            self.clock.stop()

    def attempt(self, event):
        """Do it; what is refused changes nothing."""
        before = snapshot()
        try:
            with transaction.atomic():
                event()
        except REFUSALS:
            assert snapshot() == before
            self.row = Membership.objects.get(pk=self.row.pk)
            return False
        self.row.refresh_from_db()
        return True

    @rule(reader=READERS, approves=st.booleans(), fails=st.booleans())
    def propose(self, reader, approves, fails):
        found = {one.key: MET for one in criteria()} | ({"principles": NOT_MET} if fails else {})
        decision = "approve" if approves else "decline"
        done = self.attempt(
            lambda: reviewing.propose(
                self.row, by=self.team[reader], decision=decision, criteria=found, reason="R"
            )
        )
        assert not (done and approves and fails)

    @rule(reader=READERS)
    def decide(self, reader):
        proposal = self.row.open_proposal
        own = proposal is not None and proposal.by == self.team[reader]
        done = self.attempt(lambda: reviewing.decide(self.row, by=self.team[reader]))
        assert done == (proposal is not None and not own)

    @rule(reader=READERS)
    def send_back(self, reader):
        self.attempt(lambda: reviewing.send_back(self.row, by=self.team[reader], comment="C"))

    @rule()
    def ask_for_more(self):
        self.attempt(lambda: reviewing.return_for_more(self.row, by=self.team[0], reason="More"))

    @rule()
    def answer(self):
        self.attempt(lambda: memberships.answer(self.row, by=self.owner, text="Here"))

    @rule()
    def withdraw(self):
        self.attempt(lambda: memberships.withdraw(self.row, by=self.owner))

    @rule()
    def end(self):
        self.attempt(lambda: memberships.end(self.row, by=self.team[0], reason="R"))

    @rule()
    def leave(self):
        self.attempt(lambda: memberships.leave(self.row, by=self.owner))

    @rule()
    def apply_again(self):
        def event():
            self.row = memberships.apply_for(self.organisation, by=self.owner, motivation="M")

        self.attempt(event)

    @rule()
    def go_on(self):
        if renewal := self.renewal:
            self.attempt(lambda: renewals.confirm(renewal, by=self.owner))

    @rule()
    def take_back(self):
        if renewal := self.renewal:
            before = self.row.status
            if self.attempt(lambda: renewals.undo(renewal, by=self.owner)):
                assert before == Status.ACTIVE

    @rule()
    def restore(self):
        lapsed = self.row.status == Status.LAPSED
        assert self.attempt(lambda: renewals.restore(self.row, by=self.team[0])) == lapsed

    @rule(days=st.sampled_from([1, 10, 40, 120, 400]), runs=st.integers(0, 2))
    def time_passes(self, days, runs):
        self.traveller.shift(timedelta(days=days))
        for _ in range(runs):
            self.attempt(renewals.run)

    @property
    def renewal(self):
        return Renewal.objects.filter(membership=self.row).first()

    @invariant()
    def a_member_was_approved_by_two_people(self):
        if hasattr(self, "row") and self.row.status in (Status.ACTIVE, Status.LAPSED):
            proposal = self.row.proposals.carried().get()
            assert proposal.approves
            assert proposal.by != proposal.second

    @invariant()
    def at_most_one_application_or_membership_is_open(self):
        if hasattr(self, "row"):
            assert self.organisation.memberships.open().count() <= 1

    @invariant()
    def a_proposal_waits_when_and_only_when_the_application_does(self):
        if hasattr(self, "row"):
            waits = self.row.proposals.open().count()
            assert waits == (self.row.status == Status.PROPOSED)

    @invariant()
    def the_directory_has_members_alone(self):
        if hasattr(self, "row"):
            listed = Organisation.objects.members().filter(pk=self.organisation.pk).exists()
            assert listed == self.organisation.memberships.active().exists()

    @invariant()
    def each_period_is_asked_about_once(self):
        if hasattr(self, "row"):
            asked = Renewal.objects.count()
            letters = Letter.objects.filter(template="organisations/renewal").count()
            reminders = Letter.objects.filter(template="organisations/renewal_reminder").count()
            assert letters == asked
            assert reminders <= asked


def snapshot():
    return [
        sorted(model.objects.values_list(), key=str)
        for model in (Membership, Proposal, Renewal, Letter)
    ]


def test_a_membership_keeps_its_rules_whatever_happens(db):
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=size(8, 500),
            stateful_step_count=size(15, 40),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

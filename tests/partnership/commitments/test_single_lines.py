"""Rules of commitments that one line each holds, and that no other test would miss."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnership.commitments.errors import TooMany
from partnership.commitments.models import Ask, Commitment, Confirmation
from partnership.commitments.permissions import may_decide
from partnership.commitments.services import (
    confirmations,
    decisions,
    follow_up,
    joint,
    reports,
    writing,
)
from tests.factories.accounts import UserFactory
from tests.factories.commitments import (
    AskFactory,
    CommitmentFactory,
    ConfirmationFactory,
    PartnerFactory,
    ReportFactory,
)
from tests.factories.partnership import MembershipFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db
State = Commitment.State


@pytest.fixture
def commitment():
    return CommitmentFactory()


def left(commitment):
    """The share of a partner that has left."""
    share = PartnerFactory(commitment=commitment)
    joint.leave(share, by=None, reason="No money.")
    return share


def archived(commitment, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=731))
    follow_up.archive_silent()
    commitment.refresh_from_db()


class TestPartners:
    def test_are_twenty_at_most(self, commitment):
        PartnerFactory.create_batch(20, commitment=commitment)

        with pytest.raises(TooMany):
            joint.invite(
                commitment, MembershipFactory(status="active").organisation, by=UserFactory()
            )

    def test_twenty_can_be_asked(self, commitment):
        PartnerFactory.create_batch(19, commitment=commitment)

        joint.invite(commitment, MembershipFactory(status="active").organisation, by=UserFactory())

        assert commitment.shares.count() == 21

    def test_who_was_asked_once_stays_known_when_a_new_invitation_is_taken_back(self, commitment):
        share = PartnerFactory(commitment=commitment, accepted_at=None)
        AskFactory(share=share)

        joint.withdraw(share, by=UserFactory())

        share.refresh_from_db()
        assert share.declined_at and share.asks.count() == 1

    def test_who_joins_an_archived_one_is_not_asked_how_it_goes(self, commitment, time_machine):
        share = PartnerFactory(commitment=commitment, accepted_at=None)
        archived(commitment, time_machine)
        share.refresh_from_db()

        joint.accept(share, by=UserFactory(), text="We find places.")

        share.refresh_from_db()
        assert share.takes_part and share.next_due is None

    def test_who_has_left_is_not_asked_when_it_is_taken_up_again(self, commitment, time_machine):
        share = left(commitment)
        archived(commitment, time_machine)

        reports.tell(commitment.shares.get(leads=True), progress="on-track", by=None)

        share.refresh_from_db()
        assert share.next_due is None

    def test_who_has_left_is_asked_nothing(self, commitment):
        share = left(commitment)
        commitment.shares.update(next_due=None)
        share.next_due = timezone.localdate()
        share.save()

        assert follow_up.ask_due() == 0

    def test_nobody_of_a_partner_decides(self, commitment):
        person = UserFactory(role="programme")
        assert may_decide(person, commitment)
        share = PartnerFactory(commitment=commitment)

        RepresentativeFactory(organisation=share.organisation, user=person)

        assert not may_decide(person, commitment)


class TestLetters:
    def test_who_puts_a_letter_off_is_not_passed_over(self, commitment, time_machine):
        owner = commitment.organisation.representatives.first().user
        RepresentativeFactory(organisation=commitment.organisation, role="member")
        share = commitment.shares.get()
        follow_up.snooze(AskFactory(share=share, to=owner))

        assert follow_up.people_of(share)[0] == owner

    def test_nothing_is_asked_of_what_has_ended(self, commitment):
        PartnerFactory(commitment=commitment, next_due=timezone.localdate())

        decisions.complete(
            commitment, by=UserFactory(), organisation=commitment.organisation, reason="Done."
        )

        assert not any(commitment.shares.values_list("next_due", flat=True))
        assert not Ask.objects.exists()

    def test_what_was_never_told_of_is_archived_too(self, commitment, time_machine):
        archived(commitment, time_machine)

        assert commitment.state == State.ARCHIVED


class TestWords:
    def test_a_reply_goes_with_the_word_that_it_answers(self):
        row = ConfirmationFactory()
        confirmations.answer(row, answer="differs", words="We counted 22.", by=row.to)
        confirmations.reply(row, text="18 more began.", by=UserFactory())

        confirmations.undo(row, by=row.to)

        row.refresh_from_db()
        assert (row.reply, row.replied_at, row.words) == ("", None, "")

    def test_nobody_is_asked_about_a_report_that_was_taken_back(self):
        report = ReportFactory()
        ConfirmationFactory(report=report)
        assert Confirmation.objects.open().count() == 1

        reports.undo(report, by=None)

        assert not Confirmation.objects.open().exists()

    def test_a_comment_that_was_answered_keeps_its_day(self):
        row = CommitmentFactory(state=State.SUBMITTED)
        for words in ("How many?", "And where?"):
            decisions.return_with_comments(row, by=UserFactory(), comments={"target": words})
            writing.submit(row, by=UserFactory())

        first, second = row.comments.order_by("pk")

        assert first.answered_at < second.answered_at


class TestMilestones:
    def test_those_of_another_commitment_stay_where_they_are(self, commitment):
        own, other = CommitmentFactory(state=State.DRAFT), commitment.milestones.get()
        fields = {"pk": other.pk, "title": "Taken", "due": "2029", "evidence": "–"}

        writing.edit(own, by=UserFactory(), words={}, areas=[], sections=[], milestones=[fields])

        other.refresh_from_db()
        assert (other.commitment, other.title) == (commitment, "Ten people have begun")
        assert own.milestones.get().title == "Taken"

    def test_the_first_day_is_that_of_the_publication(self):
        row = CommitmentFactory(state=State.SUBMITTED, milestone={"due": "2030-01"})
        row.milestones.update(due="2030-05")

        decisions.publish(row, by=UserFactory())

        assert row.milestones.get().first_due == "2030-05"

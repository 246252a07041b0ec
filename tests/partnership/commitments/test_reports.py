"""Reports: both signals follow them, milestones keep their first day, and all can be undone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnership.commitments.errors import AlreadyTold, TooLate
from partnership.commitments.models import Commitment, Entry, Report, Share
from partnership.commitments.services import reports
from tests.factories.commitments import AskFactory, CommitmentFactory
from tests.factories.partnership import MembershipFactory

pytestmark = pytest.mark.django_db
Kind = Entry.Kind


@pytest.fixture
def commitment():
    return CommitmentFactory(milestone={"due": "2027-05"})


@pytest.fixture
def share(commitment):
    return commitment.shares.get()


def signals(commitment):
    row = Commitment.objects.get(pk=commitment.pk)
    return row.told_at, row.progress


def test_telling_sets_both_signals_and_the_next_day(commitment, share):
    report = reports.tell(share, progress="stuck", sentence="No places.", by=None)

    assert signals(commitment) == (report.at, "stuck")
    share.refresh_from_db()
    assert share.next_due == timezone.localdate() + timedelta(days=270)
    [entry] = commitment.entries.all()
    assert (entry.kind, entry.organisation) == (Kind.TOLD, commitment.organisation)


def test_a_milestone_that_moves_keeps_its_first_day(commitment, share):
    milestone = commitment.milestones.get()

    reports.tell(
        share, progress="moved", sentence="Late.", milestone=milestone, due="2027-09", by=None
    )

    milestone.refresh_from_db()
    assert (milestone.due, milestone.first_due) == ("2027-09", "2027-05")
    moved = commitment.entries.get(kind=Kind.MOVED)
    assert (moved.before, moved.after, moved.text) == ("2027-05", "2027-09", "Late.")


def test_a_milestone_is_reached_on_the_day_it_was_told(commitment, share):
    milestone = commitment.milestones.get()

    reports.tell(share, progress="done", sentence="12 began.", milestone=milestone, by=None)

    milestone.refresh_from_db()
    assert (milestone.done_on, milestone.result) == (timezone.localdate(), "12 began.")


@pytest.mark.parametrize("progress", ["moved", "done"])
def test_undoing_takes_back_all_that_a_report_did(commitment, share, progress):
    first = reports.tell(share, progress="on-track", by=None)
    milestone = commitment.milestones.get()
    report = reports.tell(share, progress=progress, milestone=milestone, due="2027-09", by=None)

    reports.undo(report, by=None)
    reports.undo(report, by=None)

    milestone.refresh_from_db()
    assert (milestone.due, milestone.done_on) == ("2027-05", None)
    assert signals(commitment) == (first.at, "on-track")
    assert [one.kind for one in commitment.entries.all()] == [Kind.UNDONE, Kind.TOLD]


def test_a_report_stands_after_a_fortnight(share, time_machine):
    report = reports.tell(share, progress="on-track", by=None)
    time_machine.move_to(timezone.now() + timedelta(days=15))

    with pytest.raises(TooLate):
        reports.undo(report, by=None)


def test_a_letter_is_answered_once():
    ask = AskFactory()
    reports.tell(ask.share, progress="on-track", by=ask.to, ask=ask)

    with pytest.raises(AlreadyTold):
        reports.tell(ask.share, progress="stuck", by=ask.to, ask=ask)

    assert Report.objects.count() == 1


def test_a_silent_partner_is_silent_by_itself(commitment, share):
    other = Share.objects.create(
        commitment=commitment,
        organisation=MembershipFactory(status="active").organisation,
        accepted_at=timezone.now(),
    )

    reports.tell(share, progress="on-track", by=None)

    other.refresh_from_db()
    assert other.told_at is None and signals(commitment)[1] == "on-track"

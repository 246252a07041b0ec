"""A commitment goes only where its map leads, and each step tells whom it concerns."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from partnership.commitments.errors import NotAMember, NotComplete
from partnership.commitments.models import Commitment, Entry
from partnership.commitments.services import decisions, follow_up, reports, writing
from portal.concurrency import Stale
from portal.mail.models import Letter
from portal.workflow import TransitionNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.partnership import OrganisationFactory
from tests.proofs import size

pytestmark = pytest.mark.django_db
State = Commitment.State
WORDS = {"target": "How many <b>people</b>?"}


def tell(row, by):
    reports.tell(row.shares.get(), progress="on-track", by=by)


EVENTS = {
    "submit": lambda row, by: writing.submit(row, by=by),
    "take_back": lambda row, by: writing.take_back(row, by=by),
    "return": lambda row, by: decisions.return_with_comments(row, by=by, comments=WORDS),
    "publish": lambda row, by: decisions.publish(row, by=by),
    "complete": lambda row, by: decisions.complete(
        row, by=by, organisation=row.organisation, reason="Done."
    ),
    "discontinue": lambda row, by: decisions.discontinue(
        row, by=by, organisation=row.organisation, reason="No money."
    ),
    "tell": tell,
}
# Written out by hand, so that a change in MOVES has to be meant twice.
ALLOWED = {
    ("submit", State.DRAFT): State.SUBMITTED,
    ("submit", State.RETURNED): State.SUBMITTED,
    ("take_back", State.SUBMITTED): State.DRAFT,
    ("return", State.SUBMITTED): State.RETURNED,
    ("publish", State.SUBMITTED): State.PUBLISHED,
    ("complete", State.PUBLISHED): State.COMPLETED,
    ("complete", State.ARCHIVED): State.COMPLETED,
    ("discontinue", State.PUBLISHED): State.DISCONTINUED,
    ("discontinue", State.ARCHIVED): State.DISCONTINUED,
    ("tell", State.PUBLISHED): State.PUBLISHED,
    ("tell", State.ARCHIVED): State.PUBLISHED,
}
REFUSED = [(event, state) for event in EVENTS for state in State if (event, state) not in ALLOWED]
LETTERS = {"submit": "received", "return": "returned", "publish": "published"}


@pytest.mark.parametrize(("event", "state"), ALLOWED)
def test_event_leads_where_the_map_says(event, state):
    row = CommitmentFactory(state=state)

    EVENTS[event](row, UserFactory())

    assert Commitment.objects.get(pk=row.pk).state == ALLOWED[event, state]
    written = list(Letter.objects.values_list("template", flat=True))
    assert written == ([f"commitments/{LETTERS[event]}"] if event in LETTERS else [])
    assert ModelLogEntry.objects.filter(action__startswith="commitments.").exists()


@pytest.mark.parametrize(("event", "state"), REFUSED)
def test_event_is_refused_elsewhere_and_leaves_no_trace(event, state):
    row = CommitmentFactory(state=state)

    with pytest.raises(TransitionNotAllowed):
        EVENTS[event](row, UserFactory())

    assert Commitment.objects.get(pk=row.pk).state == state
    assert not Letter.objects.exists() and not Entry.objects.exists()


@pytest.mark.proof
@settings(
    max_examples=size(40, 500),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(events=st.lists(st.sampled_from(sorted(EVENTS)), max_size=10))
def test_no_sequence_of_events_leaves_the_map(events):
    by = UserFactory()
    row = CommitmentFactory(state=State.DRAFT)
    for event in events:
        before = Commitment.objects.get(pk=row.pk).state
        with suppress(TransitionNotAllowed):
            EVENTS[event](row, by)
        after = Commitment.objects.get(pk=row.pk)
        if (event, before) in ALLOWED:
            assert after.state == ALLOWED[event, before]
        else:
            assert after.state == before
        told = after.entries.filter(kind=Entry.Kind.TOLD).exists()
        assert told == (after.told_at is not None)


def test_what_the_criteria_ask_for_has_to_be_there():
    row = CommitmentFactory(state=State.DRAFT, target="", milestone={"due": "2099"})

    with pytest.raises(NotComplete) as refusal:
        writing.submit(row, by=UserFactory())

    assert refusal.value.fields == ["target", "first_milestone"]
    assert Commitment.objects.get(pk=row.pk).state == State.DRAFT


def test_only_a_member_makes_a_commitment():
    with pytest.raises(NotAMember):
        writing.start(OrganisationFactory(), by=UserFactory(), words={"title": "T"})


def test_a_decision_rests_on_what_was_read():
    row = CommitmentFactory(state=State.SUBMITTED)
    read = row.version_token
    row.milestones.update(due="2030")

    with pytest.raises(Stale):
        decisions.publish(row, by=UserFactory(), expect=read)

    assert Commitment.objects.get(pk=row.pk).state == State.SUBMITTED


def test_a_comment_stands_until_it_is_sent_in_again():
    row = CommitmentFactory(state=State.SUBMITTED)
    decisions.return_with_comments(row, by=UserFactory(), comments=WORDS)
    assert [one.field for one in row.comments.filter(answered_at=None)] == ["target"]

    writing.submit(row, by=UserFactory())

    assert not row.comments.filter(answered_at=None).exists()
    assert row.comments.count() == 1


def test_two_silent_years_archive_it_once(time_machine):
    row = CommitmentFactory()
    silent = CommitmentFactory()
    time_machine.move_to(timezone.now() + timedelta(days=729))
    assert follow_up.archive_silent() == 0
    reports.tell(row.shares.get(), progress="stuck", by=None)
    time_machine.move_to(timezone.now() + timedelta(days=3))

    assert follow_up.archive_silent() == 1
    assert follow_up.archive_silent() == 0

    silent.refresh_from_db()
    assert silent.state == State.ARCHIVED
    assert silent.entries.get().kind == Entry.Kind.ARCHIVED

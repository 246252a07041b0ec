"""The kit that rows move by: the map, the version token, the lock and the line in the log."""

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.concurrency import Stale
from portal.feedback.models import Opinion
from portal.workflow import TransitionNotAllowed, lock, transition
from tests.at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.feedback import OpinionFactory

State = Opinion.State
EVENT = "opinion.deal_with"


def deal(opinion, *, by=None, **fields):
    transition(opinion, State.DEALT_WITH, EVENT, by=by, **fields)


def untouched(opinion):
    kept = Opinion.objects.get(pk=opinion.pk)
    logged = ModelLogEntry.objects.for_instance(opinion).exists()
    return (kept.state, kept.note, logged) == (State.NEW, "", False)


@pytest.mark.django_db
def test_what_is_named_is_saved_and_nothing_else():
    opinion, now = OpinionFactory(text="As sent."), timezone.now()
    opinion.text = "Not to be saved."

    deal(opinion, note="Mended.", dealt_at=now)

    opinion.refresh_from_db()
    assert (opinion.state, opinion.note, opinion.dealt_at) == (State.DEALT_WITH, "Mended.", now)
    assert opinion.text == "As sent."


@pytest.mark.django_db
def test_one_line_in_the_log_says_what_who_from_where_and_to_where():
    opinion, editor = OpinionFactory(), UserFactory()

    deal(opinion, by=editor, note="Not for the log.", data={"why": "asked"})

    entry = ModelLogEntry.objects.for_instance(opinion).get()
    assert (entry.action, entry.user) == (EVENT, editor)
    assert entry.data == {"why": "asked", "from": "new", "to": "dealt_with"}


@pytest.mark.django_db
def test_a_move_that_is_not_on_the_map_changes_nothing():
    opinion = OpinionFactory()

    with pytest.raises(TransitionNotAllowed):
        transition(opinion, State.NEW, "opinion.take_up_again", by=None, note="No.")

    assert untouched(opinion)


@pytest.mark.django_db
def test_an_event_that_begins_elsewhere_changes_nothing():
    opinion = OpinionFactory()

    with pytest.raises(TransitionNotAllowed):
        deal(opinion, since=State.DEALT_WITH, note="No.")

    assert untouched(opinion)


@pytest.mark.django_db
def test_the_row_decides_and_not_the_copy_that_somebody_holds():
    opinion = OpinionFactory()
    copy = Opinion.objects.get(pk=opinion.pk)
    deal(opinion, note="First.")

    with pytest.raises(TransitionNotAllowed):
        deal(copy, note="Second.")

    assert (copy.state, copy.note) == (State.DEALT_WITH, "First.")


@pytest.mark.django_db
def test_who_decides_on_what_has_changed_is_told_what_there_is_now():
    opinion = OpinionFactory(state=State.DEALT_WITH, note="First.")
    copy = Opinion.objects.get(pk=opinion.pk)
    read = copy.version_token
    transition(opinion, State.NEW, "opinion.take_up_again", by=None, note="Again.")

    with pytest.raises(Stale) as refusal:
        deal(copy, expect=read, note="Mine.")

    assert refusal.value.saved.note == "Again."
    assert Opinion.objects.get().state == State.NEW


@pytest.mark.django_db
def test_a_decision_on_what_was_read_is_made():
    opinion = OpinionFactory()

    deal(opinion, expect=opinion.version_token)

    assert Opinion.objects.get().state == State.DEALT_WITH


@pytest.mark.django_db
def test_rows_are_locked_the_oldest_first(django_assert_num_queries):
    older, newer = OpinionFactory(), OpinionFactory()

    with django_assert_num_queries(2) as queries:
        lock(newer, older)

    where = [query["sql"].rpartition("WHERE")[2].split()[2] for query in queries.captured_queries]
    assert where == [str(older.pk), str(newer.pk)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(5))
def test_of_two_at_once_one_is_refused(attempt):
    opinion = OpinionFactory()
    one, two = (Opinion.objects.get(pk=opinion.pk) for _copy in range(2))
    people = UserFactory(), UserFactory()

    outcomes = at_once(
        lambda: deal(one, by=people[0], dealt_by=people[0]),
        lambda: deal(two, by=people[1], dealt_by=people[1]),
        refused=TransitionNotAllowed,
    )

    assert sorted(outcomes, key=str) == sorted([None, TransitionNotAllowed], key=str)
    assert Opinion.objects.get().dealt_by == people[outcomes.index(None)]
    assert ModelLogEntry.objects.for_instance(opinion).count() == 1

"""Two people at once, each in a thread and a transaction of their own."""

from uuid import uuid4

import pytest
from wagtail.models import ModelLogEntry

from content.questions.models import Question
from content.questions.services import asking, casework
from portal.workflow import TransitionNotAllowed
from tests.at_once import at_once
from tests.factories import questions as make
from tests.factories.topics import AudienceFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def copies(question, number=2):
    return [Question.objects.get(pk=question.pk) for _one in range(number)]


@pytest.mark.parametrize("attempt", range(5))
def test_of_two_lawyers_who_take_a_question_at_once_one_is_told(attempt):
    question = make.triaged()
    lawyers = make.lawyer(), make.lawyer()
    one, two = copies(question)

    outcomes = at_once(
        lambda: casework.claim(one, by=lawyers[0]),
        lambda: casework.claim(two, by=lawyers[1]),
        refused=TransitionNotAllowed,
    )

    assert sorted(outcomes, key=str) == sorted([None, TransitionNotAllowed], key=str)
    question.refresh_from_db()
    assert question.handler == lawyers[outcomes.index(None)]
    assert logged(question, "questions.claim") == 1


@pytest.mark.parametrize("attempt", range(5))
def test_of_two_lawyers_who_begin_a_check_at_once_one_is_told(attempt):
    question = make.drafted()
    lawyers = make.lawyer(), make.lawyer()
    one, two = copies(question)

    outcomes = at_once(
        lambda: casework.claim_check(one, by=lawyers[0]),
        lambda: casework.claim_check(two, by=lawyers[1]),
        refused=TransitionNotAllowed,
    )

    assert sorted(outcomes, key=str) == sorted([None, TransitionNotAllowed], key=str)
    question.refresh_from_db()
    assert question.checker == lawyers[outcomes.index(None)]
    assert logged(question, "questions.claim_check") == 1


def test_questions_that_come_at_once_get_numbers_of_their_own():
    askers = [make.UserFactory() for _one in range(6)]
    fields = {"audience": AudienceFactory(), "language": "en", "title": "One", "text": "Two"}

    questions = at_once(
        *(lambda by=by: asking.receive(key=uuid4(), by=by, **fields) for by in askers)
    )

    numbers = sorted(int(question.number.rpartition("/")[2]) for question in questions)
    assert numbers == list(range(1, 7))


def test_the_same_question_sent_twice_at_once_is_entered_once():
    by, key = make.UserFactory(), uuid4()
    fields = {"audience": AudienceFactory(), "language": "en", "title": "One", "text": "Two"}

    questions = at_once(*(lambda: asking.receive(key=key, by=by, **fields) for _one in range(2)))

    assert {question.pk for question in questions} == {Question.objects.get().pk}


def logged(question, action):
    return ModelLogEntry.objects.for_instance(question).filter(action=action).count()


@pytest.mark.parametrize("attempt", range(5))
def test_of_two_questions_joined_with_each_other_at_once_the_later_one_is(attempt):
    earlier, later = make.triaged(), make.triaged()
    pairs = list(zip(copies(earlier), reversed(copies(later)), strict=True))
    lawyers = make.lawyer(), make.lawyer()

    outcomes = at_once(
        lambda: casework.merge(pairs[0][1], by=lawyers[0], into=pairs[0][0], reason=""),
        lambda: casework.merge(pairs[1][0], by=lawyers[1], into=pairs[1][1], reason=""),
        refused=TransitionNotAllowed,
    )

    assert outcomes == [None, TransitionNotAllowed]
    earlier.refresh_from_db()
    later.refresh_from_db()
    assert (earlier.state, later.state, later.merged_into) == (
        Question.State.TRIAGED,
        Question.State.MERGED,
        earlier,
    )


@pytest.mark.parametrize("attempt", range(5))
def test_joining_and_withdrawing_at_once_leave_nobody_with_a_question_that_is_gone(attempt):
    earlier, joined = make.triaged(), make.triaged()
    casework.merge(joined, by=make.lawyer(), into=earlier, reason="")
    later = make.triaged()
    lawyer = make.lawyer()
    one, two = copies(earlier)

    at_once(
        lambda: asking.withdraw(one, by=one.asker),
        lambda: casework.merge(later, by=lawyer, into=two, reason=""),
        refused=TransitionNotAllowed,
    )

    assert not Question.objects.filter(state=Question.State.MERGED).exists()

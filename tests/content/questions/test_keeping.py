from datetime import date

import pytest

from content.questions.models import Question
from content.questions.services import keeping
from tests.factories.questions import QuestionFactory, State

pytestmark = pytest.mark.django_db


def test_questions_that_are_over_are_deleted_when_their_time_is_up():
    old = {"keep_until": date(2036, 1, 1)}
    QuestionFactory(state=State.CLOSED, **old)
    open_still = QuestionFactory(state=State.ASSIGNED, **old)
    kept = QuestionFactory(state=State.PUBLISHED, keep_until=date(2036, 1, 2))

    assert keeping.clear(date(2036, 1, 2)) == 1
    assert set(Question.objects.all()) == {open_still, kept}

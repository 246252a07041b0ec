from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from content.questions.models import Draft, Question
from content.questions.services import asking, casework, retention
from tests.factories import questions as make
from tests.factories.partnership import OrganisationFactory
from tests.factories.questions import QuestionFactory, State

pytestmark = pytest.mark.django_db


def test_questions_that_are_over_are_deleted_when_their_time_is_up():
    old = {"keep_until": date(2036, 1, 1)}
    QuestionFactory(state=State.CLOSED, **old)
    open_still = QuestionFactory(state=State.ASSIGNED, **old)
    kept = QuestionFactory(state=State.PUBLISHED, keep_until=date(2036, 1, 2))

    assert retention.clear(date(2036, 1, 2)) == 1
    assert set(Question.objects.all()) == {open_still, kept}


def test_a_draft_that_nobody_touches_is_let_go():
    old, new = make.UserFactory.create_batch(2)
    with time_machine.travel("2026-01-10 10:00+02:00"):
        asking.save_draft(by=old, key=uuid4(), fields={})
    with time_machine.travel("2026-04-09 10:00+02:00"):
        asking.save_draft(by=new, key=uuid4(), fields={})
    with time_machine.travel("2026-04-11 10:00+02:00"):
        retention.clear()

    assert [draft.user for draft in Draft.objects.all()] == [new]


def test_the_log_of_a_deleted_question_does_not_say_who_asked():
    question = make.ask()
    lawyer = make.lawyer()
    casework.close(question, by=lawyer, reason="One client's case")
    Question.objects.update(keep_until=date(2036, 1, 1))

    assert retention.clear(date(2036, 1, 2)) == 1

    events = ModelLogEntry.objects.filter(label=question.number)
    assert list(events.order_by("pk").values_list("action", "user")) == [
        ("questions.receive", None),
        ("questions.closed", lawyer.pk),
    ]


def test_what_colleagues_may_not_see_because_it_is_secret_ends_with_its_asker():
    question = make.triaged(organisation=OrganisationFactory(), shared=True, secret=True)

    retention.forget(question.asker)

    question.refresh_from_db()
    assert question.state == State.WITHDRAWN


def test_nothing_ties_a_question_to_an_asker_who_has_been_erased():
    asker = make.UserFactory()
    house = OrganisationFactory()
    answered = make.answered(private_reason="Ours alone", text="Within three years.")
    Question.objects.filter(pk=answered.pk).update(asker=asker)
    mine, shared = make.ask(by=asker), make.ask(by=asker, organisation=house, shared=True)
    asking.add(mine, by=asker, text="More of it.")
    asking.save_draft(by=asker, key=uuid4(), fields={"title": "Next"})
    other = make.ask()

    assert retention.forget(asker) == 3

    for question in (answered, mine, shared, other):
        question.refresh_from_db()
    assert (answered.state, mine.state, shared.state) == (
        State.ANSWERED,
        State.WITHDRAWN,
        State.RECEIVED,
    )
    assert (answered.asker, mine.asker, shared.asker) == (None, None, None)
    assert (answered.private_reason, mine.messages.get().author) == ("", None)
    assert shared.organisation == house and other.asker is not None
    assert not Draft.objects.exists()
    events = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Question), object_id=str(mine.pk)
    )
    assert events.count() == 3 and not events.filter(user=asker).exists()
    assert retention.forget(asker) == 0

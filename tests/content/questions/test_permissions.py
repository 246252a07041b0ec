"""Who may see a question, and who may check its answer."""

import pytest

from content.questions.models import Question
from content.questions.permissions import may_check
from tests.factories import questions as make
from tests.factories.accounts import UserFactory
from tests.factories.partnership import OrganisationFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db


def test_a_colleague_sees_a_shared_question_until_it_is_secret():
    organisation = OrganisationFactory()
    colleague = RepresentativeFactory(organisation=organisation).user
    question = make.QuestionFactory(organisation=organisation, shared=True)
    assert question in Question.objects.asked_by(colleague)

    Question.objects.filter(pk=question.pk).update(secret=True)

    assert question not in Question.objects.asked_by(colleague)
    assert question in Question.objects.asked_by(question.asker)


def test_a_question_that_is_not_shared_is_its_asker_s_alone():
    organisation = OrganisationFactory()
    colleague = RepresentativeFactory(organisation=organisation).user
    question = make.QuestionFactory(organisation=organisation, shared=False)

    assert question not in Question.objects.asked_by(colleague)


@pytest.mark.parametrize("field", ["asker", "handler"])
def test_nobody_checks_an_answer_to_a_question_of_their_own(field):
    lawyer = UserFactory(role="lawyer")
    question = make.QuestionFactory()
    assert may_check(lawyer, question)

    setattr(question, field, lawyer)

    assert not may_check(lawyer, question)

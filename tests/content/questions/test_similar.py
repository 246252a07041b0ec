"""Questions that share words, open or ended without a public page: for the lawyers, with a way to
join them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from content.questions.models import Question
from content.questions.similar import similar
from tests.factories import questions as make
from tests.factories.questions import QuestionFactory, State
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Interpreters for integration plans",
    "text": "Does the municipality pay interpreters?",
}
ALIKE = {
    "title": "Paying an interpreter",
    "text": "Who pays the interpreter of a municipality when plans are drawn up?",
}


def address(question):
    return reverse("legal_questions:inspect", args=[question.pk])


@pytest.fixture
def lawyer(enter):
    return enter("lawyer")


@pytest.fixture
def question(db):
    return make.triaged(**WORDS)


def earlier(**fields):
    return QuestionFactory(**{"received_at": timezone.now() - timedelta(days=3)} | ALIKE | fields)


def test_the_page_names_them_with_their_state_and_joins_with_one_click(client, lawyer, question):
    other = earlier()
    QuestionFactory(title="Transport", text="Who drives a child to school?")

    page = client.get(address(question)).content.decode()
    assert f"{other.number}: {other.title}" in page
    assert f"Join with {other.number}" in page
    assert "Transport" not in page

    client.post(address(question), {"move": "merge", "into": other.number})
    question.refresh_from_db()
    assert (question.state, question.merged_into) == (State.MERGED, other)


@pytest.mark.parametrize(
    ("fields", "found", "can_be_joined"),
    [
        ({"state": State.ASSIGNED}, True, True),
        ({"state": State.ANSWERED}, True, True),
        ({"state": State.CLOSED}, True, False),
        ({"secret": True}, True, False),
        ({"may_be_published": False}, True, False),
        ({"received_at": timezone.now() + timedelta(days=3)}, True, False),
        ({"state": State.PUBLISHED}, False, None),
        ({"state": State.MERGED}, False, None),
        ({"language": "sv"}, False, None),
        ({"title": "Interpreters", "text": "Who trains them for the courts of law?"}, False, None),
    ],
)
def test_which_are_found_and_which_can_be_joined_with(question, fields, found, can_be_joined):
    other = earlier(**fields)

    assert similar(question) == ([(other, can_be_joined)] if found else [])


def test_finnish_words_are_met_in_any_form():
    one = make.triaged(
        language="fi", title="Tulkin palkkio", text="Maksaako kunta tulkin palkkion?"
    )
    other = earlier(language="fi", title="Tulkit", text="Kunnan maksamat palkkiot tulkeille")

    assert [found for found, _joined in similar(one)] == [other]


def test_a_lawyer_sees_nothing_of_it_on_a_question_of_their_own(client, lawyer):
    own = make.triaged(asker=lawyer, **WORDS)
    other = earlier()

    assert other.number not in client.get(address(own)).content.decode()


def test_hundreds_of_questions_cost_the_queries_of_one(client, lawyer, question):
    earlier()
    first = queries_of_page(client, address(question))
    QuestionFactory.create_batch(20, **ALIKE, asker=question.asker, audience=question.audience)

    assert queries_of_page(client, address(question)) == first
    assert len(similar(question)) == 5
    assert Question.objects.count() == 22

"""What an answer was drawn from: noted while writing, read by the second lawyer, never public."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from content.questions.errors import NotTheirs
from content.questions.models import Question, Source
from content.questions.services import retention, sources
from portal.mail.models import Letter
from portal.workflow import TransitionNotAllowed
from tests.factories import questions as make
from tests.factories.questions import State

pytestmark = pytest.mark.django_db
BILL = {
    "source_kind": "bill",
    "source_name": "HE 208/2022",
    "source_url": "https://www.eduskunta.example.org/he-208-2022",
    "source_words": "The three years were chosen so that the parents of small children have time.",
}


def address(question):
    return reverse("legal_questions:inspect", args=[question.pk])


def do(client, question, move, **data):
    wording = question.wording
    data.setdefault("seen", wording.version_token if wording else "")
    response = client.post(address(question), {"move": move, **data}, follow=True)
    question.refresh_from_db()
    return response


@pytest.fixture
def first(enter):
    return enter("lawyer")


@pytest.fixture
def question(first):
    return make.assigned(by=first)


def test_the_second_lawyer_reads_beside_the_answer_what_it_was_drawn_from(client, question, first):
    do(client, question, "write", text="Within three", **BILL)
    assert question.wording.text == "Within three"
    do(client, question, "submit", text="Within three years.")

    client.force_login(make.lawyer())
    do(client, question, "claim_check")
    page = client.get(address(question)).content.decode()

    assert [(one.kind, one.author) for one in question.sources.all()] == [("bill", first)]
    assert f'<a href="{BILL["source_url"]}" rel="noreferrer">HE 208/2022</a>' in page
    assert BILL["source_words"] in page
    assert question.state == State.CHECKED


def test_a_source_is_noted_with_the_answer_that_is_put_forward_and_logged(client, question):
    do(client, question, "submit", text="Within three years.", **BILL)

    assert (question.state, question.sources.count()) == (State.DRAFTED, 1)
    page = client.get(address(question)).content.decode()
    assert "Source of the answer noted" in page


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_url": "ftp://files.example.org/he"}, "source_url"),
        ({"source_url": "eduskunta"}, "source_url"),
        ({"source_kind": "link", "source_url": ""}, "source_url"),
        ({"source_kind": ""}, "source_kind"),
        ({"source_name": "", "source_url": ""}, "source_name"),
    ],
)
def test_a_source_that_is_none_is_asked_for_again_and_nothing_typed_is_lost(
    client, question, fields, field
):
    response = do(client, question, "write", text="Within three years.", **BILL | fields)

    form = response.context["forms"]["write"]
    assert response.status_code == 422
    assert set(form.errors) == {field}
    assert form["text"].value() == "Within three years."
    assert not Source.objects.exists()


def test_a_source_is_left_out_again(client, question):
    do(client, question, "write", text="Within three", **BILL)
    row = question.sources.get()

    do(client, question, "write", text="Within three years.", left_out=[row.pk])

    assert not question.sources.exists()
    assert question.wording.text == "Within three years."


def test_a_source_is_not_kept_when_the_answer_was_saved_meanwhile(client, question):
    do(client, question, "write", text="Within three")

    response = do(client, question, "write", text="Never.", seen="1:2020", **BILL)

    assert response.status_code == 409
    assert response.context["forms"]["write"]["source_name"].value() == "HE 208/2022"
    assert not Source.objects.exists()


def test_only_who_writes_the_answer_notes_its_sources(question):
    row = {"kind": "bill", "name": "HE 208/2022", "url": "", "words": ""}
    with pytest.raises(NotTheirs):
        sources.note(question, by=make.lawyer(), source=row)
    with pytest.raises(TransitionNotAllowed):
        sources.note(drafted := make.drafted(), by=drafted.handler, source=row)


def test_nobody_but_the_lawyers_sees_the_sources(client, first):
    asker = make.lawyer()  # who asks sees what every asker sees
    question = make.assigned(by=first, asker=asker)
    do(client, question, "submit", text="Within three years.", **BILL)
    client.force_login(make.lawyer())
    do(client, question, "claim_check")
    do(client, question, "approve", seen="0", wording=question.wording.pk)
    assert question.state == State.ANSWERED

    client.force_login(asker)
    own = reverse("questions:case", kwargs={"number": question.slug})
    pages = [client.get(url).content.decode() for url in (own, address(question))]
    letters = [letter.text for letter in Letter.objects.all()]

    assert len(letters) > 1
    assert not [text for text in pages + letters if "HE 208/2022" in text]


def test_the_sources_are_deleted_with_the_question(client, question):
    do(client, question, "write", text="Within three", **BILL)
    Question.objects.update(state=State.CLOSED, keep_until=timezone.localdate() - timedelta(days=1))

    assert retention.clear() == 1
    assert not Source.objects.exists()

"""Texts that lawyers use again: kept by them alone, and put at the end of what is being written."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from content.questions.models import AnswerTemplate, Question
from tests.factories import questions as make
from tests.factories.accounts import UserFactory
from tests.factories.law import AmendmentEffectFactory, SectionFactory
from tests.factories.questions import State
from tests.factories.topics import TopicFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
LIST = "/cms/answer-templates/"
OPENING = {
    "name": "Opening",
    "text_fi": "Kiitos kysymyksestä.",
    "text_en": "Thank you for the question. Section 15 is about it too.",
}


def address(question):
    return reverse("legal_questions:inspect", args=[question.pk])


def insert(client, question, **data):
    wording = question.wording
    data.setdefault("seen", wording.version_token if wording else "")
    response = client.post(address(question), {"move": "insert", **data}, follow=True)
    question.refresh_from_db()
    return response


@pytest.fixture
def lawyer(enter):
    return enter("lawyer")


@pytest.fixture
def question(lawyer):
    return make.assigned(by=lawyer)


@pytest.fixture
def opening(db):
    template = AnswerTemplate.objects.create(**OPENING)
    template.sections.add(SectionFactory(number="14"))
    return template


def test_a_lawyer_keeps_a_template_with_its_sections(client, lawyer):
    section, topic = SectionFactory(number="14"), TopicFactory()
    data = {**OPENING, "topic": topic.pk, "sections": [section.pk]}

    client.post(f"{LIST}new/", data)

    template = AnswerTemplate.objects.get()
    assert (template.topic, [*template.sections.all()]) == (topic, [section])
    assert "Opening" in client.get(LIST).content.decode()
    client.post(f"{LIST}edit/{template.pk}/", data | {"text_sv": "Tack för frågan."})
    template.refresh_from_db()
    assert template.text_in("sv") == "Tack för frågan."


def test_a_template_without_a_text_is_none(client, lawyer):
    response = client.post(f"{LIST}new/", {"name": "Opening"})

    assert "Write the text in one language at least." in response.content.decode()
    assert not AnswerTemplate.objects.exists()


def test_a_superuser_is_no_lawyer_and_keeps_no_templates(client, opening):
    client.force_login(UserFactory(is_superuser=True))

    for path in (LIST, f"{LIST}new/", f"{LIST}edit/{opening.pk}/", f"{LIST}delete/{opening.pk}/"):
        assert client.get(path).status_code in (302, 403)
        client.post(path, {"name": "Other", "text_en": "Other."})
    assert AnswerTemplate.objects.get().name == "Opening"


def test_it_goes_to_the_end_in_the_language_of_the_question_and_nothing_typed_is_lost(
    client, question, opening
):
    chosen = SectionFactory(number="16")

    insert(
        client,
        question,
        text="Within three years.\n",
        sections=[chosen.pk],
        template=opening.pk,
        source_kind="decision",
        source_name="KHO 2021:5",
    )

    answer = question.wording
    assert answer.text == f"Within three years.\n\n{OPENING['text_en']}"
    assert {section.number for section in answer.sections.all()} == {"14", "16"}
    assert question.sources.get().name == "KHO 2021:5"
    assert (question.state, answer.submitted_at) == (State.ASSIGNED, None)


def test_an_empty_draft_begins_with_it(client, question, opening):
    insert(client, question, text="", template=opening.pk)

    assert question.wording.text == OPENING["text_en"]


@pytest.mark.parametrize("wanted", ["", "another language", "too long"])
def test_what_cannot_be_inserted_changes_nothing(client, question, opening, wanted):
    if wanted == "another language":
        Question.objects.filter(pk=question.pk).update(language="sv")
    text = "x" * 19990 if wanted == "too long" else "Typed."

    response = insert(client, question, text=text, template=wanted and opening.pk)

    form = response.context["forms"]["write"]
    assert (response.status_code, set(form.errors)) == (422, {"template"})
    assert form["text"].value() == text
    assert question.wording is None


def test_a_wording_that_was_saved_meanwhile_is_not_written_over(client, question, opening):
    insert(client, question, text="First.", template=opening.pk)
    first = question.wording.text

    response = insert(client, question, text="Second.", template=opening.pk, seen="1:2020")

    assert response.status_code == 409
    assert "Second." in response.content.decode()
    assert question.wording.text == first


def test_those_of_the_theme_come_first(client, question, opening):
    AnswerTemplate.objects.create(**OPENING | {"name": "Zoning", "topic": question.topic})

    field = client.get(address(question)).context["forms"]["write"].fields["template"]

    assert [template.name for template in field.queryset] == ["Zoning", "Opening"]


@pytest.mark.parametrize("number", ["14", "15"])
def test_a_template_says_that_the_law_has_changed_since(client, question, opening, number):
    """Its link to 14 counts, and so does “Section 15” in its words."""
    section = SectionFactory(number=number)
    warned = "Opening – the law has changed since it was written"
    assert warned not in client.get(address(question)).content.decode()
    effect = AmendmentEffectFactory(section=section)
    type(effect).objects.update(opened_at=timezone.now() + timedelta(seconds=1))

    assert warned in client.get(address(question)).content.decode()
    AnswerTemplate.objects.update(saved_at=timezone.now() + timedelta(minutes=1))
    assert warned not in client.get(address(question)).content.decode()


def test_many_templates_cost_the_queries_of_few(client, question):
    def more(number):
        for _number in range(number):
            count = AnswerTemplate.objects.count()
            one = AnswerTemplate.objects.create(**OPENING | {"name": f"Text {count}"})
            one.sections.add(SectionFactory())

    more(2)
    first = [queries_of_page(client, path) for path in (address(question), LIST)]
    more(10)

    assert [queries_of_page(client, path) for path in (address(question), LIST)] == first

"""Answers that only their askers have rest on the law: reviewed, and told to their askers."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from content.questions import errors, own_answers
from content.questions.services import casework, corrections, publishing, retention
from law import impact_reviews
from law import incoming as decisions
from law.models import ImpactReview
from law.references import backlink_counts, backlinks_to
from portal.concurrency import Stale
from portal.days import months_after
from portal.mail.models import Letter
from portal.notifications.models import Event
from tests.factories import questions as make
from tests.factories.accounts import UserFactory
from tests.factories.law import (
    AmendmentEffectFactory,
    IncomingAmendmentFactory,
    SectionFactory,
    before_amendment,
)
from tests.factories.notices import FollowFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

SECRET_WORDS = {"may_be_published": False, "private_reason": "A pending matter."}


@pytest.fixture
def section():
    return SectionFactory(number="14")


def change(section):
    """An act that is in force changes the section."""
    effect = AmendmentEffectFactory(section=section)
    impact_reviews.open_tasks([effect])
    return effect


def reviews():
    return ImpactReview.objects.filter(kind="question")


def letters(template):
    return Letter.objects.filter(template=f"questions/{template}")


@pytest.mark.parametrize("state", ["answered", "prepared"])
def test_an_answer_without_a_page_is_reviewed_and_its_asker_told(section, state):
    question = getattr(make, state)(sections=[section], text="So it is.")

    change(section)

    assert reviews().get().subject == str(question.pk)
    letter = letters("own_checking").get()
    assert letter.to == question.asker.email
    assert f"/en/questions/mine/{question.slug}/" in letter.text
    assert question.title not in letter.text


def test_an_answer_for_the_asker_alone_is_reviewed_in_the_askers_language(section):
    question = make.answered(sections=[section], language="fi", **SECRET_WORDS)

    change(section)

    assert reviews().get().subject == str(question.pk)
    assert "tarkist" in letters("own_checking").get().text


def test_a_section_that_is_only_named_in_the_answer_counts(section):
    question = make.answered(text="Within three years, as section 14 says.")

    change(section)

    assert reviews().get().subject == str(question.pk)


def test_what_is_published_is_reviewed_as_its_page_alone(section):
    question = make.published(sections=[section])

    change(section)

    assert not reviews().exists()
    assert ImpactReview.objects.get().subject == str(question.page_id)


def test_a_question_without_an_answer_is_not_reviewed(section):
    make.checked(sections=[section])

    change(section)

    assert not reviews().exists()


def test_those_whose_questions_were_joined_hear_of_it_too(section):
    question = make.answered(sections=[section])
    other = make.ask()
    casework.merge(other, by=make.lawyer(), into=question, reason="The same")

    change(section)

    assert set(letters("own_checking").values_list("to", flat=True)) == {
        question.asker.email,
        other.asker.email,
    }


def test_a_lawyer_confirms_it_on_the_work_list_and_the_asker_hears(section, client, enter):
    question = make.answered(sections=[section])
    effect = change(section)
    enter("lawyer")
    address = reverse("law_changes:change", args=[effect.pk])
    assert question.title in client.get(address).content.decode()

    client.post(address, {"kind": "question", "thing": str(question.key)})

    assert reviews().get().state == "confirmed"
    assert letters("own_confirmed").get().to == question.asker.email


def test_the_askers_page_says_that_it_is_being_checked(section, client):
    question = make.answered(sections=[section])
    client.force_login(question.asker)

    def warned():
        shown = client.get(f"/en/questions/mine/{question.slug}/").content.decode()
        return "this answer is being checked" in shown

    assert not warned()
    change(section)
    assert warned()
    impact_reviews.confirm("question", str(question.key), by=make.lawyer())
    assert not warned()


def test_a_new_wording_is_read_by_a_second_lawyer_and_sent(section, client):
    question = make.answered(sections=[section])
    change(section)
    writer, second = make.lawyer(), make.lawyer()
    address = reverse("legal_questions:inspect", args=[question.pk])
    client.force_login(writer)

    client.post(
        address,
        {
            "move": "correct",
            "text": "Within two years.",
            "sections": [section.pk],
            "seen": question.wording.version_token,
        },
    )
    waiting = question.correction
    client.post(address, {"move": "send_correction", "wording": waiting.pk})
    assert question.sent_answer != waiting
    assert reviews().get().state == "open"

    client.force_login(second)
    client.post(address, {"move": "send_correction", "wording": waiting.pk})

    assert question.sent_answer == waiting
    assert reviews().get().state == "changed"
    letter = letters("corrected").get()
    assert letter.to == question.asker.email
    assert "Within two years." in letter.text


def test_nobody_sends_a_new_wording_of_their_own_or_another_than_they_read():
    question = make.answered()
    writer, second = make.lawyer(), make.lawyer()
    first = corrections.correct(question, by=writer, text="Anew.", sections=[])
    again = corrections.correct(question, by=second, text="Once more.", sections=[])

    for by in (writer, second):
        with pytest.raises(errors.SameLawyer):
            corrections.send_correction(question, by=by, wording=again.pk)
    with pytest.raises(Stale):
        corrections.send_correction(question, by=make.lawyer(), wording=first.pk)


def test_an_answer_is_not_sent_when_the_law_has_changed_since_it_was_written(section):
    question = make.checked(sections=[section])
    change(section)

    with pytest.raises(errors.LawChanged):
        casework.approve(question, by=question.checker)


def test_publishing_ends_its_own_review(section):
    question = make.answered(sections=[section])
    change(section)
    publishing.prepare(question, by=question.handler, words=make.WORDS, confirmed=[])

    publishing.publish(question, by=question.checker)

    assert not reviews().filter(state="open").exists()


def test_the_lawyers_alone_know_of_it(section, client, enter):
    question = make.answered(sections=[section], title="A very private matter", **SECRET_WORDS)
    effect = change(section)
    describe = own_answers.OWN_ANSWERS.describe
    for role in ("editor", "statistician", "programme"):
        assert describe([str(question.pk)], UserFactory(role=role), "en") == {}
        enter(role)
        shown = client.get(reverse("law_changes:change", args=[effect.pk])).content.decode()
        assert question.title not in shown
        assert question.number not in shown
    assert not describe([str(question.pk)], question.asker, "en")

    client.logout()
    assert backlinks_to([section], AnonymousUser(), "en") == {section.pk: []}
    assert not backlink_counts([section], make.lawyer(), "en")[section.pk]
    for address in (
        section.get_absolute_url(),
        section.act.get_absolute_url(),
        "/api/v1/law/acts/681-2023/sections/14",
        "/api/v1/questions",
        "/en/search/?q=private+matter",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        told = answer.content.decode()
        assert question.number not in told
        assert question.title not in told


def test_a_lawyer_does_not_confirm_the_answer_to_a_question_of_their_own(section):
    lawyer = make.lawyer()
    question = make.answered(asker=lawyer, sections=[section])

    [described] = own_answers.describe([str(question.pk)], lawyer, "en").values()

    assert not described.may_confirm


def test_the_reviews_are_deleted_with_the_question(section):
    question = make.answered(sections=[section])
    change(section)

    retention.clear(months_after(question.keep_until, 1))

    assert not reviews().exists()


def test_the_references_cost_the_same_for_many(section):
    def asked():
        list(own_answers.references([section]))

    make.answered(sections=[section])
    few = queries_of(asked)
    for _ in range(3):
        make.answered(sections=[section])
    assert queries_of(asked) == few


@pytest.fixture
def incoming_act(section):
    """An amending act of section 14 that waits for a decision."""
    before_amendment(section)
    return IncomingAmendmentFactory(act=section.act)


@pytest.mark.parametrize("state", ["answered", "published"])
@time_machine.travel("2027-02-10 12:00+02:00")
def test_an_act_is_not_undone_once_an_asker_has_read_of_it(section, incoming_act, state):
    question = getattr(make, state)(sections=[section], text="So it is.")
    person = make.lawyer()
    template = "own_checking" if state == "answered" else "checking"
    earlier = Letter.objects.create(
        template=f"questions/{template}",
        to=question.asker.email,
        language="en",
        subject="An earlier one",
        text=f"/{question.slug}/",
        created_at=timezone.now() - timedelta(days=1),
    )
    decisions.take_into_use(incoming_act, by=person)
    assert letters(template).count() == 2

    decisions.undo(incoming_act, by=person)

    assert letters(template).get() == earlier
    decisions.take_into_use(incoming_act, by=person)
    letter = letters(template).exclude(pk=earlier.pk).get()
    letter.claimed_until = timezone.now() + timedelta(minutes=1)
    letter.save()
    assert decisions.undo_refused(incoming_act) == "letter"
    letter.claimed_until, letter.sent_at = None, timezone.now()
    letter.save()
    with pytest.raises(decisions.CannotUndoError) as refusal:
        decisions.undo(incoming_act, by=person)
    assert refusal.value.reason == "letter" and ImpactReview.objects.exists()


@time_machine.travel("2027-02-10 12:00+02:00")
def test_an_undone_act_is_told_to_nobody_who_follows_an_answer(section, incoming_act):
    question = make.published(sections=[section], text="So it is.")
    FollowFactory(kind="page", subject=str(question.page.translation_key))
    person = make.lawyer()
    decisions.take_into_use(incoming_act, by=person)
    assert Event.objects.filter(key__startswith="answer:checking:").count() == 1

    decisions.undo(incoming_act, by=person)

    assert not Event.objects.filter(key__startswith="answer:checking:").exists()

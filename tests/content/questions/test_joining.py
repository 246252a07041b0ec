"""Questions that are answered together: nobody is left waiting for an answer that does not come."""

import pytest

from content.questions.errors import OtherLanguage
from content.questions.services import asking, casework, retention
from portal.mail.models import Letter
from tests.factories import questions as make
from tests.factories.law import SectionFactory
from tests.factories.questions import State
from tests.factories.topics import TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def joined(db):
    """An earlier question and the one that was joined with it."""
    earlier, later = make.triaged(), make.assigned()
    casework.merge(later, by=later.handler, into=earlier, reason="The same")
    Letter.objects.all().delete()
    return earlier, later


def withdraw(earlier):
    asking.withdraw(earlier, by=earlier.asker)


def close(earlier):
    casework.close(earlier, by=make.lawyer(), reason="One client's case")


def hand_over(earlier):
    casework.hand_over(earlier, by=make.lawyer(), authority="Migri", reason="Theirs")


def forget(earlier):
    retention.forget(earlier.asker)


def make_secret(earlier):
    casework.classify(
        earlier,
        by=make.lawyer(),
        topic=TopicFactory(),
        sections=[],
        secret=True,
        secrecy_ground="Act 621/1999, section 24",
    )


@pytest.mark.parametrize("end", [withdraw, close, hand_over, forget, make_secret])
def test_what_was_joined_goes_back_to_the_queue_when_no_answer_comes(joined, end):
    earlier, later = joined

    end(earlier)

    later.refresh_from_db()
    assert (later.state, later.handler, later.merged_into) == (State.RECEIVED, None, None)
    assert later.ended_at is None
    [letter] = Letter.objects.filter(to=later.asker.email)
    assert letter.template == "questions/parted"
    assert later.number in letter.text and earlier.number not in letter.text


def test_who_was_joined_before_gets_the_answer_that_is_there_already():
    answered, second, third = make.answered(), make.ask(), make.ask()
    casework.merge(third, by=make.lawyer(), into=second, reason="")

    casework.merge(second, by=make.lawyer(), into=answered, reason="")

    letters = Letter.objects.filter(template="questions/answered")
    assert set(letters.values_list("to", flat=True)) == {
        answered.asker.email,
        second.asker.email,
        third.asker.email,
    }


def test_nobody_gets_an_answer_in_a_language_that_they_did_not_choose():
    earlier, later = make.answered(language="sv"), make.triaged(language="fi")
    Letter.objects.all().delete()

    with pytest.raises(OtherLanguage):
        casework.merge(later, by=make.lawyer(), into=earlier, reason="")

    assert not Letter.objects.exists()


def test_the_letter_with_the_answer_names_the_sections_in_each_askers_language():
    sections = [SectionFactory(number="14"), SectionFactory(number="32 a")]
    for language, labels in {
        "fi": ["14 § Pykälä 14", "32 a § Pykälä 32 a"],
        "sv": ["14 § Paragraf 14", "32 a § Paragraf 32 a"],
        "en": ["section 14 Heading 14", "section 32 a Heading 32 a"],
    }.items():
        answered = make.answered(sections=sections, language=language)
        later = make.ask(language=language)
        casework.merge(later, by=make.lawyer(), into=answered, reason="")
        for asker in (answered.asker, later.asker):
            letter = Letter.objects.get(to=asker.email, template="questions/answered")
            text = letter.text.replace("\xa0", " ")
            assert [label in text for label in labels] == [True, True], text


def test_the_letter_about_a_secret_answer_names_no_section():
    question = make.answered(sections=[SectionFactory(number="14")], secret=True)
    letter = Letter.objects.get(to=question.asker.email, template="questions/answered")
    assert "14" not in letter.text.replace(question.number, "")


@pytest.mark.parametrize("secret", [True, False])
def test_the_letter_about_a_secret_question_does_not_say_whose_matter_it_is(secret):
    question = make.triaged(secret=secret)
    casework.hand_over(question, by=make.lawyer(), authority="The Tax Office", reason="Theirs.")
    letter = Letter.objects.get(to=question.asker.email, template="questions/handed_over")
    assert ("The Tax Office" in letter.text) is not secret

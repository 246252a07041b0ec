"""What waits for a lawyer: told by letter, counted in the menu, listed in the queue."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from content.questions.inbox import waiting_for
from content.questions.models import Question
from content.questions.services import asking, casework
from portal.languages import LANGUAGES, in_language
from portal.mail.models import Letter
from tests.factories import questions as make
from tests.factories.accounts import UserFactory
from tests.factories.questions import QuestionFactory, State

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
CASE_WORDS = ("canary of the title", "canary of the text", "canary of a note", "canary of more")
SUBJECTS = {
    "returned": "The answer to question %(number)s came back",
    "added": "The asker has added to question %(number)s",
    "withdrawn": "Question %(number)s has been withdrawn",
}


def happen(event, question):
    """Make what a lawyer hears of happen to a question that is being checked."""
    if event == "returned":
        casework.return_answer(question, by=question.checker, text="canary of a note")
    elif event == "added":
        asking.add(question, by=question.asker, text="canary of more")
    else:
        asking.withdraw(question, by=question.asker)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", ["returned", "added", "withdrawn"])
def test_the_lawyer_who_has_a_question_hears_of_it_in_their_own_language(event, language):
    lawyer = UserFactory(role="lawyer", language=language)
    asked_in = "sv" if language == "fi" else "fi"
    question = make.checked(
        by=lawyer, language=asked_in, title="canary of the title", text="canary of the text"
    )

    happen(event, question)

    [letter] = Letter.objects.filter(template=f"questions/lawyer_{event}")
    assert (letter.to, letter.language) == (lawyer.email, language)
    with in_language(language):
        assert letter.subject == gettext(SUBJECTS[event]) % {"number": question.number}
    assert f"/cms/legal-questions/{question.pk}/" in letter.text
    assert not [words for words in CASE_WORDS if words in letter.text + letter.subject]


def test_a_lawyer_who_is_given_a_question_hears_of_it_but_not_one_who_takes_it():
    question = make.assigned(title="canary of the title")
    stand_in, taker = make.lawyer(), make.lawyer()

    casework.substitute(question, by=question.handler, to=stand_in)
    casework.substitute(question, by=taker, to=taker)

    [letter] = Letter.objects.filter(template="questions/lawyer_given")
    assert letter.to == stand_in.email
    assert question.number in letter.subject
    assert "canary" not in letter.text


def test_the_same_addition_sent_twice_is_one_letter():
    question = make.assigned()
    for _again in range(2):
        asking.add(question, by=question.asker, text="More")
    assert Letter.objects.filter(template="questions/lawyer_added").count() == 1


@pytest.mark.parametrize("gone", ["account", "role", "asks"])
def test_who_does_not_handle_the_question_any_more_gets_no_letter_of_it(gone):
    question = make.assigned()
    lawyer = question.handler
    if gone == "account":
        lawyer.is_active = False
        lawyer.save()
    elif gone == "role":
        lawyer.groups.clear()
    else:
        Question.objects.filter(pk=question.pk).update(asker=lawyer)
        question.refresh_from_db()

    asking.add(question, by=question.asker, text="More")

    assert not Letter.objects.filter(template__startswith="questions/lawyer").exists()


def test_nobody_is_written_to_while_nobody_has_the_question():
    question = make.triaged()
    asking.add(question, by=question.asker, text="More")
    asking.withdraw(question, by=question.asker)
    assert not Letter.objects.filter(template__startswith="questions/lawyer").exists()


def waits(question, lawyer):
    return waiting_for(lawyer, TODAY()).filter(pk=question.pk).exists()


def test_what_nobody_has_waits_for_every_lawyer_but_the_one_who_asks():
    lawyer, other = make.lawyer(), make.lawyer()
    new, sorted_in = make.ask(), make.triaged()
    assert all(waits(one, each) for one in (new, sorted_in) for each in (lawyer, other))

    casework.claim(sorted_in, by=lawyer)
    assert not waits(sorted_in, lawyer)
    assert not waits(sorted_in, other)
    assert not waits(make.ask(asker=lawyer), lawyer)


def test_what_the_second_lawyer_returned_waits_until_it_is_put_forward_again():
    question = make.checked()
    lawyer = question.handler
    assert not waits(question, lawyer)

    casework.return_answer(question, by=question.checker, text="Say by when.")
    casework.write(question, by=lawyer, text="By the end of", sections=[])
    assert waits(question, lawyer)

    casework.submit(question, by=lawyer, text="By the end of the month.", sections=[])
    assert not waits(question, lawyer)
    casework.take_back(question, by=lawyer)
    assert not waits(question, lawyer)


def test_what_the_asker_added_waits_until_something_is_written_after_it():
    question = make.drafted()
    lawyer = question.handler
    asking.add(question, by=question.asker, text="More")
    assert waits(question, lawyer)

    casework.take_back(question, by=lawyer)
    casework.write(question, by=lawyer, text="An answer to that, too", sections=[])
    assert not waits(question, lawyer)

    asking.add(question, by=question.asker, text="And more")
    assert waits(question, lawyer)
    casework.ask_back(question, by=lawyer, text="How so?")
    assert not waits(question, lawyer)
    asking.add(question, by=question.asker, text="Because")
    assert waits(question, lawyer)


def test_what_is_late_waits_but_not_while_the_asker_is_waited_for():
    lawyer, yesterday = make.lawyer(), TODAY() - timedelta(days=1)
    late = QuestionFactory(handler=lawyer, state=State.ASSIGNED, due_on=yesterday)
    QuestionFactory(handler=lawyer, state=State.ASSIGNED, due_on=TODAY())
    QuestionFactory(handler=lawyer, state=State.WAITING, due_on=yesterday)
    QuestionFactory(handler=lawyer, state=State.CLOSED, due_on=yesterday)
    QuestionFactory(handler=make.lawyer(), state=State.ASSIGNED, due_on=yesterday)

    assert list(waiting_for(lawyer, TODAY())) == [late]


def test_a_check_waits_for_those_who_may_make_it():
    first, second, third = (make.lawyer() for _one in range(3))
    question = make.assigned(by=first)
    casework.write(question, by=first, text="Within", sections=[])
    casework.substitute(question, by=first, to=second)
    casework.submit(question, by=second, text="Within three years.", sections=[])

    assert [waits(question, lawyer) for lawyer in (first, second, third)] == [False, False, True]
    asking_lawyer = make.lawyer()
    Question.objects.filter(pk=question.pk).update(asker=asking_lawyer)
    assert not waits(question, asking_lawyer)

    casework.claim_check(question, by=third)
    assert [waits(question, lawyer) for lawyer in (third, make.lawyer())] == [True, False]


def test_the_menu_counts_what_the_queue_then_shows(client):
    lawyer = make.lawyer()
    client.force_login(lawyer)
    assert "Legal questions (" not in client.get("/cms/").content.decode()

    make.drafted(title="To be checked")
    QuestionFactory(handler=lawyer, state=State.ASSIGNED, due_on=date(2026, 1, 5), title="Late")
    QuestionFactory(title="Of no one")
    QuestionFactory(handler=make.lawyer(), state=State.ASSIGNED, title="Of another")

    assert "Legal questions (3)" in client.get("/cms/").content.decode()
    page = client.get("/cms/legal-questions/results/", {"whose": "me"}).content.decode()
    shown = [name in page for name in ("To be checked", "Late", "Of no one", "Of another")]
    assert shown == [True, True, True, False]

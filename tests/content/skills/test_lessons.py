"""One course and one enrolment in every language; what is sent twice counts once."""

import pytest

from content.skills.models import Answer, Enrolment, LessonProgress, Reflection
from tests.factories.courses import choice_key

from .conftest import FIRST, SECOND, THOUGHT

pytestmark = pytest.mark.django_db
RIGHT, WRONG = choice_key(FIRST, 0), choice_key(FIRST, 1)


def answer(client, lesson, key, number=1, **given):
    return client.post(f"{lesson.url_path}answers/", {"part": key, "number": number, **given})


def test_a_lesson_begun_in_finnish_is_finished_in_swedish(client, course, learner):
    begun = course.fi.lessons[0]
    client.post(f"{course.fi.page.url_path}begin/")
    sent = answer(client, begun, FIRST, given=RIGHT)
    assert sent["Location"] == f"{begun.url_path}#part-{FIRST}"

    finnish = client.get(begun.url_path).content.decode()
    same = course.sv.lessons[0].url_path
    assert f'href="{same}#assessment"' in finnish
    assert f'href="{same}#part-{FIRST}"' in finnish

    swedish = client.get(same).content.decode()
    assert 'id="assessment"' in swedish
    assert f'href="#part-{FIRST}"' in swedish  # continue where you were
    assert "Ditt svar är rätt" in swedish
    finished = client.post(f"{same}done/")
    assert finished["Location"] == course.sv.lessons[1].url_path

    assert Enrolment.objects.get().user == learner
    assert LessonProgress.objects.get().done_at
    assert "1/2 oppituntia tehty" in client.get(course.fi.page.url_path).content.decode()


def test_reading_needs_no_account_and_answering_does(client, course):
    lesson = course.fi.lessons[0]
    page = client.get(lesson.url_path)
    assert page.status_code == 200
    assert "Because the Act says so." in page.content.decode()

    assert "/accounts/login/" in answer(client, lesson, FIRST, given=RIGHT)["Location"]
    assert not Enrolment.objects.exists()


def test_an_answer_sent_twice_counts_once_and_another_one_is_another(client, course, learner):
    lesson = course.fi.lessons[0]
    answer(client, lesson, FIRST, given=WRONG)
    answer(client, lesson, FIRST, given=WRONG)
    assert Answer.objects.get().right is False

    answer(client, course.sv.lessons[0], FIRST, number=2, given=RIGHT)
    answer(client, lesson, FIRST, given=WRONG)  # the first one, late after a lost connection
    assert [one.right for one in Answer.objects.all()] == [False, True]
    assert "Vastauksesi on oikein" in client.get(lesson.url_path).content.decode()


@pytest.mark.parametrize("given", ["", "something else"])
def test_nothing_is_kept_of_what_answers_nothing(client, course, learner, given):
    answer(client, course.fi.lessons[0], FIRST, given=given)
    answer(client, course.fi.lessons[1], SECOND, given=given)
    assert not Answer.objects.exists()


def test_what_is_thought_over_is_kept_for_oneself(client, course, learner):
    answer(client, course.fi.lessons[0], THOUGHT, text="Meillä on kolme tulkkia.")
    assert "kolme tulkkia" in client.get(course.sv.lessons[0].url_path).content.decode()
    assert Reflection.objects.get().enrolment.user == learner

    answer(client, course.fi.lessons[0], THOUGHT, text=" ")
    assert not Reflection.objects.exists()


def test_nobody_is_shown_what_another_did(client, course, learner, people):
    lesson = course.fi.lessons[0]
    answer(client, lesson, FIRST, given=RIGHT)
    answer(client, lesson, THOUGHT, text="Meillä on kolme tulkkia.")

    client.force_login(people["member"])
    page = client.get(lesson.url_path).content.decode()

    assert "kolme tulkkia" not in page
    assert "Vastauksesi on oikein" not in page
    assert "Aloita kurssi" in client.get(course.fi.page.url_path).content.decode()

"""The final test: kept answer by answer, tried again, without a time limit for who needs it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from content.certificates.models import Certificate
from content.skills import models
from content.skills.models import Answer, CoursePage, Enrolment
from tests.factories.courses import choice_key

from .conftest import TESTED

pytestmark = pytest.mark.django_db


def change(course, **fields):
    CoursePage.objects.filter(translation_key=course.fi.page.translation_key).update(**fields)


def begin(client, course, number=1, language="fi", **data):
    page = getattr(course, language).page
    return client.post(page.test_url, {"number": number, **data})


def answer(client, course, key, right=True, number=1, language="fi"):
    page = getattr(course, language).page
    given = choice_key(key, 0 if right else 1)
    return client.post(page.test_url, {"part": key, "number": number, "given": given})


def test_it_is_begun_in_one_language_and_passed_in_another(client, course, learner):
    begin(client, course)
    answer(client, course, TESTED[0])
    assert "1 av 2 frågor är besvarade" in client.get(course.sv.page.test_url).content.decode()

    answer(client, course, TESTED[1], language="sv")

    shown = client.get(course.sv.page.test_url).content.decode()
    assert "Du klarade provet" in shown
    assert "Because the Act says so." in shown
    tried = models.TestTry.objects.get()
    assert (tried.right, tried.questions, tried.passed) == (2, 2, True)


def test_what_is_sent_twice_counts_once(client, course, learner):
    begin(client, course)
    begin(client, course)  # pressed twice
    answer(client, course, TESTED[0], right=False)
    answer(client, course, TESTED[0], right=True)  # the first answer counts
    answer(client, course, TESTED[1])
    begin(client, course)  # sent again after a lost connection: no second try
    tried = models.TestTry.objects.get()
    assert (tried.right, tried.passed) == (1, False)
    assert Answer.objects.count() == 2


def test_it_can_be_tried_again_until_the_tries_of_the_day_are_used(client, course, learner):
    change(course, tries_a_day=2)
    for number in (1, 2, 3):
        begin(client, course, number)
        for key in TESTED:
            answer(client, course, key, right=False, number=number)
    assert list(models.TestTry.objects.values_list("number", flat=True)) == [1, 2]
    assert "Tämän päivän yritykset" in client.get(course.fi.page.test_url).content.decode()

    models.TestTry.objects.update(started_at=timezone.now() - timedelta(days=1))
    begin(client, course, 3)
    assert models.TestTry.objects.count() == 3


def test_its_time_ends_but_not_for_who_needs_more(client, course, learner):
    change(course, test_minutes=30)
    begin(client, course)
    tried = models.TestTry.objects.get()
    assert tried.ends_at - tried.started_at == timedelta(minutes=30)
    models.TestTry.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    answer(client, course, TESTED[0])
    assert not Answer.objects.exists()
    assert models.TestTry.objects.get().finished_at

    begin(client, course, 2, more_time="on")
    assert models.TestTry.objects.last().ends_at is None
    assert Enrolment.objects.get().more_time


def test_the_course_is_completed_by_all_lessons_and_the_test(client, course, learner):
    for lesson in course.fi.lessons:
        client.post(f"{lesson.url_path}done/")
    assert not Enrolment.objects.get().completed_at

    begin(client, course)
    for key in TESTED:
        answer(client, course, key)
    assert Enrolment.objects.get().completed_at
    certificate = Certificate.objects.get()
    assert (certificate.holder, certificate.kind) == (learner, "course")
    assert certificate.about_key == str(course.fi.page.translation_key)
    assert certificate.titles == {"fi": "Kurssi", "sv": "Kurs"}
    assert "Du genomförde kursen" in client.get(course.sv.page.url_path).content.decode()


def test_nobody_answers_in_the_try_of_another(client, course, learner, people):
    begin(client, course)
    client.force_login(people["member"])
    assert answer(client, course, TESTED[0]).status_code == 404
    assert not Answer.objects.exists()

"""Presses that arrive at the same moment, and courses at the size that the portal is made for."""

import time
from uuid import uuid4

import pytest

from content.skills import models
from content.skills.models import Answer, Enrolment, LessonProgress
from content.skills.services import learning, testing
from portal.caching import memory
from tests.at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.courses import CourseFactory, choice_key, lesson_of, question
from tests.proofs import PROVING, size
from tests.queries import queries_of_page

KEY = "00000000-0000-4000-8000-000000000d10"
TWICE = 4


@pytest.mark.django_db(transaction=True)
def test_what_arrives_several_times_at_once_counts_once():
    course = CourseFactory(test=[question("one", "*a", "b", key=KEY), question("one", "*a", "b")])
    user = UserFactory()

    at_once(*[lambda: learning.enrol(user, course)] * TWICE)
    enrolment = Enrolment.objects.get()
    at_once(*[lambda: testing.begin(enrolment, course, 1, more_time=False)] * TWICE)
    attempt = models.TestTry.objects.get()
    at_once(*[lambda: testing.answer(attempt_of(attempt), course, course.test[0], given())] * TWICE)

    assert Answer.objects.get().right


def attempt_of(attempt):
    """The same try, read by each press for itself."""
    return models.TestTry.objects.get(pk=attempt.pk)


def given():
    return [choice_key(KEY, 0)]


def seconds(client, path) -> float:
    """The least CPU that the page takes of this process, made anew each time."""
    spent = []
    for _time in range(5):
        memory.forget()
        begun = time.process_time()
        assert client.get(path).status_code == 200
        spent.append(time.process_time() - begun)
    return min(spent)


@pytest.mark.proof
@pytest.mark.django_db
def test_the_list_and_a_course_cost_the_same_at_full_size(client, record_property):
    """200 courses and 5,000 enrolments cost what one full page of them costs."""

    def more(number):
        for _course in range(number):
            lesson_of(CourseFactory(), "One")

    def learners(number):
        user = UserFactory()
        made = Enrolment.objects.bulk_create(
            [Enrolment(user=user, course=uuid4()) for _one in range(number)]
        )
        LessonProgress.objects.bulk_create(
            [LessonProgress(enrolment=one, lesson=uuid4()) for one in made]
        )

    learner = UserFactory()
    course = CourseFactory(title="First")
    lesson = lesson_of(course, "One", body=[question("one", "*a", "b", key=KEY)])
    learning.enrol(learner, course)
    client.force_login(learner)
    paths = ["/en/skills/", course.url_path, lesson.url_path]
    more(size(3, 19))
    queries = [queries_of_page(client, path) for path in paths]
    before = [seconds(client, path) for path in paths]

    more(size(4, 180))
    learners(size(40, 5000))

    assert [queries_of_page(client, path) for path in paths] == queries
    after = [seconds(client, path) for path in paths]
    for path, few, many in zip(paths, before, after, strict=True):
        record_property(path, f"{few * 1000:.1f} ms, then {many * 1000:.1f} ms")
        assert not PROVING or many < 1.2 * few

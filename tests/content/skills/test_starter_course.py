"""The portal's own course: what is in its files, and that they become pages."""

import re
import tomllib

import pytest

from content.skills import starter
from content.skills.models import CoursePage, LessonPage
from portal.languages import LANGUAGES
from tests.factories.law import ActFactory, SectionFactory

FILES = starter.FOLDER / "integration-act-at-work"
COURSES = {one: tomllib.loads((FILES / f"{one}.toml").read_text()) for one in LANGUAGES}


def lessons(course):
    return [lesson for module in course["modules"] for lesson in module["lessons"]]


def asked(course):
    every = [one for lesson in lessons(course) for one in lesson["questions"]]
    return every + course["test"]


def test_it_has_five_modules_short_lessons_and_a_test_of_ten():
    for course in COURSES.values():
        assert len(course["modules"]) == 5
        assert all(lesson["minutes"] <= 10 for lesson in lessons(course))
        assert len(course["test"]) == 10
        assert all(one["explanation"] and one["section"] for one in asked(course))


def test_the_right_answers_are_the_same_in_each_language():
    def right(course):
        return [
            (
                one["key"],
                one["section"],
                one.get("answer"),
                [(choice["key"], choice["right"]) for choice in one.get("choices", ())],
            )
            for one in asked(course)
        ]

    assert right(COURSES["fi"]) == right(COURSES["sv"]) == right(COURSES["en"])


@pytest.mark.django_db
def test_it_becomes_a_course_in_three_languages():
    act = ActFactory(number=681, year=2023)
    words = " ".join((FILES / f"{one}.toml").read_text() for one in LANGUAGES)
    numbers = set(re.findall(r"681/2023:(\w+)", words))
    for course in COURSES.values():
        numbers |= {one["section"] for one in asked(course)}
        numbers |= {one for lesson in lessons(course) for one in lesson["sections"]}
    for number in sorted(numbers):
        SectionFactory(act=act, number=number)

    starter.load()

    assert CoursePage.objects.live().count() == 3
    assert LessonPage.objects.live().count() == 3 * len(lessons(COURSES["fi"]))

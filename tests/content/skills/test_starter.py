"""A course from its files: in three languages, once, with the same questions in each."""

import pytest

from content.pages.starter import StarterError
from content.skills import starter
from content.skills.models import CoursePage, LessonPage
from tests.factories.law import ActFactory, SectionFactory

pytestmark = pytest.mark.django_db

FILE = """
[course]
slug = "course-{language}"
title = "Course {language}"
summary = "What it is about."
aim = "What one can do."

[[modules]]
key = "first"
title = "First"
summary = "The beginning."

[[modules.lessons]]
key = "one"
slug = "one-{language}"
title = "One"
minutes = 5
summary = "A lesson."
sections = ["14"]
body = "<p>Before.</p><h2 id='mid'>Middle</h2><p>After.</p>"

[[modules.lessons.questions]]
key = "order"
kind = "order"
text = "In which order?"
explanation = "So it goes."
section = "14"
choices = [{{key = "b", text = "second"}}, {{key = "a", text = "first"}}]
answer = ["a", "b"]

[[modules.lessons.reflections]]
key = "think"
text = "And with you?"

[[test]]
key = "number"
kind = "number"
text = "How many days?"
explanation = "As said."
answer = {answer}
"""


@pytest.fixture
def files(tmp_path, monkeypatch):
    """The folder of a course, which takes the place of the portal's own."""
    folder = tmp_path / "course"
    folder.mkdir()
    for language in ("fi", "sv", "en"):
        (folder / f"{language}.toml").write_text(FILE.format(language=language, answer=30))
    every = starter.words
    monkeypatch.setattr(starter, "words", lambda: every(tmp_path))
    return folder


@pytest.fixture
def act(db):
    act = ActFactory(number=681, year=2023)
    SectionFactory(act=act, number="14")
    return act


def test_it_waits_for_the_act(files):
    starter.load()
    assert not CoursePage.objects.exists()


def test_it_is_made_once_with_the_same_questions_in_each_language(files, act, client):
    starter.load()
    starter.load()

    assert CoursePage.objects.live().count() == LessonPage.objects.live().count() == 3
    assert LessonPage.objects.values("translation_key").distinct().count() == 1
    asked = set()
    for lesson in LessonPage.objects.all():
        kinds = [child.block_type for child in lesson.body]
        assert kinds == ["text", "heading", "text", "law", "question", "reflection"]
        question = lesson.body[4]
        choices = question.value["choices"]
        assert [choice["text"] for choice in choices] == ["first", "second"]
        asked.add((question.id, *(one.id for one in choices.bound_blocks)))
        assert client.get(lesson.url_path).status_code == 200
        assert lesson.course.example
        assert lesson.revisions.count() == 1
    assert len(asked) == 1
    assert {course.test[0].value["number"] for course in CoursePage.objects.all()} == {30}


def test_a_language_that_asks_something_else_is_refused(files, act):
    other = FILE.format(language="sv", answer=30).replace('key = "order"', 'key = "other"')
    (files / "sv.toml").write_text(other)
    with pytest.raises(StarterError):
        starter.load()
    assert not CoursePage.objects.exists()

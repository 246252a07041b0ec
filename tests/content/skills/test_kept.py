"""What a translation keeps of a question, and what a change of the law opens."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from content.skills.models import CoursePage, LessonPage
from law.models import ImpactReview
from tests.factories.content import law_box
from tests.factories.courses import CourseFactory, choice_key, lesson_of, question
from tests.factories.law import SectionFactory, opened_change

from .test_questions import KEY

pytestmark = pytest.mark.django_db
SWEDISH = "sv"


def translated(page):
    """The page as Wagtail's translator makes it in Swedish, without a word of Swedish yet."""
    source, _made = TranslationSource.update_or_create_from_instance(page)
    locale = Locale.objects.get(language_code=SWEDISH)
    Translation.objects.get_or_create(source=source, target_locale=locale)
    source.create_or_update_translation(locale, publish=False, fallback=True)
    made = page.get_translation(locale)
    return made.get_latest_revision_as_object()


def test_a_translation_asks_the_same_question(db):
    section = SectionFactory()
    asked = [
        question("several", "*a", "b", key=KEY, section=section.pk),
        question("number", number="30"),
    ]
    course = CourseFactory(language="fi", test=asked)
    lesson = lesson_of(course, body=asked, minutes=7, module="first")

    translated_course = translated(CoursePage.objects.get(pk=course.pk))
    translated_lesson = translated(LessonPage.objects.get(pk=lesson.pk))

    assert (translated_lesson.minutes, translated_lesson.module) == (7, "first")
    for stream in (translated_course.test, translated_lesson.body):
        first, second = stream
        assert first.id == KEY
        choices = first.value["choices"].bound_blocks
        assert [one.id for one in choices] == [choice_key(KEY, 0), choice_key(KEY, 1)]
        assert [bool(one.value["right"]) for one in choices] == [True, False]
        assert first.value["section"] == section
        assert second.value["number"] == 30


def test_a_change_of_the_law_opens_a_review_of_each_lesson_and_test(client):
    section = SectionFactory(number="14")
    course = CourseFactory(test=[question("one", "*a", "b", section=section.pk)])
    lesson = lesson_of(course, body=[law_box(section)])

    opened_change(section=section)

    reviews = ImpactReview.objects.values_list("kind", "subject")
    assert set(reviews) == {("course", str(course.pk)), ("lesson", str(lesson.pk))}
    for page in (course, lesson):
        assert "law-banner" in client.get(page.url_path).content.decode()

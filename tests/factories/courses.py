"""Courses in their index with lessons below them; questions as an editor keeps them."""

from uuid import uuid4

from django.utils.text import slugify
from wagtail.models import Locale

from content.skills.models import CoursePage, LessonPage, SkillsIndexPage
from tests.factories.content import FOLDER_OF, FOLDERS, PageFactory, publish

FOLDERS["skills"] = {"fi": "osaaminen", "sv": "kompetens", "en": "skills"}
FOLDER_OF[CoursePage] = "skills"


class CourseFactory(PageFactory):
    test_minutes = 0
    tries_a_day = 0

    class Meta:
        model = CoursePage


def index(language: str) -> SkillsIndexPage:
    return SkillsIndexPage.objects.get(locale__language_code=language)


def lesson_of(course: CoursePage, title: str = "Lesson", *, together=None, **fields) -> LessonPage:
    """A published lesson below a course; `together` is the same in another language."""
    page = LessonPage(
        title=title,
        slug=fields.pop("slug", slugify(title)),
        locale=Locale.objects.get(pk=course.locale_id),
        live=False,
        **fields,
    )
    if together:
        page.translation_key = together.translation_key
    CoursePage.objects.get(pk=course.pk).add_child(instance=page)
    return publish(page)


def heading(text: str, anchor: str) -> dict:
    return {"type": "heading", "value": {"text": text, "anchor": anchor}}


def question(kind: str = "one", *choices: str, key: str = "", **fields) -> dict:
    """A question; a choice that begins with * is right. Its ids follow from its key."""
    key = key or str(uuid4())
    return {
        "type": "question",
        "id": key,
        "value": {
            "kind": kind,
            "text": "What holds?",
            "number": None,
            "explanation": "Because the Act says so.",
            "section": None,
            **fields,
            "choices": [
                {
                    "type": "item",
                    "id": choice_key(key, number),
                    "value": {
                        "text": text.removeprefix("*"),
                        "right": text.startswith("*"),
                        "explanation": "",
                    },
                }
                for number, text in enumerate(choices)
            ],
        },
    }


def choice_key(key: str, number: int) -> str:
    """The id of a choice of a question: a UUID that differs in its end."""
    return f"{key[:-2]}{number:02d}"


def reflection(key: str) -> dict:
    return {"type": "reflection", "id": key, "value": {"text": "How is it with you?"}}

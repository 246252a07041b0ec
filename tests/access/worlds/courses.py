"""A published course with a lesson and a test, and a draft of one."""

from tests.factories.courses import CourseFactory, choice_key, lesson_of, question

QUESTION = "00000000-0000-4000-8000-000000000a10"


def build(people):
    course = CourseFactory(test=[question("one", "*a", "b")])
    lesson = lesson_of(course, body=[question("one", "*a", "b", key=QUESTION)])
    draft = CourseFactory(live=False)
    return {
        "course": course.url_path,
        "course_slug": course.slug,
        "draft_course_slug": draft.slug,
        "lesson": lesson.url_path,
        "draft_course": draft.url_path,
        "question": QUESTION,
        "choice": choice_key(QUESTION, 0),
    }

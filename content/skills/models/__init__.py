"""Courses as pages, and what learners have done of them."""

from .learners import Answer, Enrolment, LessonProgress, Reflection, TestTry
from .pages import CoursePage, LessonPage, SkillsIndexPage

__all__ = [
    "Answer",
    "CoursePage",
    "Enrolment",
    "LessonPage",
    "LessonProgress",
    "Reflection",
    "SkillsIndexPage",
    "TestTry",
]

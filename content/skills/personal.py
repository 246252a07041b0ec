"""What courses hold of people: all of it is the learner's, given out and erased with them."""

from portal.personal import Held, Personal

from .models import Answer, Enrolment, LessonProgress, Reflection, TestTry

OF_LEARNER = ("enrolment__user",)
PERSONAL = Personal(
    Held(LessonProgress, OF_LEARNER),
    Held(TestTry, OF_LEARNER),
    Held(Answer, OF_LEARNER),
    Held(Reflection, OF_LEARNER),
    Held(Enrolment, ("user",)),
)

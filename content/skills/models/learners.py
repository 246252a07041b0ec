"""What learners have done: one enrolment of a person in a course, in whatever language.

Pages are known by the key that their translations share, questions and choices by the ids of
their blocks: nothing here depends on a language.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Enrolment(models.Model):
    """A person in a course. `completed_at` is when all of it was done, once and for good."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments"
    )
    course = models.UUIDField(_("course"), db_index=True)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    more_time = models.BooleanField(_("no time limit in tests"), default=False)

    class Meta:
        ordering = ["-started_at", "-pk"]
        default_permissions = ()
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(fields=["user", "course"], name="one_enrolment_in_a_course")
        ]

    def __str__(self):
        return f"{self.user_id} {self.course}"


class OfEnrolment(models.Model):
    """What belongs to one enrolment and goes with it."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="%(class)s_set")

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.enrolment_id} {self.pk}"


class LessonProgress(OfEnrolment):
    """How far a lesson is: `place` is where on it the learner last did something."""

    lesson = models.UUIDField(_("lesson"))
    place = models.CharField(_("place"), max_length=100, blank=True)
    touched_at = models.DateTimeField(_("last there"), default=timezone.now)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        verbose_name = _("progress in a lesson")
        verbose_name_plural = _("progress in lessons")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="one_progress_in_a_lesson")
        ]


class TestTry(OfEnrolment):
    """A try at the final test. Without `ends_at` it has no time limit."""

    number = models.PositiveIntegerField(_("number of the try"))
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    ends_at = models.DateTimeField(_("time ends"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    right = models.PositiveSmallIntegerField(_("right answers"), default=0)
    questions = models.PositiveSmallIntegerField(_("questions"), default=0)
    passed = models.BooleanField(_("passed"), default=False)

    class Meta:
        ordering = ["number"]
        default_permissions = ()
        verbose_name = _("try at a test")
        verbose_name_plural = _("tries at tests")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "number"], name="one_try_of_a_number")
        ]


class Answer(OfEnrolment):
    """An answer. `number` is which answer to the question it is, in a test which try it is of.

    The form carries the number: what is sent twice, or again after a lost connection, is one row.
    """

    question = models.UUIDField(_("question"))
    number = models.PositiveIntegerField(_("number"))
    given = models.JSONField(_("what was answered"))
    right = models.BooleanField(_("right"))
    at = models.DateTimeField(_("answered"), default=timezone.now)

    class Meta:
        ordering = ["number", "pk"]
        default_permissions = ()
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "question", "number"], name="one_answer_of_a_number"
            )
        ]


class Reflection(OfEnrolment):
    """What a learner wrote for themselves: nobody else is ever shown it."""

    reflection = models.UUIDField(_("what it answers"))
    text = models.TextField(_("text"), max_length=5000, blank=True)
    at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        verbose_name = _("reflection")
        verbose_name_plural = _("reflections")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "reflection"], name="one_reflection_of_a_learner"
            )
        ]

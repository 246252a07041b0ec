"""What is written about a question: to and from the asker, among the lawyers, for everyone."""

from typing import Any

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .cases import Question

AUTHOR: dict[str, Any] = {"on_delete": models.SET_NULL, "null": True, "related_name": "+"}
WEB_ADDRESS = URLValidator(["http", "https"])


class Message(models.Model):
    """What the asker added, or what the lawyers asked back."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("author"), **AUTHOR)
    from_asker = models.BooleanField(_("from the asker"))
    text = models.TextField(_("text"), max_length=4000)
    at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("message about a question")
        verbose_name_plural = _("messages about questions")

    def __str__(self):
        return f"{self.question} {timezone.localtime(self.at):%Y-%m-%d}"


class Note(models.Model):
    """What the lawyers say among themselves."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("author"), **AUTHOR)
    text = models.TextField(_("text"), max_length=4000)
    at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")

    def __str__(self):
        return f"{self.question} {timezone.localtime(self.at):%Y-%m-%d}"


class Answer(models.Model):
    """One wording of the answer; a row for each time that it was put forward.

    `author` saved it last. `writers` are all who have written any of it: a question may change
    hands while its answer is being written. The open one (`submitted_at` empty) is being
    written. What was sent to the asker has `sent_at`.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("author"), **AUTHOR)
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), related_name="+"
    )
    text = models.TextField(_("answer"), max_length=20000, blank=True)
    sections = models.ManyToManyField(
        "law.Section", verbose_name=_("rests on"), blank=True, related_name="+"
    )
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    submitted_at = models.DateTimeField(_("put forward for the check"), null=True)
    returned_at = models.DateTimeField(_("returned by the second lawyer"), null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("checked by"), **AUTHOR)
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta:
        ordering = ["-saved_at", "-pk"]
        verbose_name = _("wording of an answer")
        verbose_name_plural = _("wordings of answers")
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                condition=models.Q(submitted_at=None),
                name="one_open_wording_a_question",
            )
        ]

    def __str__(self):
        return f"{self.question} {timezone.localtime(self.saved_at):%Y-%m-%d}"

    @property
    def version_token(self) -> str:
        """Another one after each saving: what a form was filled from."""
        return f"{self.pk}:{self.saved_at.isoformat()}"


class Source(models.Model):
    """What an answer was drawn from, noted by who writes it for the lawyers who read it after."""

    class Kind(models.TextChoices):
        SECTION = "section", _("Section of the law")
        ACT = "act", _("Act or decree")
        BILL = "bill", _("Government proposal (HE)")
        DECISION = "decision", _("Decision")
        LINK = "link", _("Link")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="sources")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("author"), **AUTHOR)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    name = models.CharField(_("source"), max_length=200, blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True, validators=[WEB_ADDRESS])
    words = models.CharField(_("what it says"), max_length=300, blank=True)
    at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("source of an answer")
        verbose_name_plural = _("sources of answers")

    def __str__(self):
        return f"{self.get_kind_display()}: {self.name or self.url}"


class Preparation(models.Model):
    """The question and its answer in words that tell of nobody, written by hand for everyone."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="preparation")
    title = models.CharField(_("the question in short"), max_length=200)
    asked = models.TextField(_("the question, without anything of the asker"), max_length=4000)
    answer = models.TextField(_("the answer for everyone"), max_length=20000)
    confirmed = models.JSONField(_("confirmed as not personal"), default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("prepared by"), **AUTHOR)
    at = models.DateTimeField(_("prepared"), default=timezone.now)

    class Meta:
        verbose_name = _("text for publishing")
        verbose_name_plural = _("texts for publishing")

    def __str__(self):
        return f"{self.question}: {self._meta.verbose_name}"

"""Checklists of the KEHA Centre, and the copies that organisations answer for an area or itself.

An item is about how a task is organised. No client of anybody is ever a row here.
"""

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from law.models import AmendmentEffect, Section
from partnership.organisations.models import Organisation
from portal import concurrency
from portal.languages import ThreeNames, in_words
from portal.places.models import Area


class ChecklistQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those that are published: to everybody alike."""
        return self.filter(published=True)


class Checklist(ThreeNames):
    """What has to be in order, item by item; one row for all languages."""

    slug = models.SlugField(_("address"), unique=True)
    summary_fi = models.TextField(_("summary in Finnish"))
    summary_sv = models.TextField(_("summary in Swedish"))
    summary_en = models.TextField(_("summary in English"))
    published = models.BooleanField(_("published"), default=False)
    example = models.BooleanField(_("an invented example"), default=False, editable=False)

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")

    @property
    def summary(self) -> str:
        return in_words(self, "summary")

    def get_absolute_url(self):
        return reverse("checklists:page", args=[self.slug])


class Item(models.Model):
    """One thing to be in order, who does it, and how it is shown; it may rest on a section."""

    class Who(models.TextChoices):
        MUNICIPALITY = "municipality", _("Municipality")
        EMPLOYMENT = "employment", _("Employment authority")
        TOGETHER = "together", _("Municipality and employment authority together")

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="items")
    key = models.SlugField(_("key"))
    position = models.PositiveSmallIntegerField(_("position"))
    who = models.CharField(_("who"), max_length=12, choices=Who)
    statutory = models.BooleanField(_("statutory"), default=False)
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="checklist_items"
    )
    text_fi = models.TextField(_("what, in Finnish"))
    text_sv = models.TextField(_("what, in Swedish"))
    text_en = models.TextField(_("what, in English"))
    show_fi = models.CharField(_("how to show it, in Finnish"), max_length=250)
    show_sv = models.CharField(_("how to show it, in Swedish"), max_length=250)
    show_en = models.CharField(_("how to show it, in English"), max_length=250)

    class Meta:
        ordering = ["checklist", "position"]
        verbose_name = _("item of a checklist")
        verbose_name_plural = _("items of checklists")
        constraints = [
            models.UniqueConstraint(fields=["checklist", "key"], name="one_item_a_key"),
            models.CheckConstraint(
                condition=Q(statutory=False) | Q(section__isnull=False),
                name="a_statutory_item_has_a_section",
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def text(self) -> str:
        return in_words(self, "text")

    @property
    def show(self) -> str:
        return in_words(self, "show")


class OwnChecklist(models.Model):
    """A checklist as an organisation answers it in a year, for an area it stands for or itself."""

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="copies")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="checklists"
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="checklists"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    public = models.BooleanField(_("everybody may read it"), default=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed off"), null=True)

    class Meta:
        ordering = ["-year", "pk"]
        verbose_name = _("own checklist")
        verbose_name_plural = _("own checklists")
        constraints = [
            models.UniqueConstraint(
                fields=["checklist", "organisation", "area", "year"],
                name="one_own_checklist_an_area_and_year",
            ),
            models.UniqueConstraint(
                fields=["checklist", "organisation", "year"],
                condition=Q(area=None),
                name="one_own_checklist_a_year",
            ),
        ]

    def __str__(self):
        return f"{self.checklist} {self.year}: {self.area or self.organisation}"

    def get_absolute_url(self):
        return reverse("checklists:own", args=[self.checklist.slug, self.pk])


class ItemAnswer(models.Model):
    """Where an item stands in an own checklist; one without an item is the owner's own."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        WORK = "work", _("In work")
        DONE = "done", _("Done")
        NOT = "not", _("Does not apply")

    WORDS = ("state", "words", "link", "to_confirm", "reopened_by_id")

    own = models.ForeignKey(OwnChecklist, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    text = models.CharField(_("own item"), max_length=250, blank=True)
    state = models.CharField(_("state"), max_length=4, choices=State, default=State.OPEN)
    words = models.TextField(_("reason or how it is shown"), max_length=1000, blank=True)
    link = models.URLField(
        _("link to the evidence"), blank=True, validators=[URLValidator(schemes=["https", "http"])]
    )
    to_confirm = models.BooleanField(_("from last year, to be confirmed"), default=False)
    reopened_by = models.ForeignKey(
        AmendmentEffect, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("answered"), default=timezone.now)

    class Meta:
        ordering = ["own", "item__position", "pk"]
        verbose_name = _("answer to an item")
        verbose_name_plural = _("answers to items")
        constraints = [
            models.UniqueConstraint(fields=["own", "item"], name="one_answer_an_item"),
            models.CheckConstraint(
                condition=Q(item__isnull=False) | ~Q(text=""), name="an_own_item_has_words"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        return self.item.text if self.item else self.text

    @property
    def version_token(self) -> str:
        return concurrency.fingerprint(self, self.WORDS)[:24]

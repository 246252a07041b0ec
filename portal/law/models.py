"""The law as the portal refers to it: acts, chapters, sections."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.languages import ThreeNames, in_words


class Act(ThreeNames):
    """A statute, by its number in the Statutes of Finland, such as 681/2023."""

    number = models.PositiveSmallIntegerField(_("number"))
    year = models.PositiveSmallIntegerField(_("year"))
    short_fi = models.CharField(_("short title in Finnish"), max_length=100)
    short_sv = models.CharField(_("short title in Swedish"), max_length=100)
    short_en = models.CharField(_("short title in English"), max_length=100)
    given_on = models.DateField(_("given on"))
    in_force_from = models.DateField(_("in force from"))
    consolidated_to = models.CharField(
        _("amended up to"),
        max_length=20,
        blank=True,
        help_text=_("Number of the last amending act."),
    )
    imported_at = models.DateTimeField(_("imported"), auto_now=True)

    class Meta:
        ordering = ["year", "number"]
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        constraints = [models.UniqueConstraint(fields=["number", "year"], name="one_act_a_number")]

    @property
    def reference(self) -> str:
        """681/2023"""
        return f"{self.number}/{self.year}"

    @property
    def short_name(self) -> str:
        return in_words(self, "short")

    def get_absolute_url(self):
        return reverse("law:act", kwargs={"number": self.number, "year": self.year})


class Chapter(ThreeNames):
    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="chapters")
    number = models.CharField(_("number"), max_length=5)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        ordering = ["act", "position"]
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        constraints = [
            models.UniqueConstraint(fields=["act", "number"], name="one_chapter_a_number")
        ]


class SectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The law is public."""
        return self

    def in_force(self):
        return self.filter(status=Section.Status.IN_FORCE)


class Section(ThreeNames):
    """One section (§) of an act; its name is its heading. 32 a § is number "32a"."""

    class Status(models.TextChoices):
        IN_FORCE = "in_force", _("In force")
        REPEALED = "repealed", _("Repealed")

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="sections")
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="sections")
    number = models.CharField(_("number"), max_length=8)
    position = models.PositiveSmallIntegerField(_("position"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.IN_FORCE)
    amended_by = models.JSONField(_("amended by"), default=list, blank=True)
    repealed_by = models.CharField(_("repealed by"), max_length=20, blank=True)
    summary_fi = models.TextField(_("plain summary in Finnish"), blank=True)
    summary_sv = models.TextField(_("plain summary in Swedish"), blank=True)
    summary_en = models.TextField(_("plain summary in English"), blank=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["act", "position"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [
            models.UniqueConstraint(fields=["act", "number"], name="one_section_a_number")
        ]

    def __str__(self):
        return f"{self.act.reference} {self.number} § {self.name}"

    @property
    def summary(self) -> str:
        return in_words(self, "summary")

    def get_absolute_url(self):
        return reverse(
            "law:section",
            kwargs={"number": self.act.number, "year": self.act.year, "section": self.number},
        )

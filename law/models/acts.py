"""Acts, chapters, sections: what the law consists of and how it is referred to."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from django.db import models
from django.db.models import Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal import concurrency
from portal.languages import ThreeNames, current_language, in_words, unbroken


class AwaitedAct(NamedTuple):
    """An amending act that is in force, or will be, and whose words the portal does not have."""

    reference: str
    in_force_from: date


class ActQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The law is public."""
        return self

    def real(self):
        """Without the invented examples of a try-out, which are no law."""
        return self.filter(example=False)


class Act(ThreeNames):
    """A statute, by its number in the Statutes of Finland, such as 681/2023.

    A decree is one too; most have no chapters. An `example` is invented and no law: each page of it
    says so, and it is never counted among the acts.
    """

    class Kind(models.TextChoices):
        ACT = "act", _("Act")
        DECREE = "decree", _("Decree")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.ACT)
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
    imported_at = models.DateTimeField(_("imported"), default=timezone.now)
    acts_unread = models.JSONField(
        _("amending acts whose sections are not known"), default=list, blank=True
    )
    example = models.BooleanField(_("an invented example"), default=False, editable=False)

    objects = ActQuerySet.as_manager()

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

    @property
    def title(self) -> str:
        """Integration Act (681/2023)"""
        short = self.short_name
        return f"{short[:1].upper()}{short[1:]} ({self.reference})"

    @property
    def acts_awaited(self) -> list[AwaitedAct]:
        """Amending acts that are known by their number alone and have not been imported since."""
        there = {amendment.reference for amendment in self.amendments.all()}
        return [
            AwaitedAct(one["reference"], date.fromisoformat(one["in_force_from"]))
            for one in self.acts_unread
            if one["reference"] not in there
        ]

    def get_absolute_url(self):
        return self.address_of("act")

    def address_of(self, view: str, **place: str) -> str:
        """The address of a view of the act, such as that which compares two days of it."""
        return reverse(f"law:{view}", kwargs={"number": self.number, "year": self.year, **place})


class Amendment(models.Model):
    """An act that changed another.

    `valid_until` is the last day of a temporary act, after which the wordings before it come back.
    `transitional_fi` and `transitional_sv` are the words of its provision on entry into force.
    """

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField(_("number"))
    year = models.PositiveSmallIntegerField(_("year"))
    given_on = models.DateField(_("given on"))
    in_force_from = models.DateField(_("in force from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    proposal = models.CharField(_("government proposal"), max_length=20, blank=True)
    committee_report = models.CharField(_("committee report"), max_length=40, blank=True)
    transitional_fi = models.TextField(_("transitional provisions in Finnish"), blank=True)
    transitional_sv = models.TextField(_("transitional provisions in Swedish"), blank=True)

    class Meta:
        ordering = ["act", "given_on"]
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        constraints = [
            models.UniqueConstraint(fields=["act", "number", "year"], name="one_amendment_a_number")
        ]

    def __str__(self):
        return self.reference

    @property
    def reference(self) -> str:
        """322/2024"""
        return f"{self.number}/{self.year}"


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

    @property
    def label(self) -> str:
        """chapter 2"""
        return gettext("chapter %(number)s") % {"number": self.number}

    @property
    def key(self) -> str:
        """What it is called on the page of its act: chapter-2."""
        return f"chapter-{self.number}"

    def get_absolute_url(self):
        return f"{self.act.get_absolute_url()}#{self.key}"


class SectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The law is public."""
        return self

    def real(self):
        """Without those of invented acts."""
        return self.filter(act__example=False)

    def in_force(self):
        later = Q(repealed_from__gt=timezone.localdate())
        return self.filter(Q(status=Section.Status.IN_FORCE) | later)

    def around(self, number: str):
        """The section of an act's with this number, and those before and after it, in order."""
        position = self.filter(number__iexact=number).values("position")
        return self.filter(
            position__gte=Subquery(position) - 1, position__lte=Subquery(position) + 1
        ).order_by("position")


class Section(ThreeNames):
    """One section (§) of an act; its name is its heading. 32 a § is number "32a".

    An annex is one too, "liite" or "liite1": it has wordings and is referred to as sections are.
    """

    class Kind(models.TextChoices):
        SECTION = "section", _("Section")
        ANNEX = "annex", _("Annex")

    class Status(models.TextChoices):
        IN_FORCE = "in_force", _("In force")
        REPEALED = "repealed", _("Repealed")

    SUMMARIES = ("summary_fi", "summary_sv", "summary_en")

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="sections")
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="sections",
        help_text=_("Empty in an act without chapters."),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.SECTION)
    number = models.CharField(_("number"), max_length=8)
    position = models.PositiveSmallIntegerField(_("position"))
    eid = models.CharField(_("its mark in Finlex's file"), max_length=100, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.IN_FORCE)
    added_by = models.CharField(_("added by"), max_length=20, blank=True)
    amended_by = models.JSONField(_("amended by"), default=list, blank=True)
    repealed_by = models.CharField(_("repealed by"), max_length=20, blank=True)
    repealed_from = models.DateField(_("repealed from"), null=True, blank=True)
    repealed_before = models.JSONField(
        _("earlier repeals"),
        default=list,
        blank=True,
        help_text=_("Those after which it was added again: by, from, until and added_by."),
    )
    for_employment_authority = models.BooleanField(
        _("the employment authority's task for jobseekers"),
        default=False,
        help_text=_("Section 3: for a registered jobseeker the employment authority does this."),
    )
    acts_unseen = models.JSONField(
        _("amending acts whose words are missing"),
        default=list,
        blank=True,
        help_text=_("Acts that changed the section and whose words nobody here has seen."),
    )
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
        number = self.label if self.is_annex else f"{self.number} §"
        return f"{self.act.reference} {number} {self.name}"

    @property
    def label(self) -> str:
        """What a reference says in the active language: 32 a §, or section 32 a in English.

        An annex is "annex 1", or "annex" where the act has one alone.
        """
        if self.is_annex:
            words = gettext("annex %(number)s") % {"number": self.number.removeprefix("liite")}
            return words.strip().replace(" ", "\xa0")
        return unbroken(gettext("section %(number)s") % {"number": self.shown_number})

    @property
    def is_annex(self) -> bool:
        return self.kind == self.Kind.ANNEX

    @property
    def shown_number(self) -> str:
        """32 a"""
        return re.sub(r"(\d)([a-z])", r"\1 \2", self.number)

    @property
    def version_token(self) -> str:
        """Which summaries a reader has before them."""
        return concurrency.fingerprint(self, self.SUMMARIES)

    @property
    def summary(self) -> str:
        return in_words(self, "summary")

    @property
    def place(self) -> str:
        """Chapter 2: Services, or nothing in an act without chapters."""
        if self.chapter is None:
            return ""
        return gettext("Chapter %(number)s: %(name)s") % {
            "number": self.chapter.number,
            "name": self.chapter.name,
        }

    @property
    def is_repealed(self) -> bool:
        """Whether it has been; one that a later day repeals is in force until then."""
        if self.status != self.Status.REPEALED:
            return False
        return self.repealed_from is None or self.repealed_from <= timezone.localdate()

    @property
    def standing(self) -> str:
        """In force or repealed, as it is today."""
        return str((self.Status.REPEALED if self.is_repealed else self.Status.IN_FORCE).label)

    @property
    def names(self) -> str:
        """Its headings in every language."""
        return " ".join((self.name_fi, self.name_sv, self.name_en))

    def awaited(
        self, amendments: Mapping[str, "Amendment"], worded: Collection[str] | None, day: date
    ) -> AwaitedAct | None:
        """The newest act that has changed the section by a day and whose words are not here.

        `amendments` are those of its act by reference, and `worded` the references of those that
        the portal has a wording of, None when it has no wording of the section at all.
        """
        named = self.acts_unseen if worded is None else (self.added_by, *self.amended_by)
        missing = [
            amendments[one]
            for one in named
            if one in amendments
            and one not in (worded or ())
            and amendments[one].in_force_from <= day
        ]
        if not missing:
            return None
        last = max(missing, key=lambda one: (one.in_force_from, one.year, one.number))
        return AwaitedAct(last.reference, last.in_force_from)

    def is_numbered(self, number: str) -> bool:
        """Whether a number is the section's own: 32 is that of 32 § and of 32 a §."""
        return number in (self.number, self.number.rstrip("abcdefghijklmnopqrstuvwxyz"))

    def get_absolute_url(self):
        return self.address_of("section")

    def address_of(self, view: str) -> str:
        """The address of a view of the section, such as its trail."""
        return self.act.address_of(view, section=self.number)


class Decree(models.Model):
    """A government decree given under sections of an act; its full name is in Finnish alone."""

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="decrees")
    number = models.PositiveSmallIntegerField(_("number"))
    year = models.PositiveSmallIntegerField(_("year"))
    name_fi = models.CharField(_("name in Finnish"), max_length=255)
    first = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="+")
    last = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["act", "year", "number"]
        verbose_name = _("decree")
        verbose_name_plural = _("decrees")
        constraints = [
            models.UniqueConstraint(fields=["act", "number", "year"], name="one_decree_a_number")
        ]

    def __str__(self):
        return f"{self.name_fi} ({self.reference})"

    @property
    def reference(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def title(self) -> str:
        """The full name in Finnish; in Swedish and English the kind of statute and its number."""
        if current_language() == "fi":
            return str(self)
        return gettext("Government Decree %(reference)s") % {"reference": self.reference}

    def is_under(self, section: Section) -> bool:
        return self.first.position <= section.position <= self.last.position

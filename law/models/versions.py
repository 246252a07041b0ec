"""The wordings of a section, one after another."""

import re

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal import concurrency
from portal.languages import current_language

from .acts import Amendment, Section

STATUTE = re.compile(r"(?:Statutes of Finland )?(\d+/\d{4})")


class SectionVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The law is public."""
        return self

    def on(self, day):
        """The wordings in force on a day: one a section at most, none where it was not there."""
        return self.filter(valid_from__lte=day).exclude(valid_to__lt=day)

    def worded(self) -> dict[int, set[str]]:
        """Section → the acts that gave it these wordings, by reference; the first counts as none.

        A section without any wording is not in it. One query.
        """
        found: dict[int, set[str]] = {}
        rows = self.values_list("section", "amendment__number", "amendment__year")
        for section, number, year in rows.order_by():
            acts = found.setdefault(section, set())
            if number is not None:
                acts.add(f"{number}/{year}")
        return found

    def needs_legal_review(self):
        """Put together by script, and not yet found right by a lawyer."""
        return self.filter(needs_legal_review=True)

    def coming(self, day):
        """Those that come into force after a day; not those replaced before they took effect."""
        return self.filter(valid_from__gt=day).exclude(valid_to__lt=F("valid_from"))


class SectionVersion(models.Model):
    """One wording of a section, in the two languages that are law.

    `valid_from` and `valid_to` are its first and last day in force; a wording that was replaced
    before it took effect ends before it begins. An amending act whose parts come into force on
    different days makes a wording for each. A text is a list of subsections in their order,
    each `{"text": "…", "items": ["1) …", …]}`, with `"closing": "…"` for words after the items and
    `"table": [["…", …], …]` for rows of cells, the first the headings. `source` is the number of
    an act in the Statutes of Finland, or other words.

    `parts` says by language what the act changed in the wording before it (TextualModification),
    nothing where it kept that as it was; a language that it gave whole is not in it. The wording
    that comes back after a temporary act is one of that act too, and keeps the one before it.
    """

    WORDS = ("heading_fi", "text_fi", "heading_sv", "text_sv")

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="versions")
    amendment = models.ForeignKey(
        Amendment,
        verbose_name=_("amending act"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="versions",
        help_text=_("Empty for the wording with which the Act was given."),
    )
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    heading_fi = models.CharField(_("heading in Finnish"), max_length=255, blank=True)
    heading_sv = models.CharField(_("heading in Swedish"), max_length=255, blank=True)
    text_fi = models.JSONField(_("text in Finnish"), default=list, blank=True)
    text_sv = models.JSONField(_("text in Swedish"), default=list, blank=True)
    source = models.CharField(_("source"), max_length=255)
    fetched_on = models.DateField(_("fetched on"))
    parts = models.JSONField(
        _("changed parts"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_("What the act changed in the wording before it; empty where it gave it whole."),
    )
    needs_legal_review = models.BooleanField(
        _("to be checked by a lawyer"),
        default=False,
        help_text=_("Put together from an act that changed only a part of the section."),
    )
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = SectionVersionQuerySet.as_manager()

    class Meta:
        ordering = ["section", "valid_from", "pk"]
        verbose_name = _("wording of a section")
        verbose_name_plural = _("wordings of sections")
        permissions = [("check_sectionversion", _("Can check wordings of sections"))]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "amendment", "valid_from"],
                condition=Q(amendment__isnull=False),
                name="one_wording_an_amendment_and_day",
            ),
            models.UniqueConstraint(
                fields=["section"],
                condition=Q(amendment__isnull=True),
                name="one_first_wording_a_section",
            ),
        ]

    def __str__(self):
        return f"{self.section} ({self.valid_from})"

    @property
    def version_token(self) -> str:
        """Which headings and texts a reader has before them."""
        return concurrency.fingerprint(self, self.WORDS)

    @property
    def never_in_force(self) -> bool:
        return self.valid_to is not None and self.valid_to < self.valid_from

    @property
    def source_name(self) -> str:
        """Where the words come from, in the active language; other words than a number as given."""
        statute = STATUTE.fullmatch(self.source)
        if statute is None:
            return self.source
        return gettext("Statutes of Finland %(reference)s") % {"reference": statute[1]}

    def holds_on(self, day) -> bool:
        """Whether it is the wording in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def language_for(self, language: str) -> str:
        """The language of the law that readers of `language` get: theirs, or the one there is."""
        asked, other = ("sv", "fi") if language == "sv" else ("fi", "sv")
        there = getattr(self, f"text_{asked}") or not getattr(self, f"text_{other}")
        return asked if there else other

    @property
    def language(self) -> str:
        """The language of `text`; English readers get the Finnish, which is law."""
        return self.language_for(current_language())

    @property
    def heading(self) -> str:
        return getattr(self, f"heading_{self.language}")

    @property
    def text(self) -> list[dict]:
        return getattr(self, f"text_{self.language}")

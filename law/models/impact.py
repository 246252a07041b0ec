"""A change of a section's wording, and the review that each thing resting on it then needs."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from portal.workflow import Stateful

from .acts import Amendment, Section
from .versions import SectionVersion

AMENDED = _("%(section)s was amended on %(day)s")
ADDED = _("%(section)s was added on %(day)s")
REPEALED = _("%(section)s was repealed on %(day)s")
AHEAD = _("%(section)s will change on %(day)s")
AHEAD_ADDED = _("%(section)s will be added on %(day)s")
AHEAD_REPEALED = _("%(section)s will be repealed on %(day)s")


class AmendmentEffect(models.Model):
    """An amending act changed, added or repealed a section on a day; its reviews are one work list.

    An act whose parts come into force on several days has an effect for each. `day` is from when
    the change holds: that of the wording, or of the amending act, where none is given.
    `day_told_at` is when those who follow the section were told that it has come; of a change that
    becomes known on its day or later, when that was told.
    """

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="effects")
    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="effects")
    before = models.ForeignKey(
        SectionVersion, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    after = models.ForeignKey(
        SectionVersion,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty when the section was repealed."),
    )
    day = models.DateField(_("holds from"), db_index=True)
    day_told_at = models.DateTimeField(_("told on the day"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)

    class Meta:
        ordering = ["-opened_at", "section__position"]
        verbose_name = _("change of a section")
        verbose_name_plural = _("changes of sections")
        constraints = [
            models.UniqueConstraint(
                fields=["section", "amendment", "day"], name="one_change_a_section_act_and_day"
            )
        ]

    def __str__(self):
        return f"{self.section}: {self.amendment}"

    def save(self, *args, **kwargs):
        if self.day is None:
            self.day = self.after.valid_from if self.after else self.amendment.in_force_from
        if self.is_ahead:
            self.day_told_at = None
        elif self._state.adding:
            self.day_told_at = timezone.now()
        super().save(*args, **kwargs)

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to come."""
        return self.day > timezone.localdate()

    @property
    def adds(self) -> bool:
        return self.section.added_by == self.amendment.reference

    @property
    def repeals(self) -> bool:
        section = self.section
        by = {section.repealed_by, *(one["by"] for one in section.repealed_before)}
        return self.after_id is None and self.amendment.reference in by

    @property
    def told(self) -> str:
        """Section 14 was amended on 15 March 2027: the words that a sentence starts with."""
        if self.is_ahead:
            words = AHEAD_REPEALED if self.repeals else AHEAD_ADDED if self.adds else AHEAD
        elif self.repeals:
            words = REPEALED
        else:
            words = ADDED if self.adds else AMENDED
        section = self.section.label
        return str(words) % {
            "section": f"{section[:1].upper()}{section[1:]}",
            "day": date_format(self.day),
        }

    def get_absolute_url(self):
        """What changed, on the page of the section."""
        return f"{self.section.get_absolute_url()}#changes"


class ImpactReview(Stateful):
    """One thing that rests on a changed section: is it still right?

    `kind` is the key of a kind of law.references; `subject` is the thing as that kind knows it
    (a page in one language), and `thing` is shared by the same thing in all its languages.
    `seen` is the wording of the section that it was settled against, and `seen_token` which words
    that had then (SectionVersion.version_token).
    """

    class State(models.TextChoices):
        OPEN = "open", _("To be checked")
        CONFIRMED = "confirmed", _("Still right")
        CHANGED = "changed", _("Changed")
        GONE = "gone", _("No longer rests on the section")

    MOVES = {
        State.OPEN: {State.CONFIRMED, State.CHANGED, State.GONE},
        State.CONFIRMED: {State.OPEN},
        State.CHANGED: {State.OPEN},
        State.GONE: {State.OPEN},
    }

    effect = models.ForeignKey(AmendmentEffect, on_delete=models.CASCADE, related_name="reviews")
    kind = models.CharField(_("kind"), max_length=40)
    subject = models.CharField(_("subject"), max_length=64)
    thing = models.CharField(_("thing"), max_length=64)
    owner = models.CharField(_("owner"), max_length=12)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    seen = models.ForeignKey(
        SectionVersion,
        verbose_name=_("wording seen"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    seen_token = models.CharField(_("words seen"), max_length=64, blank=True)
    note = models.TextField(_("note"), max_length=500, blank=True)

    class Meta:
        ordering = ["effect", "kind", "thing", "subject"]
        verbose_name = _("check after a change of the law")
        verbose_name_plural = _("checks after changes of the law")
        constraints = [
            models.UniqueConstraint(
                fields=["effect", "kind", "subject"], name="one_check_a_change_and_subject"
            )
        ]
        indexes = [
            models.Index(fields=["kind", "subject", "state"], name="checks_of_a_subject"),
            models.Index(fields=["state", "owner"], name="checks_of_an_owner"),
        ]

    def __str__(self):
        return f"{self.effect}: {self.kind} {self.subject}"

    @property
    def is_settled(self) -> bool:
        """Whether it was settled, and against the words that the wording still has."""
        return self.state in (self.State.CONFIRMED, self.State.CHANGED) and not self.seen_others

    @property
    def seen_others(self) -> bool:
        """Whether the wording that it was settled against has been corrected since."""
        after = self.effect.after
        return bool(self.seen_token and after and after.version_token != self.seen_token)

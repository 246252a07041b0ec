"""Bills on their way: what may change the law, how far it has come, and who has said so last."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal import concurrency
from portal.languages import ThreeNames, current_language, in_words
from portal.workflow import Stateful

from .acts import Act, Amendment, Section
from .incoming import IncomingAmendment

UNCHECKED_AFTER = timedelta(days=30)
NUMBER = re.compile(r"(?:(?:HE|RP)\s*)?([1-9]\d{0,3})/((?:19|20)\d\d)(?:\s*(?:vp|rd))?", re.I)


def as_number(words: str) -> str:
    """HE 13/2026 for RP 13/2026 rd, HE 13/2026 vp and 13/2026; nothing for what is no number."""
    found = NUMBER.fullmatch(" ".join(words.split()))
    return f"HE {found[1]}/{found[2]}" if found else ""


class Step(NamedTuple):
    """A stage on the way of a bill: `when` is earlier, now or later; `on` its day, if known."""

    label: str | Promise
    when: str
    on: date | None


class PendingBillQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What is coming is public."""
        return self

    def live(self):
        """Those on their way: neither given nor at another end."""
        return self.exclude(stage__in=PendingBill.ENDS)

    def unchecked(self, today: date):
        """Those on their way whose stage nobody has confirmed for thirty days."""
        return self.live().filter(confirmed_on__lt=today - UNCHECKED_AFTER)

    def pending_in(self, act: Act):
        """What readers of an act are told of, the first to come first.

        A bill gives way to the amendment of the act that it has become, and to one that has been
        published and waits for a lawyer. One that has been given, and is not here yet, stays.
        """
        became = PendingBill.amendments.through.objects.filter(
            pendingbill=OuterRef("pk"), amendment__act=act
        )
        published = IncomingAmendment.objects.filter(act=act, proposal=OuterRef("number"))
        return (
            self.filter(acts=act)
            .exclude(stage__in=PendingBill.NEVER_GIVEN)
            .exclude(Exists(became))
            .exclude(Exists(published.exclude(proposal="")))
            .order_by("planned_on", "pk")
        )

    def pending_on(self, section: Section):
        """Those of its act that name the section, or that do not say which sections they change."""
        named = PendingBill.sections.through.objects.filter(pendingbill=OuterRef("pk"))
        this = Exists(named.filter(section=section))
        any_of_act = Exists(named.filter(section__act=section.act_id))
        return self.pending_in(section.act).annotate(names_it=this).filter(this | ~any_of_act)


class PendingBill(ThreeNames, Stateful):
    """A bill, or a project that is to become one, that would change an act.

    `number` is that of the government proposal, "HE 13/2026", empty while it has none. A bill that
    names no section of one of its `acts` is pending on all of that act. `stages` are those it has
    been in, each with the day from which, oldest first. `confirmed_on` is the day on which somebody
    last found its stage in `source`. `amendments` are the acts that it has become.
    """

    class Stage(models.TextChoices):
        PREPARATION = "preparation", _("In preparation")
        CONSULTATION = "consultation", _("Out for consultation")
        DRAFTING = "drafting", _("Being completed after consultation")
        PARLIAMENT = "parliament", _("Submitted to Parliament")
        COMMITTEE = "committee", _("In committee")
        PLENARY = "plenary", _("In plenary session")
        PASSED = "passed", _("Passed, to be confirmed")
        GIVEN = "given", _("Given as an act")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REJECTED = "rejected", _("Rejected")
        LAPSED = "lapsed", _("Lapsed")

    class Precision(models.TextChoices):
        DAY = "day", _("The day")
        MONTH = "month", _("The month")
        HALF = "half", _("The half of the year")
        YEAR = "year", _("The year")

    STATE_FIELD = "stage"
    WAY = (
        Stage.PREPARATION,
        Stage.CONSULTATION,
        Stage.DRAFTING,
        Stage.PARLIAMENT,
        Stage.COMMITTEE,
        Stage.PLENARY,
        Stage.PASSED,
        Stage.GIVEN,
    )
    NEVER_GIVEN = (Stage.WITHDRAWN, Stage.REJECTED, Stage.LAPSED)
    ENDS = (Stage.GIVEN, *NEVER_GIVEN)
    # Stages may be skipped, since nobody looks every day. Back go: a draft to a new round of
    # consultation, a bill from the plenary session to a committee, an act that is not confirmed.
    # What has been given was no dead end, whatever was written here before.
    MOVES = {
        Stage.PREPARATION: {*WAY[1:], Stage.WITHDRAWN},
        Stage.CONSULTATION: {*WAY[2:], Stage.WITHDRAWN},
        Stage.DRAFTING: {Stage.CONSULTATION, *WAY[3:], Stage.WITHDRAWN},
        Stage.PARLIAMENT: {*WAY[4:], *NEVER_GIVEN},
        Stage.COMMITTEE: {*WAY[5:], *NEVER_GIVEN},
        Stage.PLENARY: {Stage.COMMITTEE, *WAY[6:], *NEVER_GIVEN},
        Stage.PASSED: {Stage.PLENARY, Stage.GIVEN, Stage.LAPSED},
        Stage.GIVEN: set(),
        Stage.WITHDRAWN: {Stage.GIVEN},
        Stage.REJECTED: {Stage.GIVEN},
        Stage.LAPSED: {Stage.GIVEN},
    }

    key = models.SlugField(_("key"), max_length=50, blank=True, editable=False)
    number = models.CharField(
        _("government proposal"),
        max_length=20,
        blank=True,
        help_text=_("HE 13/2026. Empty while it has no number."),
    )
    summary_fi = models.TextField(_("what it proposes, in Finnish"), blank=True)
    summary_sv = models.TextField(_("what it proposes, in Swedish"), blank=True)
    summary_en = models.TextField(_("what it proposes, in English"), blank=True)
    acts = models.ManyToManyField(Act, verbose_name=_("acts that it changes"), related_name="bills")
    sections = models.ManyToManyField(
        Section,
        verbose_name=_("sections that it changes"),
        related_name="bills",
        blank=True,
        help_text=_("None of an act: which ones is not known, or the whole act."),
    )
    new_sections = models.CharField(
        _("new sections"), max_length=200, blank=True, help_text=_("Their numbers: 14 a, 92 c.")
    )
    stage = models.CharField(
        _("stage"), max_length=12, choices=Stage, default=Stage.PREPARATION, db_index=True
    )
    stages = models.JSONField(_("stages until now"), default=list, blank=True, editable=False)
    planned_on = models.DateField(
        _("planned in force from"),
        null=True,
        blank=True,
        help_text=_("The day, or the first day of the month, half or year that is planned."),
    )
    planned_as = models.CharField(
        _("what of it is known"), max_length=5, choices=Precision, default=Precision.DAY
    )
    url = models.URLField(
        _("page of the bill"),
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("At Parliament, or of the project at its ministry."),
    )
    source = models.CharField(
        _("where the stage was found"),
        max_length=255,
        blank=True,
        help_text=_("The page or the document in which its stage was last found."),
    )
    confirmed_on = models.DateField(_("stage confirmed on"), default=timezone.localdate)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    reminded_on = models.DateField(_("lawyers reminded on"), null=True, blank=True, editable=False)
    amendments = models.ManyToManyField(
        Amendment, verbose_name=_("acts that it became"), related_name="bills", blank=True
    )

    objects = PendingBillQuerySet.as_manager()

    class Meta:
        ordering = ["planned_on", "pk"]
        verbose_name = _("pending bill")
        verbose_name_plural = _("pending bills")
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="one_bill_a_number"
            )
        ]

    def clean(self):
        super().clean()
        if self.number:
            number = as_number(self.number)
            if not number:
                raise ValidationError({"number": _("Write it as HE 13/2026.")})
            self.number = number

    @property
    def reference(self) -> str:
        """HE 13/2026, RP 13/2026 in Swedish, and said to be a government proposal in English."""
        if not self.number:
            return ""
        number = self.number.replace("HE", "RP") if current_language() == "sv" else self.number
        if current_language() == "en":
            return gettext("government proposal %(number)s") % {"number": number}
        return number

    @property
    def title(self) -> str:
        """HE 13/2026: the name, or the name alone of one without a number."""
        reference = self.reference
        return f"{reference[:1].upper()}{reference[1:]}: {self.name}" if reference else self.name

    @property
    def summary(self) -> str:
        return in_words(self, "summary")

    @property
    def is_example(self) -> bool:
        """Whether it is invented: it would change an invented act."""
        return any(act.example for act in self.acts.all())

    @property
    def is_live(self) -> bool:
        return self.stage not in self.ENDS

    @property
    def is_unchecked(self) -> bool:
        """Whether it is on its way and nobody has confirmed its stage for thirty days."""
        return self.is_live and self.confirmed_on < timezone.localdate() - UNCHECKED_AFTER

    @property
    def planned(self) -> str:
        """1 January 2027, January 2027, the first half of 2027 or 2027; nothing when not known."""
        if self.planned_on is None:
            return ""
        if self.planned_as == self.Precision.DAY:
            return date_format(self.planned_on)
        if self.planned_as == self.Precision.MONTH:
            return date_format(self.planned_on, "YEAR_MONTH_FORMAT")
        if self.planned_as == self.Precision.YEAR:
            return str(self.planned_on.year)
        words = (
            gettext("first half of %(year)s")
            if self.planned_on.month < 7
            else gettext("second half of %(year)s")
        )
        return words % {"year": self.planned_on.year}

    @property
    def told(self) -> str:
        """Submitted to Parliament, planned in force 1 January 2027: the words after its name."""
        stage = self.get_stage_display()
        if not self.planned or not self.is_live:
            return stage
        return gettext("%(stage)s, planned in force %(day)s") % {
            "stage": stage,
            "day": self.planned,
        }

    @property
    def way(self) -> list[Step]:
        """Its stages in the order of the process; one that ended otherwise shows where it went."""
        days = {one["stage"]: date.fromisoformat(one["on"]) for one in self.stages}
        if self.stage in self.NEVER_GIVEN:
            gone = [one for one in self.WAY if one in days]
            steps = [Step(one.label, "earlier", days[one]) for one in gone]
            return [*steps, Step(self.get_stage_display(), "now", days.get(self.stage))]
        here = self.WAY.index(self.Stage(self.stage))
        return [
            Step(
                one.label,
                "earlier" if place < here else "now" if place == here else "later",
                days.get(one) if place <= here else None,
            )
            for place, one in enumerate(self.WAY)
        ]

    @property
    def version_token(self) -> str:
        """What whoever moves it on has read: its stage and who confirmed it when."""
        return concurrency.fingerprint(self, ["stage", "number", "stages"])

    def get_absolute_url(self):
        return reverse("law:bill", kwargs={"pk": self.pk})

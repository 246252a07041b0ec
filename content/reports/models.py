"""Annual reports: a page of each year, their index, and which frozen figures are whose."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField

from content.pages.models import BasePage, SubjectPage
from content.pages.models.panels import NOTE, SUBJECT, tabs
from monitoring.areas.frozen import FrozenHeadlines, freeze_headlines
from monitoring.datasets.models import FrozenFigure
from portal.languages import alphabetical
from portal.places.models import Area

from . import differences, figures, freezing, languages
from .blocks import Part, ReportBodyBlock


def last_year() -> int:
    """The year that a new report is about, unless its writer says otherwise."""
    return timezone.localdate().year - 1


class ReportIndexPage(BasePage):
    """Every annual report of a language, the newest first."""

    edit_handler = tabs([])
    page_description = _("The list of annual reports.")
    parent_page_types = ["content.HomePage"]
    subpage_types = ["reports.AnnualReportPage"]
    max_count = 3

    class Meta:
        verbose_name = _("index of annual reports")
        verbose_name_plural = _("indexes of annual reports")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "pages": AnnualReportPage.objects.child_of(self)
            .visible_to(request.user)
            .defer_streamfields()
            .order_by("-year", "path")
        }


FROZEN = ("figure__dataset", "figure__release")
ANNEX = "annex:"  # before the place of a figure that all area annexes have


@dataclass(frozen=True)
class Chapter:
    """A chapter of a report with its blocks; the first has no part: it is the introduction."""

    part: Part | None
    blocks: Sequence[Any]


class AnnualReportPage(SubjectPage):
    """The report of one year. Its figures freeze when it is published, in whichever language first.

    Whatever publishes the page saves it live, and that freezes its figures in the same transaction
    (reports.freezing): a figure that was frozen once for the report stays as it is.
    """

    year = models.PositiveSmallIntegerField(
        _("year"),
        default=last_year,
        validators=[MinValueValidator(2020), MaxValueValidator(2100)],
        help_text=_("The year that the report tells of."),
    )
    example = models.BooleanField(_("written on example figures"), default=False, editable=False)
    body = StreamField(ReportBodyBlock(), verbose_name=_("body"), blank=True)

    referrer_key = "guidance"
    override_translatable_fields = [
        *SubjectPage.override_translatable_fields,
        SynchronizedField("year"),
    ]
    exclude_fields_in_copy = [*BasePage.exclude_fields_in_copy, "example"]
    edit_handler = tabs([FieldPanel("year"), FieldPanel("body")], about=SUBJECT, note=NOTE)
    page_description = _("The report of a year: chapters with text and figures that freeze.")
    parent_page_types = ["reports.ReportIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")

    def clean(self):
        super().clean()
        others = AnnualReportPage.objects.filter(year=self.year, locale_id=self.locale_id)
        if self.year and self.locale_id and others.exclude(pk=self.pk).exists():
            raise ValidationError({"year": _("There is a report of this year already.")})

    def save(self, *args, **kwargs):
        """Saved live, it is published: what it shows is frozen, or nothing is saved."""
        names = kwargs.get("update_fields")
        with transaction.atomic():
            result = super().save(*args, **kwargs)
            if self.live and (names is None or "body" in names):
                self.freeze()
        return result

    def freeze(self) -> None:
        """Keep each bound figure, and those of the annexes, that the report has not kept yet."""
        rows = ReportFigure.objects.filter(report=self.translation_key)
        known = set(rows.values_list("key", flat=True))
        for key, figure in freezing.freeze(self.bound, known):
            ReportFigure.objects.create(report=self.translation_key, key=key, figure=figure)
        if not any(key.startswith(ANNEX) for key in known):
            for place, figure in enumerate(freeze_headlines()):
                key = f"{ANNEX}{place}"
                ReportFigure.objects.create(report=self.translation_key, key=key, figure=figure)

    def get_context(self, request, *args, **kwargs):
        """`languages` are the states of its languages, `before` the report of an earlier year."""
        before = self.before(request.user)
        return super().get_context(request, *args, **kwargs) | {
            "languages": languages.states(self, request.user),
            "before": before,
            "differences": partial(differences.differences, self, before) if before else None,
        }

    def before(self, user) -> "AnnualReportPage | None":
        """The newest earlier report of the language that `user` may see."""
        return (
            AnnualReportPage.objects.visible_to(user)
            .filter(locale_id=self.locale_id, year__lt=self.year)
            .order_by("-year")
            .first()
        )

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The body in chapters: what stands before the first one comes first, without a part."""
        found: list[tuple[Part | None, list[Any]]] = [(None, [])]
        for child in self.body:
            if child.block_type == "chapter":
                found.append((Part(child.value["part"]), []))
            else:
                found[-1][1].append(child)
        return [Chapter(part, several) for part, several in found if part or several]

    @cached_property
    def parts(self) -> list[Part]:
        """The contents of the report."""
        return [chapter.part for chapter in self.chapters if chapter.part]

    @cached_property
    def bound(self) -> list[Any]:
        """The values of the blocks that show a figure, in order."""
        return [child.value for child in self.body if child.block_type == "figure"]

    @cached_property
    def kept(self) -> dict[str, FrozenFigure]:
        """Its frozen figures by the key of what they are bound to: one query."""
        rows = ReportFigure.objects.filter(report=self.translation_key)
        return {row.key: row.figure for row in rows.select_related(*FROZEN)}

    @cached_property
    def headlines(self) -> FrozenHeadlines:
        """The frozen figures of its area annexes: some seven queries for each of the six."""
        keys = sorted(key for key in self.kept if key.startswith(ANNEX))
        return FrozenHeadlines([self.kept[key] for key in keys])

    @cached_property
    def annexes(self) -> list[Area]:
        """The areas that have an annex, by the name in the language of the page: one query."""
        kept = [one for key, one in self.kept.items() if key.startswith(ANNEX)]
        wanted = {area for one in kept for area in one.areas}
        rows = Area.objects.filter(pk__in=wanted).exclude(kind=Area.Kind.COUNTRY)
        return alphabetical(rows.only("kind", "code", "key", "name_fi", "name_sv", "name_en"))

    def shown(self, value: Any, *, draft: bool = False):
        """A figure of its body as readers get it, or in a draft as it would be (figures.Shown)."""
        return figures.shown(self, value, draft=draft)


class ReportFigure(models.Model):
    """A frozen figure of a report: `report` is the key of the page in all its languages.

    `key` says what it is bound to (figures.key_of): the same dataset, selection and kind of picture
    are the same figure, in whatever language and wherever it stands.
    """

    report = models.UUIDField(_("report"), db_index=True)
    key = models.CharField(_("key"), max_length=100)
    figure = models.ForeignKey(FrozenFigure, on_delete=models.PROTECT, related_name="reports")

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        verbose_name = _("figure of a report")
        verbose_name_plural = _("figures of reports")
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="one_frozen_figure_a_report")
        ]

    def __str__(self):
        return f"{self.report} {self.key}"

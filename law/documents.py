"""Sections as the search finds them."""

import datetime
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Min, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.languages import LANGUAGES, in_language, in_words
from portal.search_api import Entry

from . import kinds
from .consolidation import as_lines
from .models import Act, PendingBill, Section, SectionVersion

ONE_DAY = datetime.timedelta(days=1)
OF_EXAMPLE = 0.3  # what is invented comes after the law


def acts(rows: QuerySet[Act]) -> Iterator[Entry]:
    """Acts and decrees, by name and number, and by the numbers of the acts that amended them."""
    for act in rows.prefetch_related("amendments"):
        others = [getattr(act, f"{name}_{one}") for name in ("short", "name") for one in LANGUAGES]
        amended_by = [amendment.reference for amendment in act.amendments.all()]
        for language in LANGUAGES:
            with in_language(language):
                yield Entry(
                    kind="act",
                    key=str(act.pk),
                    language=language,
                    title=act.title,
                    path=act.get_absolute_url(),
                    summary=act.name,
                    words=" ".join((act.get_kind_display(), *others, *amended_by)),
                    holds_from=act.in_force_from,
                    boost=OF_EXAMPLE if act.example else 1.5,
                )


def example_acts(keys: Collection[str]) -> set[str]:
    """Which of the acts are invented."""
    invented = Act.objects.filter(pk__in=keys, example=True)
    return {str(pk) for pk in invented.values_list("pk", flat=True)}


def sections(rows: QuerySet) -> Iterator[Entry]:
    """Sections of the law with their text in force; those repealed come after the others."""
    today = timezone.localdate()
    in_force = Prefetch("versions", SectionVersion.objects.on(today), to_attr="in_force")
    first = Min("versions__valid_from")
    worded = SectionVersion.objects.filter(section__in=rows.values("pk")).worded()
    for section in (
        rows.select_related("act", "chapter")
        .prefetch_related(in_force, "act__amendments")
        .annotate(begins=first)
    ):
        amendments = {one.reference: one for one in section.act.amendments.all()}
        awaits = section.awaited(amendments, worded.get(section.pk), today)
        last = section.repealed_from - ONE_DAY if section.repealed_from else None
        for language in LANGUAGES:
            with in_language(language):
                label = section.label
                number = section.number if section.is_annex else f"{section.number} §"
                yield Entry(
                    kind="section",
                    key=str(section.pk),
                    language=language,
                    title=_("%(section)s: %(heading)s")
                    % {"section": label[:1].upper() + label[1:], "heading": section.name},
                    path=section.get_absolute_url(),
                    summary=in_words(section, "summary"),
                    body=_text_of(section, language),
                    words=f"{label} {number} {section.act.short_name} {section.act.name}"
                    f" {section.act.reference}",
                    trail=[
                        f"{section.act.short_name} {section.act.reference}",
                        *([section.place] if section.place else []),
                        *(
                            [kinds.said(section.act, "awaited, in short", act=awaits.reference)]
                            if awaits and not section.is_repealed
                            else []
                        ),
                    ],
                    holds_from=section.begins or section.act.in_force_from,
                    holds_to=last,
                    boost=OF_EXAMPLE if section.act.example else 1.1,
                )


def _text_of(section: Any, language: str) -> str:
    """What a section says today, where it is law in that language and has been imported."""
    if language == "en" or not section.in_force:
        return ""
    return as_lines(getattr(section.in_force[0], f"text_{language}"))


def example_sections(keys: Collection[str]) -> set[str]:
    """Which of the sections are of invented acts."""
    invented = Section.objects.filter(pk__in=keys, act__example=True)
    return {str(pk) for pk in invented.values_list("pk", flat=True)}


def example_bills(keys: Collection[str]) -> set[str]:
    """Which of the bills would change an invented act."""
    invented = PendingBill.objects.filter(pk__in=keys, acts__example=True)
    return {str(pk) for pk in invented.values_list("pk", flat=True)}


def bills(rows: QuerySet[PendingBill]) -> Iterator[Entry]:
    """Pending bills, by their names and numbers; one that has ended comes after the others."""
    for bill in rows.prefetch_related("acts", "sections"):
        for language in LANGUAGES:
            with in_language(language):
                yield Entry(
                    kind="bill",
                    key=str(bill.pk),
                    language=language,
                    title=bill.title,
                    path=bill.get_absolute_url(),
                    summary=bill.told,
                    body=bill.summary,
                    words=" ".join(
                        [bill.number, bill.reference, *(one.label for one in bill.sections.all())]
                    ),
                    trail=[f"{one.short_name} {one.reference}" for one in bill.acts.all()],
                    boost=OF_EXAMPLE if bill.is_example else 1 if bill.is_live else 0.7,
                )

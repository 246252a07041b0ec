"""The law in the API: acts, their sections, and what rests on a section."""

import re
from datetime import date
from typing import Literal

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema

from portal.api.parameters import Day, Paged, Parameters
from portal.api.responses import READER, Many, Names, One, absolute, dated, many, names, one
from portal.languages import current_language

from . import bills_api, coming, finlex, timeline, wordings
from .models import Act, Section, SectionVersion
from .references import Backlink, backlinks_to, backlinks_to_whole, referrers

SOURCE = _("Finlex; English names and all summaries are the portal's own")
ACT = re.compile(r"([1-9]\d{0,3})-((?:19|20)\d\d)", re.ASCII)
ON = _("Of what holds on this day, 2025-06-01 for 1 June 2025.")

router = Router()
router.add_router("/bills", bills_api.router)


class AmendmentShape(Schema):
    reference: str = Field(description=_("Number in the Statutes of Finland, such as 681/2023."))
    given_on: date
    in_force_from: date
    valid_until: date | None = Field(description=_("Last day of a temporary act."))
    proposal: str = Field(description=_("Government proposal, such as HE 208/2022."))
    committee_report: str = Field(description=_("Committee report, such as HaVM 15/2025."))
    transitional_fi: str = Field(description=_("Its provision on entry into force, in Finnish."))
    transitional_sv: str = Field(description=_("Its provision on entry into force, in Swedish."))


class AwaitedShape(Schema):
    reference: str
    in_force_from: date


class PublishedShape(Schema):
    reference: str = Field(description=_("Number in the Statutes of Finland, such as 681/2023."))
    in_force_from: date | None = Field(description=_("null while a decree is to say the day."))
    sections: list[str] = Field(
        description=_("The sections that it changes; empty while they are not known.")
    )
    finlex: str = Field(description=_("The amending act as it was given, in Finlex."))


class ChapterShape(Schema):
    number: str
    names: Names


class DecreeShape(Schema):
    reference: str
    name_fi: str
    first_section: str = Field(description=_("Number of the first section that it is given under."))
    last_section: str


class ActShape(Schema):
    act: str = Field(description=_("The act's number and year as addresses have them: 681-2023."))
    kind: Literal["act", "decree"]
    reference: str = Field(description=_("Number in the Statutes of Finland, such as 681/2023."))
    example: bool = Field(description=_("An invented example of a try-out: no law."))
    names: Names
    short_names: Names
    given_on: date
    in_force_from: date
    consolidated_to: str = Field(
        description=_("The last amending act that the data takes into account.")
    )
    url: str = Field(description=_("Its page on the portal."))
    finlex: str = Field(description=_("The text in force, in Finlex."))


class Thing(Schema):
    kind: str = Field(description=_("What kind of thing it is, such as guidance."))
    title: str
    url: str
    note: str
    summary: str = Field(description=_("What it says, in a line; empty when it does not say."))


class OfWholeAct(Schema):
    chapter: str | None = Field(description=_("Number of the chapter; null for the act itself."))
    things: list[Thing]


class WholeAct(ActShape):
    chapters: list[ChapterShape]
    amendments: list[AmendmentShape]
    acts_awaited: list[AwaitedShape] = Field(
        description=_(
            "Acts that amend it, known by number alone; their sections are being checked."
        )
    )
    published_amendments: list[PublishedShape] = Field(
        description=_("Amending acts that are published and not in the portal's words yet.")
    )
    compared_on: date | None = Field(
        description=_("The day on which the portal last compared the act with Finlex.")
    )
    resting: list[OfWholeAct] = Field(
        description=_("What rests on the act as a whole or on a whole chapter of it.")
    )
    decrees: list[DecreeShape]


class SectionShape(Schema):
    section: str = Field(description=_("The number as addresses have it: 14, 32a."))
    example: bool = Field(description=_("Of an invented act, which is no law."))
    kind: Literal["section", "annex"]
    chapter: str | None = Field(
        description=_("Number of the chapter; null in an act without chapters, and of an annex.")
    )
    headings: Names
    summaries: Names = Field(description=_("The portal's own plain summary. The act decides."))
    status: Literal["in_force", "repealed"]
    repealed_from: date | None
    added_by: str | None = Field(description=_("The amending act, such as 322/2024."))
    amended_by: list[str]
    repealed_by: str | None
    for_employment_authority: bool = Field(
        description=_("For registered jobseekers the employment authority does this (section 3).")
    )
    may_have_changed: bool = Field(
        description=_("An act has changed it whose words the portal does not have (awaited_act).")
    )
    awaited_act: str | None = Field(
        description=_("The newest act that has changed it and whose words are not here yet.")
    )
    published_amendments: list[str] = Field(
        description=_("Amending acts that are published and not in the portal's words yet.")
    )
    last_change_only_in: Literal["fi", "sv"] | None = Field(
        description=_("The language whose words alone the last change concerned; null for both.")
    )
    url: str = Field(description=_("Its page on the portal."))
    finlex: str = Field(description=_("The text in force, in Finlex."))


class Subsection(Schema):
    text: str = ""
    items: list[str] = []
    closing: str = Field("", description=_("Words after the items."))
    table: list[list[str]] = Field([], description=_("Rows of cells, the first the headings."))


class Wording(Schema):
    valid_from: date = Field(description=_("First day in force."))
    valid_to: date | None = Field(
        description=_("Last day in force, or null; before the first day: it never took effect.")
    )
    amended_by: str | None = Field(description=_("null for the wording that the act began with."))
    changed_in: list[Literal["fi", "sv"]] = Field(
        description=_("The languages whose words it changed; of the first wording, all it has.")
    )
    heading_fi: str
    heading_sv: str
    text_fi: list[Subsection]
    text_sv: list[Subsection]
    source: str
    to_be_checked: bool = Field(
        description=_("Put together from a partial amendment; a lawyer has not checked it yet.")
    )


class WholeSection(SectionShape):
    wordings: list[Wording] = Field(
        description=_("Oldest first, as far as they have been imported.")
    )
    resting: list[Thing] = Field(
        description=_(
            "What on the portal refers to the section: first what names it as what it rests on, "
            "then what mentions it, what rests on its chapter or on the whole act, and last what "
            "no longer applies."
        )
    )


class OnDay(Parameters):
    on: Day | None = Field(None, description=ON)


class Sections(Paged):
    on: Day | None = Field(None, description=_("Only the sections in force on this day."))
    chapter: str | None = Field(None, max_length=5, description=_("Only those of this chapter."))
    status: Literal["in_force", "repealed"] | None = Field(
        None, description=_("Only those that are in force now, or are no longer.")
    )


ActPath = Path(..., description=_("Number and year of the act."), example="681-2023")


@router.get(
    "/acts",
    response=Many[ActShape],
    operation_id="law_acts",
    summary=_("Acts"),
    description=_("The acts that the portal refers to, oldest first."),
)
def acts(request, response: HttpResponse, asked: Query[Paged]):
    rows = Act.objects.visible_to(READER).order_by("year", "number")
    dated(response, rows.values_list("imported_at", flat=True))
    return many(request, asked, rows, _act, SOURCE)


@router.get(
    "/acts/{act}",
    response=One[WholeAct],
    operation_id="law_act",
    summary=_("One act"),
    description=_("An act with its chapters, its amendments and the decrees given under it."),
)
def act(request, response: HttpResponse, asked: Query[Parameters], act: str = ActPath):
    found = _found(act, "chapters", "amendments", "decrees__first", "decrees__last")
    dated(response, [found.imported_at])
    return one(
        {
            **_act(found),
            "chapters": [
                {"number": chapter.number, "names": names(chapter)}
                for chapter in found.chapters.all()
            ],
            "amendments": list(found.amendments.all()),
            "acts_awaited": [
                {"reference": one.reference, "in_force_from": one.in_force_from}
                for one in found.acts_awaited
            ],
            "published_amendments": [one._asdict() for one in _coming(found)],
            "compared_on": coming.compared_on(found),
            "resting": _resting(found),
            "decrees": [
                {
                    "reference": decree.reference,
                    "name_fi": decree.name_fi,
                    "first_section": decree.first.number,
                    "last_section": decree.last.number,
                }
                for decree in found.decrees.all()
            ],
        },
        SOURCE,
    )


@router.get(
    "/acts/{act}/sections",
    response=Many[SectionShape],
    operation_id="law_sections",
    summary=_("Sections of an act"),
    description=_("Every section in the order of the act, with its heading and status."),
)
def sections(request, asked: Query[Sections], act: str = ActPath):
    found = _found(act, "amendments")
    rows = found.sections.visible_to(READER).select_related("chapter").order_by("position")
    if asked.chapter is not None:
        rows = rows.filter(chapter__number=asked.chapter)
    if asked.status is not None:
        rows = rows.filter(status=asked.status)
    if asked.on is not None:
        rows = _in_force(found, rows, asked.on)
    versions = wordings.of_act(found, READER)
    published = _coming(found)
    return many(
        request,
        asked,
        rows,
        lambda row: _section(found, row, asked.on, versions.get(row.pk, []), published),
        SOURCE,
    )


@router.get(
    "/acts/{act}/sections/{section}",
    response=One[WholeSection],
    operation_id="law_section",
    summary=_("One section"),
    description=_(
        "A section, its wordings, and what on the portal rests on it. With “on”, the wording of "
        "that day alone, and not found when the section was not in force."
    ),
)
def section(
    request,
    asked: Query[OnDay],
    act: str = ActPath,
    section: str = Path(..., description=_("Number of the section: 14, 32a."), example="14"),
):
    found = _found(act, "amendments")
    rows = found.sections.visible_to(READER).filter(number=section).select_related("chapter")
    chosen = rows if asked.on is None else _in_force(found, rows, asked.on)
    if not chosen:
        raise Http404
    row = chosen[0]
    row.act = found
    resting = backlinks_to([row], READER, current_language())[row.pk]
    every = SectionVersion.objects.visible_to(READER).filter(section=row)
    versions = wordings.in_order(every.select_related("amendment"))
    return one(
        {
            **_section(found, row, asked.on, versions, _coming(found)),
            "wordings": [
                _wording(version, versions[place - 1] if place else None)
                for place, version in enumerate(versions)
                if asked.on is None or version.holds_on(asked.on)
            ],
            "resting": [_thing(item) for _kind, item in resting],
        },
        SOURCE,
    )


def _thing(item: Backlink) -> dict:
    return {
        "kind": referrers()[item.kind].word or item.kind,
        "title": item.title,
        "url": absolute(item.url),
        "note": item.note,
        "summary": item.summary,
    }


def _resting(act: Act) -> list[dict]:
    """What rests on the act as a whole, then on each chapter; places without anything left out."""
    chapters = list(act.chapters.all())
    whole, of_chapters = backlinks_to_whole(act, chapters, READER, current_language())
    places = [(None, whole), *((one.number, of_chapters[one.pk]) for one in chapters)]
    return [
        {"chapter": number, "things": [_thing(item) for item in items]}
        for number, items in places
        if items
    ]


def _found(word: str, *related: str) -> Act:
    parts = ACT.fullmatch(word)
    rows = Act.objects.visible_to(READER).prefetch_related(*related)
    found = rows.filter(number=parts[1], year=parts[2]).first() if parts else None
    if found is None:
        raise Http404
    return found


def _in_force(act: Act, rows, day: date) -> list[Section]:
    """The sections in force on a day: by their wordings, or without these by the acts' dates."""
    began = {amendment.reference: amendment.in_force_from for amendment in act.amendments.all()}
    versions = SectionVersion.objects.filter(section=OuterRef("pk"))
    rows = rows.annotate(worded=Exists(versions), worded_then=Exists(versions.on(day)))
    return [
        row
        for row in rows
        if (
            row.worded_then
            if row.worded
            else began.get(row.added_by, act.in_force_from) <= day
            and (row.repealed_from is None or day < row.repealed_from)
        )
    ]


def _act(act: Act) -> dict:
    return {
        "act": f"{act.number}-{act.year}",
        "kind": act.kind,
        "reference": act.reference,
        "example": act.example,
        "names": names(act),
        "short_names": names(act, "short"),
        "given_on": act.given_on,
        "in_force_from": act.in_force_from,
        "consolidated_to": act.consolidated_to,
        "url": absolute(act.get_absolute_url()),
        "finlex": "" if act.example else finlex.consolidated(act, current_language()),
    }


def _coming(act: Act) -> list[coming.Published]:
    return coming.published(act, (amendment.reference for amendment in act.amendments.all()))


def _section(
    act: Act,
    section: Section,
    day: date | None,
    versions: list[SectionVersion],
    published: list[coming.Published],
) -> dict:
    section.act = act
    amendments = {amendment.reference: amendment for amendment in act.amendments.all()}
    day = day or timezone.localdate()
    awaits = section.awaited(amendments, wordings.acts_of(versions), day)
    alone = timeline.last_change(versions, day)
    return {
        "section": section.number,
        "example": act.example,
        "kind": section.kind,
        "chapter": section.chapter.number if section.chapter else None,
        "headings": names(section),
        "summaries": names(section, "summary"),
        "status": section.status,
        "repealed_from": section.repealed_from,
        "added_by": section.added_by or None,
        "amended_by": section.amended_by,
        "repealed_by": section.repealed_by or None,
        "for_employment_authority": section.for_employment_authority,
        "may_have_changed": awaits is not None,
        "awaited_act": awaits.reference if awaits else None,
        "published_amendments": [
            one.reference for one in coming.touching(published, section.number)
        ],
        "last_change_only_in": alone[1] if alone else None,
        "url": absolute(section.get_absolute_url()),
        "finlex": "" if act.example else finlex.section_of(section, current_language()),
    }


def _wording(version: SectionVersion, before: SectionVersion | None) -> dict:
    return {
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "amended_by": version.amendment.reference if version.amendment else None,
        "changed_in": timeline.changed_in(before, version),
        "heading_fi": version.heading_fi,
        "heading_sv": version.heading_sv,
        "text_fi": version.text_fi,
        "text_sv": version.text_sv,
        "source": version.source,
        "to_be_checked": version.needs_legal_review,
    }

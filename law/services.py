"""Taking acts in: whole or not at all, and nothing when nothing has changed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from portal.accounts.models import User
from portal.concurrency import compare
from portal.errors import BrokenFileError
from portal.importing import Changes, Progress, unheard

from . import bills, following, impact_reviews, wordings
from .amending import apply_amendment
from .models import Act, AmendmentEffect, SectionVersion
from .parsers import languages
from .parsers.bounds import check_length
from .parsers.parsed import OF_THE_LAW, ActRows, AmendingRows

Days = dict[str, dict]


class ImportResult(NamedTuple):
    """What each file changed, how many work lists that opened and with how many reviews."""

    files: list[tuple[str, Changes]]
    lists: int
    reviews: int


@transaction.atomic
def import_files(
    files: Sequence[ActRows | AmendingRows],
    days: Days | None = None,
    progress_of: Callable[[str], Progress] = lambda title: unheard,
    *,
    decided: bool = False,
) -> ImportResult:
    """Bring the law up to date with what was read, in the order given: all of it or nothing.

    `days` are those that a file does not say, by the number of its act: {"322/2024": {"given_on":
    …, "in_force_from": …}}. Sections that a new amending act changes, or one that a lawyer has
    `decided` to take into use, get their work lists at the end. An act whose languages come in two
    files is the same act in both. Raises BrokenFileError.
    """
    outcomes, opened = [], []
    languages.check([rows for rows in files if isinstance(rows, AmendingRows)])
    for rows in files:
        progress = progress_of(rows.title)
        if isinstance(rows, ActRows):
            outcomes.append((rows.title, import_act(rows, progress)))
        else:
            said = (days or {}).get(rows.reference, {})
            changes, new = apply_amendment(rows, said, progress, decided=decided)
            outcomes.append((rows.title, changes))
            opened += new
            if new and rows.renumbered:
                following.record_renumbered(new[0].amendment, rows.renumbered)
    return ImportResult(outcomes, len(opened), impact_reviews.open_tasks(opened) if opened else 0)


@transaction.atomic
def import_act(rows: ActRows, progress: Progress = unheard) -> Changes:
    """Bring an act and its parts up to date with what was read.

    The plain summaries of sections are the portal's own and stay as they are. Of a catalogue, a
    part that the file no longer has is removed, unless the act has been amended since; any other
    file only adds what is missing. The day of import moves only when something has changed. An
    amending act that a newer catalogue names has changed the law, with or without its words: the
    sections that it is named for get their work lists. An act or a decree without chapters is one
    too, with its annexes as sections. Raises BrokenFileError for sections that begin again in each
    chapter, which would have no address of their own.
    """
    _check_kept(rows)
    changes = Changes()
    act = Act.objects.select_for_update().filter(number=rows.number, year=rows.year).first()
    if act is None or (rows.catalogue and not _is_ahead(act, rows)):
        new = _newly_listed(act, rows) if act else set()
        act = _with_parts(act or Act(number=rows.number, year=rows.year), rows, changes, progress)
        impact_reviews.open_tasks(_effects_of(act, new))
    elif not rows.catalogue:
        _fill_in(act, rows, changes)
    sections = {section.number: section for section in act.sections.all()}
    by_section: dict[str, dict] = {}
    for (number, language), wording in rows.wordings.items():
        by_section.setdefault(number, {})[language] = wording
    for told, (number, by_language) in enumerate(by_section.items(), start=1):
        if number not in sections:
            raise BrokenFileError(rows.title, f"section {number}", "the Act has no such section")
        wordings.first(sections[number], act, by_language, rows.source, changes)
        progress(told, len(by_section))
    wordings.set_ends([sections[number] for number in by_section], changes)
    bills.join(act)
    if changes:
        act.imported_at = timezone.now()
        act.save(update_fields=["imported_at"])
    return changes


@transaction.atomic
def check_wording(
    version: SectionVersion, words: Mapping[str, Any], *, by: User | None, expect: str | None = None
) -> None:
    """A lawyer found the wording right, with these headings and texts; logged with what changed.

    The section is called by the heading of its last wording. What was confirmed against other words
    is to be checked again. `expect` is what the lawyer read
    (SectionVersion.version_token); Stale if it has changed since. An import of the act that is
    at work is waited for, and waits.
    """
    Act.objects.select_for_update().get(pk=version.section.act_id)
    version.refresh_from_db(
        from_queryset=SectionVersion.objects.select_for_update(of=("self",)).select_related(
            "section", "amendment"
        )
    )
    compare(version, expect)
    corrected = sorted(name for name, value in words.items() if getattr(version, name) != value)
    found = [one for one in OF_THE_LAW if f"text_{one}" in corrected]
    for name in corrected:
        setattr(version, name, words[name])
    version.needs_legal_review = False
    version.checked_at, version.checked_by = timezone.now(), by
    version.save(update_fields=[*corrected, "needs_legal_review", "checked_at", "checked_by"])
    section = version.section
    headings = [name for name in corrected if name.startswith("heading_")]
    if headings and wordings.last(section) == version:
        for name in headings:
            setattr(section, name.replace("heading_", "name_"), words[name])
        section.save(update_fields=[name.replace("heading_", "name_") for name in headings])
    wordings.doubt_later(version, found, Changes())
    if corrected:
        impact_reviews.corrected(version, by=by)
    log(version, "law.check_wording", user=by, data={"corrected": corrected})


def _check_kept(rows: ActRows) -> None:
    """Refuse what the portal has no place for: two sections 1, names longer than their fields."""
    for fields in rows.sections:
        if ":" in fields["number"]:
            problem = "sections begin again in each chapter, and have no number of their own"
            raise BrokenFileError(rows.title, f"section {fields['number']}", problem)
    for name, words in rows.fields.items():
        if isinstance(words, str):
            check_length(rows.title, name, words, Act, name)


def _is_ahead(act: Act, rows: ActRows) -> bool:
    """Whether the portal's act has amendments later than the last one of the file."""
    said = max(((one["year"], one["number"]) for one in rows.amendments), default=(0, 0))
    listed = {(one["year"], one["number"]) for one in rows.amendments}
    opened = set(
        AmendmentEffect.objects.filter(section__act=act).values_list("amendment", flat=True)
    )
    return any(
        (year, number) > said or (pk in opened and (year, number) not in listed)
        for pk, year, number in act.amendments.values_list("pk", "year", "number")
    )


def _newly_listed(act: Act, rows: ActRows) -> set[str]:
    """The amending acts of a file that the portal's act did not count before, by reference.

    Of an act without a list the last amendment that it takes in is told, and so are those before.
    """
    known = {one.reference for one in act.amendments.all()}
    if not known and act.consolidated_to not in ("", act.reference):
        return set()
    return {f"{one['number']}/{one['year']}" for one in rows.amendments} - known


def _effects_of(act: Act, new: set[str]) -> list[AmendmentEffect]:
    """What the new acts did to each section, as far as the sections themselves say it."""
    amendments = {one.reference: one for one in act.amendments.all() if one.reference in new}
    found = []
    for section in act.sections.all() if amendments else ():
        named = {section.added_by, *section.amended_by, section.repealed_by}
        for amendment in (amendments[one] for one in sorted(named & amendments.keys())):
            gone = section.repealed_by == amendment.reference
            day = (section.repealed_from if gone else None) or amendment.in_force_from
            found.append(
                AmendmentEffect.objects.create(
                    section=section,
                    amendment=amendment,
                    before=wordings.around(section, amendment)[0][0],
                    day=day,
                )
            )
    return found


def _with_parts(act: Act, rows: ActRows, changes: Changes, progress: Progress) -> Act:
    """The act with its amendments, chapters, sections and decrees as the file says."""
    total = sum(map(len, (rows.amendments, rows.chapters, rows.sections, rows.decrees)))
    told = 0

    def parts(manager, entries):
        """Bring the parts of one kind up to date; returns them by number."""
        nonlocal told
        rest = {(row.number, getattr(row, "year", None)): row for row in manager.all()}
        found = {}
        for fields in entries:
            row = rest.pop((fields["number"], fields.get("year")), None) or manager.model(act=act)
            changes.upsert(row, fields)
            found[row.number] = row
            told += 1
            progress(told, total)
        for row in rest.values():
            row.delete()
            changes.removed += 1
        return found

    if rows.fields["in_force_from"] is None or rows.fields["given_on"] is None:
        problem = "the file does not say when the act was given and when it came into force"
        raise BrokenFileError(rows.title, "", problem)
    for said, where in [(rows.fields, ""), *((one, "amendments") for one in rows.amendments)]:
        if said["in_force_from"] < said["given_on"]:
            where = ", ".join(filter(None, [where, "in_force_from"]))
            problem = f"{said['in_force_from']} is before the day it was given, {said['given_on']}"
            raise BrokenFileError(rows.title, where, problem)
    changes.upsert(act, rows.fields)
    parts(act.amendments, rows.amendments)
    chapters = parts(act.chapters, rows.chapters)
    sections = parts(
        act.sections.select_related("chapter"),
        [{**fields, "chapter": chapters.get(fields["chapter"])} for fields in rows.sections],
    )
    parts(
        act.decrees.select_related("first", "last"),
        [
            {**fields, "first": sections[fields["first"]], "last": sections[fields["last"]]}
            for fields in rows.decrees
        ],
    )
    return act


def _fill_in(act: Act, rows: ActRows, changes: Changes) -> None:
    """Names that the portal does not have yet, such as those of a second language."""

    def names(row, fields):
        wanted = {
            name: value
            for name, value in fields.items()
            if name.startswith(("name_", "short_")) and not getattr(row, name)
        }
        changes.upsert(row, wanted)

    names(act, rows.fields)
    chapters = {chapter.number: chapter for chapter in act.chapters.all()}
    sections = {section.number: section for section in act.sections.all()}
    for known, entries in ((chapters, rows.chapters), (sections, rows.sections)):
        for fields in entries:
            if fields["number"] in known:
                names(known[fields["number"]], fields)

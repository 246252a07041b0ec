"""What an act that amends another does to its sections, in the order in which acts take effect."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.errors import BrokenFileError
from portal.importing import Changes, Progress, unheard

from . import absences, bills, resolution, wordings
from .models import Act, Amendment, AmendmentEffect, Section
from .parsers.parsed import OF_THE_LAW, AmendingRows, Modification, in_order


@transaction.atomic
def apply_amendment(
    rows: AmendingRows, days: dict, progress: Progress = unheard, *, decided: bool = False
) -> tuple[Changes, list[AmendmentEffect]]:
    """Bring an act up to date with an act that amends it.

    Each section it touches gets the wording that follows; one put together from parts waits for a
    lawyer. An amending act that the portal's act did not count yet moves the sections themselves
    too (added, amended, repealed), and what it did to each is returned; so does one that a lawyer
    has `decided` to take into use, whatever was counted. After the last day of a temporary act the
    wording before it comes back. What is not understood is refused whole: BrokenFileError.
    """
    changes = Changes()
    act = amended_act(rows)
    amendment, new = _amendment(act, rows, days, changes)
    sections = {section.number: section for section in act.sections.select_related("chapter")}
    chapters = {chapter.number: chapter for chapter in act.chapters.all()}
    modifications = resolution.resolved(rows, act, amendment, sections, chapters)
    named = {modification.section for modification in modifications} & sections.keys()
    stood = {sections[number].pk: wordings.bases(sections[number]) for number in named}
    _add_chapters(act, chapters, rows, new, changes)
    effects = amendment.effects.order_by(F("after").asc(nulls_first=True), "-day")
    opened = {effect.section_id: effect for effect in effects.select_related("section")}
    awaited = {pk for pk, one in opened.items() if one.after_id is None and not one.repeals}
    repeals = {
        modification.section for modification in modifications if modification.action == "repeal"
    }
    fresh: dict[str, Section] = {}
    for told, modification in enumerate(modifications, start=1):
        section = sections.get(modification.section)
        if section is None:
            section = sections[modification.section] = _added(
                act, modification, sections, chapters, rows
            )
            changes.added += 1
        if modification.action == "substitution":
            _refuse_repealed(section, modification, amendment, rows)
        unseen = amendment.reference in section.acts_unseen or decided
        if new or (unseen and section.pk not in opened) or (opened and section.pk not in opened):
            fresh[section.number] = section
            _move(section, modification, amendment, rows, changes)
        elif opened and section.pk not in awaited:
            _refuse_other(opened[section.pk], modification, section.number in repeals, rows)
        if modification.action != "repeal":
            wordings.follow(section, amendment, modification, rows, changes)
        progress(told, len(modifications))
    touched = [
        sections[number]
        for number in dict.fromkeys(modification.section for modification in modifications)
    ]
    for section in touched:
        _end(section, amendment, rows, changes)
        wordings.put_together_again(section, rows.file, changes)
        wordings.doubt_moved(section, stood.get(section.pk, {}), changes)
    wordings.set_ends(touched, changes)
    _heads(touched, chapters, amendment, rows, changes)
    if changes:
        act.imported_at = timezone.now()
        if (new or decided) and _in_year(act.consolidated_to) < (rows.year, rows.number):
            act.consolidated_to = amendment.reference
        act.save(update_fields=["imported_at", "consolidated_to"])
    fresh |= {one.number: one for one in touched if one.pk in awaited}
    found = []
    for section in fresh.values():
        steps = _steps(section, amendment, section.number in repeals)
        if section.pk in awaited:
            steps = _filled(opened[section.pk], steps)
        for before, after, day in steps:
            found.append(
                AmendmentEffect.objects.create(
                    section=section, amendment=amendment, before=before, after=after, day=day
                )
            )
    bills.join(act)
    return changes, found


def amended_act(rows: AmendingRows) -> Act:
    """The act that is amended, locked; BrokenFileError when the portal does not have it."""
    number, year = rows.amends
    act = Act.objects.select_for_update().filter(number=number, year=year).first()
    if act is not None:
        return act
    reference = f"{number}/{year}"
    other = Amendment.objects.filter(number=number, year=year).select_related("act").first()
    problem = f"it amends {reference}, which the portal does not have: import that first"
    if other is not None:
        problem = (
            f"it amends {reference}, which itself amends {other.act.reference}: give it as what it"
            f" makes of the sections of {other.act.reference}"
        )
    raise BrokenFileError(rows.file, "", problem)


def _end(section: Section, amendment: Amendment, rows: AmendingRows, changes: Changes) -> None:
    """What happens to a section after the last day of a temporary act."""
    if amendment.valid_until is None:
        return
    day = amendment.valid_until + timedelta(days=1)
    back = wordings.come_back(section, amendment, day, rows.file, changes)
    # What a temporary act added has nothing to come back to: it ends as if it were repealed.
    if back is None and section.added_by == amendment.reference:
        fields = {
            "status": Section.Status.REPEALED,
            "repealed_by": amendment.reference,
            "repealed_from": day,
        }
        changes.upsert(section, fields)


def _filled(effect: AmendmentEffect, steps):
    """A change that a catalogue named gets its wording; what more the act does is left."""
    effect.before, effect.after, effect.day = steps[0]
    effect.save(update_fields=["before", "after", "day", "day_told_at"])
    return steps[1:]


def _steps(section: Section, amendment: Amendment, repealed: bool):
    """The wording before and after, and the day, for each day on which the act does something."""
    steps = wordings.around(section, amendment)
    last = section.repealed_from or amendment.in_force_from
    last = absences.since(section, amendment.reference) or last
    if repealed:
        return [(steps[0][0], None, last)]
    found = [
        (before, after, after.valid_from if after else amendment.in_force_from)
        for before, after in steps
    ]
    if section.repealed_by == amendment.reference:
        found.append((steps[-1][1], None, last))
    return found


def _add_chapters(act: Act, chapters, rows: AmendingRows, new: bool, changes: Changes) -> None:
    """The chapters that an amending act adds; of one that was imported before, what is missing."""
    there = set(chapters)
    for (number, language), heading in rows.new_chapters.items():
        if new and number in there:
            problem = f"chapter {number} is added, and act {act.reference} has it already"
            raise BrokenFileError(rows.file, f"chapter {number}", problem)
        chapter = chapters.setdefault(
            number, act.chapters.model(act=act, number=number, position=0)
        )
        if not getattr(chapter, f"name_{language}"):
            changes.upsert(chapter, {f"name_{language}": heading})
    _number_again(chapters.values(), changes)


def _amendment(act, rows, days, changes) -> tuple[Amendment, bool]:
    """The row of the amending act, and whether the portal's act did not count it before."""
    amendment = act.amendments.filter(number=rows.number, year=rows.year).first()
    new = amendment is None and (rows.year, rows.number) > _reach(act)
    amendment = amendment or Amendment(act=act, number=rows.number, year=rows.year)
    fields = {}
    for name, words in (("given_on", "was given"), ("in_force_from", "came into force")):
        fields[name] = days.get(name) or getattr(rows, name) or getattr(amendment, name)
        if fields[name] is None:
            option = f"--{name.replace('_', '-')} {rows.reference}=2026-01-31"
            problem = f"it does not say when act {rows.reference} {words}: say it with {option}"
            raise BrokenFileError(rows.file, "", problem)
    _refuse_other_day(amendment, fields["in_force_from"], rows)
    _check_days(act, fields["given_on"], fields["in_force_from"], rows)
    for name in ("valid_until", "proposal", "committee_report"):
        fields[name] = getattr(rows, name) or getattr(amendment, name)
    for language, words in rows.transitional.items():
        fields[f"transitional_{language}"] = words
    changes.upsert(amendment, fields)
    return amendment, new


def _refuse_other_day(amendment: Amendment, day: date, rows: AmendingRows) -> None:
    """An act whose words are here does not come on another day, or for another time, by a file."""
    if amendment.pk is None or not amendment.versions.exists():
        return
    for name, said in (("in_force_from", day), ("valid_until", rows.valid_until)):
        there = getattr(amendment, name)
        if there != said and (said or name == "valid_until"):
            problem = (
                f"act {rows.reference} was imported before with {there or 'no last day'}, and this"
                f" says {said or 'none'}"
            )
            raise BrokenFileError(rows.file, name, problem)


def _reach(act: Act) -> tuple[int, int]:
    """Year and number up to which an act without a row of its own counts as known.

    Of an act whose file lists its amendments the rows say all; of any other, what its file calls
    the last amendment. A later act that was imported since says nothing of those before it.
    """
    opened = Amendment.objects.filter(act=act, effects__isnull=False).distinct()
    own = {one.reference for one in act.amendments.exclude(pk__in=opened.values("pk"))}
    named = set()
    for section in act.sections.all():
        named |= {section.added_by, section.repealed_by, *section.amended_by}
    # Where sections name rows of the act, its file listed them, so nothing is known but by a row.
    if own & named or act.consolidated_to in {one.reference for one in opened}:
        return (0, 0)
    return _in_year(act.consolidated_to)


def _check_days(act: Act, given_on: date, in_force_from: date, rows: AmendingRows) -> None:
    """Days in their order: the act, the one that amends it, its taking effect, parts of it."""
    for name, day, first, what in (
        ("given_on", given_on, act.given_on, f"act {act.reference} was given"),
        ("in_force_from", in_force_from, given_on, "the amending act was given"),
        ("in_force_from", in_force_from, act.in_force_from, f"act {act.reference} is in force"),
    ):
        if day < first:
            problem = f"{day} is before the day from which {what}, {first}"
            if what.endswith("given"):
                problem = f"{day} is before the day on which {what}, {first}"
            raise BrokenFileError(rows.file, name, problem)
    if rows.valid_until and rows.valid_until < in_force_from:
        problem = f"{rows.valid_until} is before the act is in force, {in_force_from}"
        raise BrokenFileError(rows.file, "valid_until", problem)
    for modification in rows.modifications:
        if modification.day and modification.day < in_force_from:
            problem = f"{modification.day} is before the amending act is in force, {in_force_from}"
            raise BrokenFileError(rows.file, f"{modification.where}, in_force_from", problem)


def _refuse_other(
    effect: AmendmentEffect, modification: Modification, repeals: bool, rows: AmendingRows
) -> None:
    """An act that was imported as doing one thing to a section cannot now do another."""
    own = effect.section.versions.filter(amendment=effect.amendment)
    day = modification.day or effect.amendment.in_force_from
    same_day = modification.action == "repeal" or own.filter(valid_from=day).exists()
    if repeals != (effect.after_id is None) or not same_day:
        problem = (
            f"act {rows.reference} was imported before, and did something else to section"
            f" {modification.section} or from another day"
        )
        raise BrokenFileError(rows.file, modification.where, problem)


def _added(act, modification: Modification, sections, chapters, rows: AmendingRows) -> Section:
    """A new section in its place: in the chapter that is named for it, or in its neighbours'."""
    number = modification.section
    if modification.action != "insertion":
        problem = f"section {number} is changed, and act {act.reference} has no such section"
        raise BrokenFileError(rows.file, modification.where, problem)
    order = sorted(sections, key=in_order)
    before = [n for n in order if in_order(n) < in_order(number)]
    after = [n for n in order if in_order(n) > in_order(number)]
    neighbours = [sections[n].chapter for n in (*before[-1:], *after[:1])]
    chapter = (
        chapters.get(modification.chapter) if modification.chapter else next(iter(neighbours), None)
    )
    if chapter is None and (chapters or modification.chapter):
        problem = f"section {number} is added, and its chapter is not there"
        if modification.chapter:
            named = f"chapter {modification.chapter}, which act {act.reference} does not have"
            problem = f"section {number} is added to {named}"
        raise BrokenFileError(rows.file, modification.where, problem)
    in_new = chapter and any(chapter.number == added for added, _language in rows.new_chapters)
    if chapter and neighbours and chapter not in neighbours and not in_new:
        beside = " and ".join(dict.fromkeys(one.number for one in neighbours))
        problem = (
            f"section {number} is added to chapter {chapter.number}, and the sections before"
            f" and after it are in chapter {beside}"
        )
        raise BrokenFileError(rows.file, modification.where, problem)
    kind = Section.Kind.ANNEX if number.startswith("liite") else Section.Kind.SECTION
    section = Section.objects.create(act=act, chapter=chapter, kind=kind, number=number, position=0)
    _number_again([*sections.values(), section], Changes())
    return section


def _refuse_repealed(
    section: Section, modification: Modification, amendment: Amendment, rows
) -> None:
    """A section that an earlier act repealed before the day has no wording that could change."""
    by, day = section.repealed_by, modification.day or amendment.in_force_from
    if problem := absences.problem_on(section, day):
        raise BrokenFileError(rows.file, modification.where, problem)
    if not by or section.status != Section.Status.REPEALED or section.repealed_from is None:
        return
    if (section.repealed_from, *_in_year(by)) < (day, rows.year, rows.number):
        problem = f"section {section.number} was repealed by {by}; give it under 'added'"
        raise BrokenFileError(rows.file, modification.where, problem)


def _number_again(rows, changes: Changes) -> None:
    """Positions in the order of the numbers, one after another."""
    for position, row in enumerate(sorted(rows, key=lambda one: in_order(one.number)), start=1):
        changes.upsert(row, {"position": position})


def _move(
    section: Section, modification: Modification, amendment: Amendment, rows, changes: Changes
) -> None:
    """What an amending act does to the section itself, in the order in which acts take effect."""
    day = modification.day or amendment.in_force_from
    this = (day, rows.year, rows.number)
    by, since = section.repealed_by, section.repealed_from
    repealed = (since, *_in_year(by)) if by and since else None
    days = {one.reference: one.in_force_from for one in section.act.amendments.all()}
    fields: dict = {}
    gaps = [dict(one) for one in section.repealed_before if one["by"] != amendment.reference]

    def effect(reference):
        own = reference == amendment.reference
        return (day if own else days.get(reference, date.min), *_in_year(reference))

    if modification.action == "repeal":
        again = section.added_by and effect(section.added_by) > this
        if again:
            added = section.versions.filter(amendment__in=section.act.amendments.all())
            of_it = [
                one
                for one in added
                if one.amendment and one.amendment.reference == section.added_by
            ]
            until = min((one.valid_from for one in of_it), default=effect(section.added_by)[0])
            gaps.append(absences.gap(amendment.reference, day, until, section.added_by))
            fields["repealed_before"] = absences.first_of_each(gaps)
        elif repealed is None or this < repealed:
            fields = {
                "status": Section.Status.REPEALED,
                "repealed_by": amendment.reference,
                "repealed_from": day,
            }
    elif modification.action == "insertion":
        if not section.added_by or effect(section.added_by) <= this:
            fields["added_by"] = amendment.reference
        if repealed is None or repealed < this:
            fields |= {"status": Section.Status.IN_FORCE, "repealed_by": "", "repealed_from": None}
        if repealed and repealed < this:
            gaps.append(absences.gap(by, repealed[0], day, amendment.reference))
        elif within := [one for one in gaps if one["from"] <= day.isoformat() < one["until"]]:
            within[0] |= {"until": day.isoformat(), "added_by": amendment.reference}
        fields["repealed_before"] = absences.first_of_each(gaps)
    elif modification.wording and not _in_swedish_alone(modification, rows):
        known = {*section.amended_by, amendment.reference}
        fields = {"amended_by": sorted(known, key=effect)}
    changes.upsert(section, fields)


def _in_swedish_alone(modification: Modification, rows: AmendingRows) -> bool:
    """Whether the act changed the Swedish wording of the section and left the Finnish as it was."""
    return modification.swedish_alone or (
        "fi" in rows.languages and "fi" not in modification.wording
    )


def _heads(sections, chapters, amendment: Amendment, rows: AmendingRows, changes: Changes) -> None:
    """Sections and chapters are called what the act says, if it is the last that changed them."""
    _name(sections, amendment.act, rows.languages, changes)
    acts = amendment.act.amendments.all()
    last = max(acts, key=lambda one: (one.in_force_from, one.year, one.number))
    if last == amendment:
        for (chapter, language), heading in rows.headings.items():
            if chapter in chapters:
                changes.upsert(chapters[chapter], {f"name_{language}": heading})


def _name(sections, act: Act, languages: Collection[str], changes: Changes) -> None:
    """Call the sections by the heading of their last wording, if no later act has changed them."""
    acts = {one.reference: one for one in act.amendments.all()}
    for section in sections:
        versions = wordings.of_section(section)
        version = versions[-1] if versions else None
        if version is None or version.amendment is None:
            continue
        before = versions[-2] if versions[1:] else None
        this = (version.valid_from, version.amendment.year, version.amendment.number)
        amended = [acts[one] for one in (section.added_by, *section.amended_by) if one in acts]
        if any((one.in_force_from, one.year, one.number) > this for one in amended):
            continue
        for language in languages:
            heading = getattr(version, f"heading_{language}")
            if heading and heading != getattr(before, f"heading_{language}", ""):
                changes.upsert(section, {f"name_{language}": heading})


@transaction.atomic
def move_day(amendment: Amendment, day: date) -> list[AmendmentEffect]:
    """An act that is in use comes into force on another day: its wordings, its repeals and its
    changes go with it, and the acts around it are put together again.

    What comes on a day of its own stays there. Returns the changes that moved. BrokenFileError when
    the day is before the act was given, after its last day, or where another of its parts comes.
    """
    act = Act.objects.select_for_update().get(pk=amendment.act_id)
    reference, was = amendment.reference, amendment.in_force_from
    last = amendment.valid_until
    own = amendment.versions.exclude(valid_from=was)
    if last:
        own = own.exclude(valid_from=last + timedelta(days=1))
    problem = ""
    if day < max(amendment.given_on, act.in_force_from):
        problem = "it is before the act was given, or before what it amends is in force"
    elif last and day > last:
        problem = f"it is after the last day of the act, {last}"
    elif part := own.filter(valid_from__lte=day).select_related("section").first():
        problem = f"a part of {part.section.number} comes on {part.valid_from}"
    if problem:
        raise BrokenFileError(reference, str(day), problem)
    sections = list(
        act.sections.filter(Q(versions__amendment=amendment) | Q(effects__amendment=amendment))
        .select_related("chapter")
        .distinct()
    )
    stood = {section.pk: wordings.bases(section) for section in sections}
    amendment.versions.filter(valid_from=was).update(valid_from=day)
    amendment.in_force_from = day
    amendment.save(update_fields=["in_force_from"])
    days = {one.reference: one.in_force_from for one in act.amendments.all()}
    changes = Changes()
    for section in sections:
        by = section.amended_by
        order = sorted(by, key=lambda one: (days.get(one, date.min), *_in_year(one)))
        fields: dict = {"amended_by": order}
        if section.repealed_by == reference and section.repealed_from == was:
            fields["repealed_from"] = day
        fields["repealed_before"] = absences.moved(section, reference, was, day)
        changes.upsert(section, fields)
        wordings.put_together_again(section, reference, changes)
        wordings.doubt_moved(section, stood[section.pk], changes)
    wordings.set_ends(sections, changes)
    _name(sections, act, OF_THE_LAW, changes)
    moved = list(amendment.effects.filter(day=was).select_related("section__act", "after"))
    for effect in moved:
        before = {after: before for before, after in wordings.around(effect.section, amendment)}
        effect.before = before.get(effect.after, effect.before)
        effect.amendment, effect.day, effect.day_told_at = amendment, day, None
        effect.save(update_fields=["before", "day", "day_told_at"])
    act.imported_at = timezone.now()
    act.save(update_fields=["imported_at"])
    return moved


def _in_year(reference: str) -> tuple[int, int]:
    """What references of acts are sorted by: 322/2024 before 1100/2024 before 1/2025."""
    number, _slash, year = reference.partition("/")
    return (int(year), int(number)) if number.isdecimal() and year.isdecimal() else (0, 0)

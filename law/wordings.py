"""The wordings of a section in their order: how one follows from another, and when it ends."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from itertools import zip_longest

from django.utils import timezone
from wagtail.log_actions import registry

from portal.errors import BrokenFileError
from portal.importing import Changes

from .consolidation import CannotConsolidate, applied, as_lines
from .models import Act, Amendment, Section, SectionVersion
from .parsers.parsed import OF_THE_LAW, AmendingRows, Modification, TextualModification, Wording
from .references import User

IN_WORDS = {"fi": "Finnish", "sv": "Swedish"}


def in_order(versions: Iterable[SectionVersion]) -> list[SectionVersion]:
    """From the wording with which the Act was given to the last one."""
    return sorted(
        versions,
        key=lambda one: (
            # First whatever its day: an amendment may come into force with the Act itself.
            one.amendment is not None,
            one.valid_from,
            (one.amendment.year, one.amendment.number) if one.amendment else (0, 0),
        ),
    )


def of_section(section: Section) -> list[SectionVersion]:
    """The section's wordings in their order, each with its amending act."""
    return in_order(section.versions.select_related("amendment"))


def of_act(act: Act, user: User) -> dict[int, list[SectionVersion]]:
    """All wordings of an act that `user` may see, by section and in their order: one query.

    The act comes with its amendments, and each wording with its own of them.
    """
    amendments = {one.pk: one for one in act.amendments.all()}
    found: dict[int, list[SectionVersion]] = {}
    for version in SectionVersion.objects.visible_to(user).filter(section__act=act).defer("parts"):
        version.amendment = amendments.get(version.amendment_id)
        found.setdefault(version.section_id, []).append(version)
    return {pk: in_order(versions) for pk, versions in found.items()}


def acts_of(versions: Collection[SectionVersion]) -> set[str] | None:
    """The acts that gave the wordings, by reference; None of no wordings. The first has none."""
    return {one.amendment.reference for one in versions if one.amendment} if versions else None


def last(section: Section) -> SectionVersion | None:
    versions = of_section(section)
    return versions[-1] if versions else None


def around(
    section: Section, amendment: Amendment
) -> list[tuple[SectionVersion | None, SectionVersion | None]]:
    """The wording that the amending act found and the one it left, for each day it came into force.

    One pair without a new wording when it gave none.
    """
    this = (amendment.in_force_from, amendment.year, amendment.number)
    versions = of_section(section)
    own = [
        (versions[place - 1] if place else None, one)
        for place, one in enumerate(versions)
        if one.amendment_id == amendment.pk
    ]
    if own:
        return list(own)
    found = [
        one
        for one in versions
        if one.amendment is None
        or (one.valid_from, one.amendment.year, one.amendment.number) < this
    ]
    return [(found[-1] if found else None, None)]


def doubt_later(version: SectionVersion, languages: Collection[str], changes: Changes) -> None:
    """Wordings after one that is new or has other words wait for a lawyer, checked or not.

    Only those that have a text in one of the languages: they may have been put together over it.
    """
    versions = of_section(version.section)
    # By its key: the row in the list is another object than the one that was just saved.
    place = next(index for index, one in enumerate(versions) if one.pk == version.pk)
    for later in versions[place + 1 :]:
        if any(getattr(later, f"text_{language}") for language in languages):
            changes.upsert(later, {"needs_legal_review": True})


def first(
    section: Section,
    act: Act,
    wordings: Mapping[str, Wording],
    source: str,
    changes: Changes,
) -> None:
    """Keep the wording with which the act was given, in the languages that there are."""
    version = section.versions.filter(amendment=None).first()
    version = version or SectionVersion(section=section, valid_from=act.in_force_from)
    fields = {"valid_from": act.in_force_from}
    for language, wording in wordings.items():
        fields |= fields_of(language, wording)
    _keep(version, fields, source, changes, unsure=any(one.unsure for one in wordings.values()))


def follow(
    section: Section,
    amendment: Amendment,
    modification: Modification,
    rows: AmendingRows,
    changes: Changes,
) -> None:
    """Keep the wording that follows from what an amending act does to the section.

    Raises BrokenFileError when the wording before it is not there or does not have what is changed.
    """
    day = modification.day or amendment.in_force_from
    versions = of_section(section)
    version = next(
        (one for one in versions if one.amendment_id == amendment.pk and one.valid_from == day),
        None,
    ) or SectionVersion(section=section, amendment=amendment, valid_from=day)
    others = in_order([one for one in versions if one.pk != version.pk] + [version])
    place = next(index for index, one in enumerate(others) if one is version)
    before = others[place - 1] if place else None
    fields: dict = {}
    unsure = False
    arrived = []
    kept = dict(version.parts)
    for language in rows.languages:
        change = modification.wording.get(language)
        if change is None and getattr(version, f"text_{language}"):
            continue
        if isinstance(change, Wording):
            kept.pop(language, None)
        else:
            kept[language] = [asdict(part) for part in change or ()]
        if isinstance(change, Wording):
            wording: Wording | None = change
            unsure |= change.unsure
        else:
            wording = _put_together(before, change, language, modification, rows)
            unsure |= wording is not None and bool(modification.wording)
        if change is not None and wording is not None and version.pk:
            _refuse_other_words(version, before, change, wording, language, modification, rows)
            if _has_kept(version, before, language):
                arrived.append(language)
                unsure |= version.checked_at is not None and wording.text != getattr(
                    version, f"text_{language}"
                )
        if wording is not None:
            fields |= fields_of(language, wording)
        else:
            kept.pop(language, None)
    _keep(
        version,
        fields | {"parts": kept},
        rows.source,
        changes,
        unsure=unsure,
        before=before,
        arrived=arrived,
    )


def given_again(version: SectionVersion, modification: Modification, rows: AmendingRows) -> dict:
    """The headings and texts that a wording has by what its act is now read to say.

    Parts are set into what stood before it. Raises BrokenFileError where that cannot take them.
    """
    versions = of_section(version.section)
    place = next(index for index, one in enumerate(versions) if one.pk == version.pk)
    standing = _standing(versions[:place], version.valid_from)
    fields: dict = {}
    for language, change in modification.wording.items():
        if isinstance(change, Wording):
            fields |= fields_of(language, change)
        elif (before := _folded(standing, language)) is not None:
            try:
                fields |= fields_of(language, applied(change, before))
            except CannotConsolidate as error:
                problem = f"in section {modification.section} it {error}"
                raise BrokenFileError(rows.file, modification.where, problem) from error
    return fields


def _refuse_other_words(version, before, change, wording, language, modification, rows) -> None:
    """The same act again cannot have other words, but for a language that it did not have then.

    Parts that stand in the wording already may be set into another wording before it. Words that a
    lawyer has corrected stand for what the file had.
    """
    text, heading = getattr(version, f"text_{language}"), getattr(version, f"heading_{language}")
    if not text or _has_kept(version, before, language):
        return
    given, corrected = fields_of(language, wording), _corrected(version)
    if {name for name in given if getattr(version, name) != given[name]} <= corrected:
        return
    if not isinstance(change, Wording):
        here = as_lines(text)
        contents = [part.content for part in change if part.content and not part.heading]
        lines = [as_lines([one]) if isinstance(one, dict) else one for one in contents]
        headings = {part.content for part in change if part.heading}
        same_text = f"text_{language}" in corrected or all(one in here for one in lines)
        if same_text and (f"heading_{language}" in corrected or headings <= {heading}):
            return
    problem = (
        f"act {rows.reference} was imported before, with other words of section"
        f" {modification.section} in {IN_WORDS[language]}"
    )
    raise BrokenFileError(rows.file, modification.where, problem)


def _has_kept(version, before, language: str) -> bool:
    """Whether the words in the language are still those of the wording before."""
    text, heading = f"text_{language}", f"heading_{language}"
    if before is None or getattr(version, text) != getattr(before, text):
        return False
    corrected = _corrected(version)
    same_heading = getattr(version, heading) == getattr(before, heading)
    return text not in corrected and (same_heading or heading in corrected)


def _corrected(version: SectionVersion) -> set[str]:
    """The headings and texts that a lawyer has corrected."""
    if version.checked_at is None:
        return set()
    logs = registry.get_logs_for_instance(version).filter(action="law.check_wording")
    return {name for entry in logs for name in entry.data.get("corrected", ())}


def _put_together(
    before, parts, language: str, modification: Modification, rows: AmendingRows
) -> Wording | None:
    """The wording before with the parts set in; without parts, as it was."""
    text = getattr(before, f"text_{language}") if before else []
    if not text:
        if parts is None:
            return None
        problem = (
            f"it changes a part of section {modification.section}, and the portal does not have the"
            f" {IN_WORDS[language]} text before it: import the act in {IN_WORDS[language]} first"
        )
        raise BrokenFileError(rows.file, modification.where, problem)
    wording = Wording(getattr(before, f"heading_{language}"), text)
    if parts is None:
        return wording
    try:
        return applied(parts, wording)
    except CannotConsolidate as error:
        problem = f"in section {modification.section} it {error}"
        raise BrokenFileError(rows.file, modification.where, problem) from error


def fields_of(language: str, wording: Wording) -> dict:
    """What a wording in a language is in a SectionVersion."""
    return {f"heading_{language}": wording.heading, f"text_{language}": wording.text}


def _keep(
    version: SectionVersion,
    fields: dict,
    source: str,
    changes: Changes,
    *,
    unsure: bool,
    before: SectionVersion | None = None,
    arrived: Collection[str] = (),
) -> None:
    """Save what is new; words that a lawyer has checked stay as they are.

    `arrived` are the languages that so far had the words of the wording `before`, and now have
    their own.
    """
    if version.checked_at:
        fields = {
            name: value
            for name, value in fields.items()
            if not name.startswith(("heading_", "text_"))
            or not getattr(version, name)
            or name[-2:] in arrived
        }
    if version.pk and all(getattr(version, name) == value for name, value in fields.items()):
        return
    texts = [fields.get(f"text_{one}", getattr(version, f"text_{one}")) for one in OF_THE_LAW]
    uneven = all(texts) and len(texts[0]) != len(texts[1])
    fields |= {"source": source, "fetched_on": timezone.localdate()}
    if unsure or uneven:
        fields["needs_legal_review"] = True
    altered = [one for one in OF_THE_LAW if _alters(version, before, one, fields)]
    changes.upsert(version, fields)
    if altered:
        doubt_later(version, altered, changes)


def _alters(version, before, language: str, fields: Mapping) -> bool:
    """Whether the words are others than those which a later wording may have been put over."""
    stood = version if getattr(version, f"text_{language}") else before
    names = (f"heading_{language}", f"text_{language}")
    if stood is None or not getattr(stood, names[1]):
        return False
    return any(name in fields and fields[name] != getattr(stood, name) for name in names)


def come_back(
    section: Section, amendment: Amendment, day: date, file: str, changes: Changes
) -> SectionVersion | None:
    """The wording that comes back on the day after a temporary act; None where there was none.

    It keeps what the acts that are then in force have made of the section, without this one.
    BrokenFileError where one of them changes what is only there with this one.
    """
    versions = of_section(section)
    own = [one for one in versions if one.amendment_id == amendment.pk and one.valid_from == day]
    version = own[0] if own else SectionVersion(section=section, amendment=amendment)
    others = [one for one in versions if one not in own and one.valid_from <= day]
    standing = _standing(others, day)
    try:
        found = {language: _folded(standing, language) for language in OF_THE_LAW}
    except CannotConsolidate as error:
        problem = f"when act {amendment.reference} ends, a later act {error}"
        raise BrokenFileError(file, f"section {section.number}", problem) from error
    fields: dict = {}
    for language, wording in found.items():
        if wording is not None:
            fields |= fields_of(language, wording)
    if not fields:
        return None
    corrected = _corrected(version)
    fields = {name: words for name, words in fields.items() if name not in corrected}
    if version.pk is None:
        source = [one for one in standing if one.amendment_id != amendment.pk][-1].source
        fields |= {"valid_from": day, "source": source, "fetched_on": timezone.localdate()}
    changes.upsert(version, fields | {"parts": {language: [] for language in OF_THE_LAW}})
    return version


def bases(section: Section) -> dict[int, list[Wording | None]]:
    """What each wording that is put together from parts stands on, by its primary key."""
    versions = of_section(section)
    found: dict[int, list[Wording | None]] = {}
    for place, version in enumerate(versions):
        standing = _standing(versions[:place], version.valid_from)
        try:
            found[version.pk] = [_folded(standing, one) for one in OF_THE_LAW if version.parts]
        except CannotConsolidate:
            found[version.pk] = []
    return found


def doubt_moved(section: Section, before: Mapping[int, list], changes: Changes) -> None:
    """Words that a lawyer has found right and that now stand on others wait for a lawyer again.

    `before` are their `bases` as they were then.
    """
    now = bases(section)
    for version in of_section(section):
        if version.checked_at and before.get(version.pk, []) != now[version.pk]:
            changes.upsert(version, {"needs_legal_review": True})


def put_together_again(section: Section, file: str, changes: Changes) -> None:
    """Set the changed parts once more into what stands before them, in the order of the acts.

    Words that a lawyer has corrected stay. BrokenFileError, with the act, where what stands before
    does not have what it changes.
    """
    versions = of_section(section)
    for place, version in enumerate(versions):
        standing = _standing(versions[:place], version.valid_from)
        corrected = _corrected(version) if version.parts else set()
        fields: dict = {}
        for language, parts in version.parts.items():
            try:
                before = _folded(standing, language)
                after = applied(_read(parts), before) if before else None
            except CannotConsolidate as error:
                act = version.amendment.reference if version.amendment else section.act.reference
                problem = f"act {act}, which comes after it, then {error}"
                raise BrokenFileError(file, f"section {section.number}", problem) from error
            for name, words in fields_of(language, after).items() if after else ():
                if name not in corrected and words != getattr(version, name):
                    fields[name] = words
                    if parts:
                        fields["needs_legal_review"] = True
        changes.upsert(version, fields)


def _standing(versions: Sequence[SectionVersion], day: date) -> list[SectionVersion]:
    """Those of temporary acts that have ended before the day are left out."""
    return [
        one
        for one in versions
        if one.amendment is None
        or one.amendment.valid_until is None
        or one.amendment.valid_until >= day
    ]


def _folded(versions: Sequence[SectionVersion], language: str) -> Wording | None:
    """What the versions, one after another, have made of the wording in the language."""
    found = None
    for version in versions:
        text, parts = getattr(version, f"text_{language}"), version.parts.get(language)
        if not text:
            continue
        heading = getattr(version, f"heading_{language}")
        whole = parts is None or f"text_{language}" in _corrected(version)
        found = Wording(heading, text) if whole or found is None else applied(_read(parts), found)
    return found


def _read(parts: Sequence[Mapping]) -> list[TextualModification]:
    return [TextualModification(**part) for part in parts]


def set_ends(sections: Collection[Section], changes: Changes) -> None:
    """The last day of each wording: the day before the next one, or before the repeal if that is
    earlier; what an act made of a section that was repealed by then never was in force. So it is
    of each earlier repeal, up to the day from which the section was there again.
    """
    for section in sections:
        versions = of_section(section)
        for version, following in zip_longest(versions, versions[1:]):
            days = [following.valid_from if following else None, section.repealed_from]
            days += [
                date.fromisoformat(one["from"])
                for one in section.repealed_before
                if version.valid_from.isoformat() < one["until"]
            ]
            until = min(filter(None, days), default=None)
            ends = until - timedelta(days=1) if until else None
            changes.upsert(version, {"valid_to": ends})

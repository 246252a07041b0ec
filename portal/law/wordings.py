"""The wordings of a section in their order: how one follows from another, and when it ends."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import zip_longest

from django.utils import timezone

from portal.errors import BrokenFileError
from portal.importing import Changes

from .consolidation import CannotConsolidate, applied
from .models import Act, Amendment, Section, SectionVersion
from .reading.rows import AmendingRows, Edit, Wording

OF_THE_LAW = ("fi", "sv")
IN_WORDS = {"fi": "Finnish", "sv": "Swedish"}


def in_order(versions: Iterable[SectionVersion]) -> list[SectionVersion]:
    """From the wording with which the Act was given to the last one."""
    return sorted(
        versions,
        key=lambda one: (
            one.amendment is not None,
            one.valid_from,
            (one.amendment.year, one.amendment.number) if one.amendment else (0, 0),
        ),
    )


def of_section(section: Section) -> list[SectionVersion]:
    """The section's wordings in their order, each with its amending act."""
    return in_order(section.versions.select_related("amendment"))


def last(section: Section) -> SectionVersion | None:
    versions = of_section(section)
    return versions[-1] if versions else None


def last_before(versions: Sequence[SectionVersion], amendment: Amendment) -> SectionVersion | None:
    """The wording that the amending act found."""
    found = [one for one in versions if one.amendment_id != amendment.pk]
    return found[-1] if found else None


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
        fields |= _in(language, wording)
    _keep(version, fields, source, changes, unsure=any(one.unsure for one in wordings.values()))


def follow(
    section: Section, amendment: Amendment, edit: Edit, rows: AmendingRows, changes: Changes
) -> None:
    """Keep the wording that follows from what an amending act does to the section.

    Raises BrokenFileError when the wording before it is not there or does not have what is changed.
    """
    day = edit.day or amendment.in_force_from
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
    for language in rows.languages:
        change = edit.wording.get(language)
        if isinstance(change, Wording):
            wording = change
            unsure |= change.unsure
        else:
            wording = _put_together(before, change, language, edit, rows)
            unsure |= change is not None
        if wording is not None:
            fields |= _in(language, wording)
    _keep(version, fields, rows.source, changes, unsure=unsure)
    # What was put together over an earlier wording may have to be put together again.
    for later in others[place + 1 :]:
        if version.pk not in {one.pk for one in versions} and later.checked_at is None:
            changes.bring(later, {"to_be_checked": True})


def _put_together(before, parts, language: str, edit: Edit, rows: AmendingRows) -> Wording | None:
    """The wording before with the parts set in; without parts, as it was."""
    text = getattr(before, f"text_{language}") if before else []
    if not text:
        if parts is None:
            return None
        problem = (
            f"it changes a part of section {edit.section}, and the portal does not have the"
            f" {IN_WORDS[language]} text before it: import the act in {IN_WORDS[language]} first"
        )
        raise BrokenFileError(rows.file, edit.where, problem)
    wording = Wording(getattr(before, f"heading_{language}"), text)
    if parts is None:
        return wording
    try:
        return applied(parts, wording)
    except CannotConsolidate as error:
        problem = f"in section {edit.section} it {error}"
        raise BrokenFileError(rows.file, edit.where, problem) from error


def _in(language: str, wording: Wording) -> dict:
    return {f"heading_{language}": wording.heading, f"text_{language}": wording.text}


def _keep(
    version: SectionVersion, fields: dict, source: str, changes: Changes, *, unsure: bool
) -> None:
    """Save what is new; words that a lawyer has checked stay as they are."""
    if version.checked_at:
        fields = {
            name: value
            for name, value in fields.items()
            if not name.startswith(("heading_", "text_")) or not getattr(version, name)
        }
    if version.pk and all(getattr(version, name) == value for name, value in fields.items()):
        return
    texts = [fields.get(f"text_{one}", getattr(version, f"text_{one}")) for one in OF_THE_LAW]
    uneven = all(texts) and len(texts[0]) != len(texts[1])
    fields |= {"source": source, "fetched_on": timezone.localdate()}
    if unsure or uneven:
        fields["to_be_checked"] = True
    changes.bring(version, fields)


def set_ends(sections: Collection[Section], changes: Changes) -> None:
    """The last day of each wording: the day before the next one, or before the repeal."""
    for section in sections:
        versions = of_section(section)
        for version, following in zip_longest(versions, versions[1:]):
            until = following.valid_from if following else section.repealed_from
            ends = until - timedelta(days=1) if until else None
            changes.bring(version, {"valid_to": ends})

"""What a section said, says and will say: its wordings for readers, and which of them a day has."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.languages import current_language
from portal.linguistics import word_diffs

from . import finlex
from .consolidation import as_lines
from .models import Amendment, Section, SectionVersion
from .parsers.parsed import OF_THE_LAW


@dataclass
class Entry:
    """A wording in the list of wordings: how it stands, and what changed from the one before."""

    version: SectionVersion
    state: str
    kind: str
    parts: list[list[word_diffs.Part]] = field(default_factory=list)
    only: str = ""

    @property
    def amendment(self):
        return self.version.amendment


def entries(versions: Sequence[SectionVersion], language: str) -> list[Entry]:
    """The wordings with the newest first, compared in the language of the page.

    `only` is the language whose words alone changed, where that is not the one of the page.
    """
    found = []
    before = None
    for version in versions:
        state, kind = standing(version)
        entry = Entry(version, state, kind)
        if before is not None:
            here = version.language_for(language)
            old, new = whole(before, here), whole(version, here)
            if old and new and old != new:
                entry.parts = compared(before, version, here)
            entry.only = only(before, version, here)
        found.append(entry)
        before = version
    return found[::-1]


def whole(version: SectionVersion, language: str) -> str:
    """Heading and text as lines, in one language; nothing where the text is not there."""
    text = getattr(version, f"text_{language}")
    heading = getattr(version, f"heading_{language}")
    return f"{heading}\n\n{as_lines(text)}" if text else ""


def only(before: SectionVersion, version: SectionVersion, language: str) -> str:
    """The other language, when its words changed and those of this one did not.

    Where the words of one are not here, nothing is said of it.
    """
    other = "sv" if language == "fi" else "fi"
    return other if changed_in(before, version) == [other] else ""


def changed_in(before: SectionVersion | None, version: SectionVersion) -> list[str]:
    """The languages whose words a wording changed; all that it has, where none is before it."""
    found = []
    for language in OF_THE_LAW:
        now = whole(version, language)
        if now and (before is None or whole(before, language) not in ("", now)):
            found.append(language)
    return found


def last_change(
    versions: Sequence[SectionVersion], day: datetime.date
) -> tuple[SectionVersion, str] | None:
    """The wording of a day and the language whose words alone it changed, where it is one alone."""
    place = next((place for place, one in enumerate(versions) if one.holds_on(day)), 0)
    if not place or not versions[place].amendment:
        return None
    languages = changed_in(versions[place - 1], versions[place])
    return (
        (versions[place], languages[0]) if len(languages) == 1 and _both(versions[place]) else None
    )


def _both(version: SectionVersion) -> bool:
    """Whether it has its words in both languages."""
    return all(getattr(version, f"text_{language}") for language in OF_THE_LAW)


def compared(
    before: SectionVersion | None, after: SectionVersion | None, language: str
) -> list[list[word_diffs.Part]]:
    """What changed in the heading, and what in the text; what neither wording has is left out."""
    pairs = zip(_in(before, language), _in(after, language), strict=True)
    return [word_diffs.words(old, new) for old, new in pairs if old or new]


def _in(version: SectionVersion | None, language: str) -> tuple[str, str]:
    text = getattr(version, f"text_{language}") if version else []
    return (getattr(version, f"heading_{language}"), as_lines(text)) if text else ("", "")


def heading_of(section: Section, wording: SectionVersion | None) -> tuple[str, str]:
    """What a section is called in a wording of it, and the language of that.

    The wording's own heading, but in English the portal's where the section is still called so.
    """
    language = current_language()
    if wording is not None and wording.heading:
        own = wording.language
        if language == own or wording.heading != getattr(section, f"name_{own}"):
            return wording.heading, own
    there = getattr(section, f"name_{language}")
    return section.name, language if there else "fi"


def never_in_force(section: Section, amendments) -> bool:
    """Whether a repealed section was repealed no later than the day it would have come into force.

    `amendments` are those of its act, by reference.
    """
    if not section.is_repealed or section.repealed_from is None:
        return False
    by = amendments.get(section.added_by) or section.act
    return section.repealed_from <= by.in_force_from


def coming(versions: Sequence[SectionVersion], day: datetime.date) -> SectionVersion | None:
    """The first wording to come into force after a day, of a section that has none before that."""
    first = next_after(versions, datetime.date.min)
    return first if first and first.valid_from > day else None


def enacted(versions: Sequence[SectionVersion], day: datetime.date) -> SectionVersion | None:
    """The wording with which a section was enacted, on a day when nothing of it is in force yet."""
    first = versions[0] if versions else None
    return first if first and first.valid_from > day else None


def next_after(versions: Sequence[SectionVersion], day: datetime.date) -> SectionVersion | None:
    """The first wording to come into force after a day."""
    return next((one for one in versions if not one.never_in_force and one.valid_from > day), None)


def reaches(section: Section, versions: Sequence[SectionVersion]) -> str:
    """The last act that the section's text takes in: the act's own last amendment, unless the text
    of one that changed the section has not been imported.
    """
    there = {version.amendment.reference for version in versions if version.amendment}
    if set(section.amended_by) <= there or not versions:
        return section.act.consolidated_to or section.act.reference
    last = versions[-1].amendment
    return last.reference if last else section.act.reference


def standing(version: SectionVersion) -> tuple[str, str]:
    """How a wording stands today, in words and as the kind of a tag."""
    today = timezone.localdate()
    if version.never_in_force:
        return _("Enacted, never in force"), "neutral"
    if version.valid_from > today:
        return _("From %(day)s") % {"day": _short(version.valid_from)}, "warning"
    if version.valid_to and version.valid_to < today:
        days = {"first": _short(version.valid_from), "last": _short(version.valid_to)}
        return _("In force %(first)s to %(last)s") % days, "neutral"
    return _("In force"), "good"


class Documents(NamedTuple):
    """Where an amending act and what prepared it are read, and its provision on entry into force.

    An address is empty where there is none. The provision is in the reader's language, or in the
    one there is.
    """

    act: str
    proposal: str
    report: str
    transitional: str
    language: str


def documents_of(amendment: Amendment) -> Documents:
    """The addresses and the provision for readers of the active language."""
    language = current_language()
    return Documents(
        finlex.as_given(amendment, language),
        finlex.proposal(amendment.proposal, language),
        finlex.committee_report(amendment.committee_report, language),
        *_transitional(amendment, language),
    )


def _transitional(amendment: Amendment, language: str) -> tuple[str, str]:
    """Its provision on entry into force in the reader's language, or in the one there is."""
    asked, other = ("sv", "fi") if language == "sv" else ("fi", "sv")
    if words := getattr(amendment, f"transitional_{asked}"):
        return words, asked
    return getattr(amendment, f"transitional_{other}"), other


def label_of(section: Section, amendments) -> tuple[str, str] | None:
    """What is said of a section that is repealed, or that comes or goes on a later day."""
    today = timezone.localdate()
    if section.is_repealed:
        return _("Repealed"), "bad"
    if section.repealed_from and section.repealed_from > today:
        return _("Repealed from %(day)s") % {"day": _short(section.repealed_from)}, "warning"
    added = amendments.get(section.added_by)
    if added and added.in_force_from > today:
        return _("From %(day)s") % {"day": _short(added.in_force_from)}, "warning"
    return None


def _short(day: datetime.date) -> str:
    """In numbers in Finnish; elsewhere with the month in letters, as "den" and English ask for."""
    return date_format(day, "SHORT_DATE_FORMAT" if current_language() == "fi" else "DATE_FORMAT")

"""What a section said, says and will say: its wordings for readers, and which of them a day has."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal import diffs
from portal.errors import BadParameter

from .consolidation import as_lines
from .models import Section, SectionVersion


def asked_day(request) -> datetime.date | None:
    """The day of `?on=`, or nothing. Raises BadParameter for what is no day."""
    value = request.GET.get("on", "").strip()
    if not value:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise BadParameter("on", value) from error


@dataclass
class Entry:
    """A wording in the list of wordings: how it stands, and what changed from the one before."""

    version: SectionVersion
    state: str
    kind: str
    parts: list[diffs.Part] = field(default_factory=list)
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
            if old and new:
                entry.parts = diffs.words(old, new) if old != new else []
            other = "sv" if here == "fi" else "fi"
            if old == new and whole(before, other) != whole(version, other):
                entry.only = other
        found.append(entry)
        before = version
    return found[::-1]


def whole(version: SectionVersion, language: str) -> str:
    """Heading and text as lines, in one language; nothing where the text is not there."""
    text = getattr(version, f"text_{language}")
    heading = getattr(version, f"heading_{language}")
    return f"{heading}\n\n{as_lines(text)}" if text else ""


def standing(version: SectionVersion) -> tuple[str, str]:
    """How a wording stands today, in words and as the kind of a tag."""
    today = timezone.localdate()
    if version.never_in_force:
        return _("Enacted, never in force"), "neutral"
    if version.valid_from > today:
        return _("From %(day)s") % {"day": _short(version.valid_from)}, "warning"
    if version.valid_to and version.valid_to < today:
        days = {"first": _short(version.valid_from), "last": _short(version.valid_to)}
        return _("In force %(first)s–%(last)s") % days, "neutral"
    return _("In force"), "good"


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
    return date_format(day, "SHORT_DATE_FORMAT")

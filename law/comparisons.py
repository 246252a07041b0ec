"""An act and its sections on two days: which wordings differ, and how."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.languages import current_language
from portal.linguistics import word_diffs

from . import timeline, wordings
from .models import Act, Section, SectionVersion
from .models.acts import AwaitedAct
from .references import User

ONE_DAY = datetime.timedelta(days=1)


@dataclass
class Comparison:
    """A section on two days: its wordings then, and the words that differ in `language`.

    `only` is the other language, when its words alone changed. `awaits` is an act that changed the
    section between the days and whose words are not here.
    """

    section: Section
    before: SectionVersion | None
    after: SectionVersion | None
    language: str
    parts: list[list[word_diffs.Part]] = field(default_factory=list)
    only: str = ""
    awaits: AwaitedAct | None = None

    @property
    def is_other(self) -> bool:
        """Whether the section changed between the two days."""
        return bool(self.parts or self.only or self.awaits)

    @property
    def told(self) -> str:
        """What happened to the section, in a word."""
        if self.before is None and self.after is not None:
            return _("New")
        if self.before is not None and self.after is None:
            return _("Repealed")
        return ""


def compare(
    section: Section, versions: list[SectionVersion], days: tuple[datetime.date, datetime.date]
) -> Comparison:
    """A section on two days, the earlier first; `versions` are its wordings with their acts."""
    before, after = (next((one for one in versions if one.holds_on(day)), None) for day in days)
    language = _language(before, after)
    found = Comparison(section, before, after, language)
    old = timeline.whole(before, language) if before else ""
    new = timeline.whole(after, language) if after else ""
    if old != new:
        found.parts = timeline.compared(before, after, language)
    elif before and after:
        found.only = timeline.only(before, after, language)
    amendments = {one.reference: one for one in section.act.amendments.all()}
    awaits = section.awaited(amendments, wordings.acts_of(versions), days[1])
    if awaits and awaits.in_force_from > days[0]:
        found.awaits = awaits
    return found


def _language(before: SectionVersion | None, after: SectionVersion | None) -> str:
    """The reader's language where both wordings have it, or else one that both have."""
    asked, other = ("sv", "fi") if current_language() == "sv" else ("fi", "sv")
    there = [one for one in (before, after) if one]
    for language in (asked, other):
        if all(getattr(one, f"text_{language}") for one in there):
            return language
    return asked


def of_act(act: Act, days: tuple[datetime.date, datetime.date], user: User) -> list[Comparison]:
    """The sections of an act that differ on two days, in their order: two queries."""
    sections = list(act.sections.visible_to(user).select_related("chapter").order_by("position"))
    versions = wordings.of_act(act, user)
    found = []
    for section in sections:
        section.act = act
        one = compare(section, versions.get(section.pk, []), days)
        if one.is_other:
            found.append(one)
    return found


class DayOfChange(NamedTuple):
    """A day on which an act changed."""

    number: int
    year: int
    day: datetime.date

    def get_absolute_url(self) -> str:
        """What changed on 1.1.2026."""
        return reverse(
            "law:changed_on",
            kwargs={"number": self.number, "year": self.year, "day": self.day.isoformat()},
        )


def days_of_change(acts: Iterable[Act]) -> list[DayOfChange]:
    """The days on which wordings or sections of the acts came or went, the newest first.

    Not the first day of an act. An act whose words are not here counts by its day. Each act comes
    with its amendments. Two queries.
    """
    by_pk = {act.pk: act for act in acts}
    found = {
        (act.pk, amendment.in_force_from)
        for act in by_pk.values()
        for amendment in act.amendments.all()
    }
    rows = SectionVersion.objects.filter(section__act__in=by_pk).values_list(
        "section__act", "valid_from", "valid_to"
    )
    for act, first, last in rows.order_by().distinct():
        if last is None or last >= first:
            found.add((act, first))
    repeals = Section.objects.filter(act__in=by_pk)
    for act, day in repeals.order_by().values_list("act", "repealed_from").distinct():
        if day is not None:
            found.add((act, day))
    return [
        DayOfChange(by_pk[act].number, by_pk[act].year, day)
        for act, day in sorted(found, key=lambda one: one[1], reverse=True)
        if day > by_pk[act].in_force_from
    ]


def all_days(user: User) -> list[DayOfChange]:
    """Those of every act, for the map of the site."""
    return days_of_change(Act.objects.visible_to(user).prefetch_related("amendments"))

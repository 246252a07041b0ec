"""What amending acts change, and what of it is still being checked, for the home page."""

from dataclasses import dataclass
from datetime import date

from .models import Act, Section


@dataclass(frozen=True)
class LawChange:
    """One amending act: which sections it changes, and whether the portal has seen its words.

    `sections` is empty when only the number of the act is known.
    """

    act: Act
    reference: str
    day: date
    sections: list[Section]
    unseen: bool


def newest_law_changes() -> list[LawChange]:
    """The amending acts, those that were in force last first: three queries, however many.

    Without those of invented acts.
    """
    acts = list(Act.objects.real().prefetch_related("amendments"))
    sections: dict[tuple[int, str], list[Section]] = {}
    for section in Section.objects.real().select_related("act").order_by("act", "position"):
        for one in {section.added_by, *section.amended_by, section.repealed_by} - {""}:
            sections.setdefault((section.act_id, one), []).append(section)
    found = []
    for act in acts:
        for amendment in act.amendments.all():
            changed = sections.get((act.pk, amendment.reference), [])
            unseen = any(amendment.reference in section.acts_unseen for section in changed)
            found.append(
                LawChange(act, amendment.reference, amendment.in_force_from, changed, unseen)
            )
        for awaited in act.acts_awaited:
            found.append(LawChange(act, awaited.reference, awaited.in_force_from, [], True))
    return sorted(found, key=lambda one: (one.day, one.reference), reverse=True)

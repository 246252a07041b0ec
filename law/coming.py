"""What is coming to an act: amending acts that are published and not yet in the portal's words."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from portal.languages import current_language

from . import finlex
from .models import Act, IncomingAmendment, LawWatch

State = IncomingAmendment.State
PUBLIC = (State.ANNOUNCED, State.READY)


class Published(NamedTuple):
    """An amending act; no sections when they are not known.

    `finlex` is its address there, empty for what amends an invented act.
    """

    reference: str
    in_force_from: date | None
    sections: list[str]
    finlex: str


def published(act: Act, amendments: Iterable[str] = ()) -> list[Published]:
    """Those of an act that nobody has decided on yet, the first in force first: one query.

    One whose reference is among `amendments`, those that the portal's act counts already, is left
    out: the section says of such an act that its words are missing.
    """
    known = set(amendments)
    found = (
        IncomingAmendment.objects.filter(act=act, state__in=PUBLIC)
        .select_related("act")
        .defer("rows")
        .order_by("in_force_from", "year", "number")
    )
    language = current_language()
    return [
        Published(
            one.reference,
            one.in_force_from,
            one.sections,
            "" if act.example else finlex.as_given(one, language),
        )
        for one in found
        if one.reference not in known
    ]


def touching(incoming: Iterable[Published], section: str) -> list[Published]:
    """Those that change a section, by its number; each whose sections are not known may."""
    return [one for one in incoming if not one.sections or section in one.sections]


def compared_on(act: Act) -> date | None:
    """The day of the last look at Finlex that found what it asked for: one query."""
    return _days({"number": act.number, "year": act.year}).get((act.number, act.year))


def compared_days() -> dict[tuple[int, int], date]:
    """The same of every act, by number and year: one query."""
    return _days({})


def _days(which: dict) -> dict[tuple[int, int], date]:
    looks = LawWatch.objects.filter(**which, looked_at__isnull=False)
    return {
        (number, year): timezone.localdate(at)
        for number, year, at in looks.values_list("number", "year", "looked_at")
    }

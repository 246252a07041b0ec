"""What is coming to an act: amending acts that are published and not yet in the portal's words."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.languages import current_language

from . import finlex
from .models import Act, Amendment, IncomingAmendment, LawWatch, PendingBill

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


class Next(NamedTuple):
    """A change of the law that is ahead: when, by what, how certain it is, and where it is told.

    `day` is empty while it is not known, and `when` says it as exactly as it is known.
    """

    day: date | None
    when: str
    title: str
    told: str
    url: str


def next_changes(today: date) -> list[Next]:
    """What changes acts next, the first to come first: given, published, and bills on their way.

    Without invented acts. Four queries.
    """
    found = [
        Next(
            one.in_force_from,
            date_format(one.in_force_from),
            _("Act %(number)s changes %(act)s")
            % {"number": one.reference, "act": one.act.short_name},
            _("given"),
            one.act.get_absolute_url(),
        )
        for one in Amendment.objects.filter(
            act__example=False, in_force_from__gt=today
        ).select_related("act")
    ]
    ahead = Q(in_force_from__gt=today) | Q(in_force_from=None)
    incoming = IncomingAmendment.objects.filter(ahead, act__example=False, state__in=PUBLIC)
    given = {one.title for one in found}
    for one in incoming.select_related("act").defer("rows"):
        title = _("Act %(number)s changes %(act)s") % {
            "number": one.reference,
            "act": one.act.short_name,
        }
        if title not in given:
            when = date_format(one.in_force_from) if one.in_force_from else ""
            url = one.act.get_absolute_url()
            found.append(Next(one.in_force_from, when, title, _("given, being checked"), url))
    bills = PendingBill.objects.live().exclude(acts__example=True).prefetch_related("acts")
    found += [
        Next(
            one.planned_on, one.planned, one.title, one.get_stage_display(), one.get_absolute_url()
        )
        for one in bills
        if one.planned_on is None or one.planned_on > today
    ]
    return sorted(found, key=lambda one: (one.day or date.max, one.title))


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

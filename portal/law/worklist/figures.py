"""How much of the work that changes of the law have made is open, done, and how old."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.roles import TEAMS
from portal.law.models import Check

OPEN = Q(state=Check.State.OPEN)
FIGURES = {
    "open": Count("pk", filter=OPEN),
    "done": Count("pk", filter=~OPEN),
    "oldest": Min("change__opened_at", filter=OPEN),
}


@dataclass(frozen=True)
class Figures:
    """Checks that are open and done, and since when the oldest of the open ones waits."""

    open: int = 0
    done: int = 0
    oldest: datetime | None = None

    @property
    def waited(self) -> str:
        """For how long the oldest open check has waited; a dash when none is open."""
        if self.oldest is None:
            return "–"
        days = (timezone.localdate() - timezone.localdate(self.oldest)).days
        if days == 0:
            return _("today")
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


@dataclass(frozen=True)
class Team:
    role: str
    name: str | Promise
    figures: Figures


def by(checks: QuerySet[Check], field: str) -> dict:
    """The figures of the checks for each value of a field: one query."""
    rows = checks.order_by().values(field).annotate(**FIGURES)
    return {row.pop(field): Figures(**row) for row in rows.values(field, *FIGURES)}


def of_teams() -> list[Team]:
    """Every team with its figures, in the order of the roles: one query."""
    found = by(Check.objects.all(), "owner")
    return [Team(role, name, found.get(role, Figures())) for role, name in TEAMS.items()]

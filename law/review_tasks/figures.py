"""How much of the work that changes of the law have made is open, done, and how old.

Counted as the work lists show it: a thing is one in all its languages, once on the list of each
change, and open until each of its languages is settled.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Count, Min, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from law.models import ImpactReview
from portal.accounts.roles import Team, teams_for

OPEN = Q(state=ImpactReview.State.OPEN)
THING = Concat(
    Cast("effect", CharField()), Value(":"), "kind", Value(":"), "thing", output_field=CharField()
)
FIGURES = {
    "open": Count(THING, filter=OPEN, distinct=True),
    "done": Count(THING, distinct=True) - Count(THING, filter=OPEN, distinct=True),
    "oldest": Min("effect__opened_at", filter=OPEN),
}


@dataclass(frozen=True)
class Figures:
    """Things that are open and done, and since when the oldest of the open ones waits."""

    open: int = 0
    done: int = 0
    oldest: datetime | None = None

    @property
    def waited(self) -> str:
        """For how long the oldest open review has waited; a dash when none is open."""
        if self.oldest is None:
            return "–"
        days = (timezone.localdate() - timezone.localdate(self.oldest)).days
        if days == 0:
            return _("today")
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def of(reviews: QuerySet[ImpactReview]) -> Figures:
    """The figures of all of the reviews: one query."""
    return Figures(**reviews.order_by().aggregate(**FIGURES))


def by(reviews: QuerySet[ImpactReview], field: str) -> dict:
    """The figures of the reviews for each value of a field: one query."""
    rows = reviews.order_by().values(field).annotate(**FIGURES)
    return {row.pop(field): Figures(**row) for row in rows.values(field, *FIGURES)}


def of_teams(user) -> list[Team[Figures]]:
    """Every team with its figures, those of `user` first: two queries, of which one for roles."""
    return teams_for(user, by(ImpactReview.objects.all(), "owner"), Figures())

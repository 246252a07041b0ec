"""Which pages are to be reviewed, and how many of them each team has."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import page_permission_policy

from content.reviews import due_pages
from portal.accounts.roles import TEAMS, roles_of

WHEN = {"overdue": _("Overdue"), "30": _("Due in 30 days"), "90": _("Due in 90 days")}


@dataclass(frozen=True)
class Team:
    """How many pages of a team are overdue, and due in 30 and in 90 days; each is in the next."""

    role: str
    name: str | Promise
    overdue: int
    soon: int
    later: int


def pages_for(user):
    """Pages that are looked through at intervals and that `user` meets in /cms/: own roles first.

    Each has `own`, 0 when the keeper is a role of `user` and else 1.
    """
    roles = roles_of(user)
    met = page_permission_policy.explorable_instances(user)
    own = Case(When(kept_by__in=roles, then=Value(0)), default=1, output_field=IntegerField())
    return (
        due_pages()
        .filter(pk__in=met.values("pk"))
        .annotate(own=own)
        .order_by("own", "due", "title", "pk")
    )


def within(when: str, today: date | None = None) -> Q:
    """The pages that are due by a choice of WHEN; those due in 30 days have the overdue ones."""
    today = today or timezone.localdate()
    if when == "overdue":
        return Q(due__lt=today)
    return Q(due__lte=today + timedelta(days=int(when)))


def of_teams(user) -> list[Team]:
    """Every team with its figures, in the order of the roles: one query."""
    rows = (
        pages_for(user)
        .order_by()
        .values("kept_by")
        .annotate(
            overdue=Count("pk", filter=within("overdue")),
            soon=Count("pk", filter=within("30")),
            later=Count("pk", filter=within("90")),
        )
        .values_list("kept_by", "overdue", "soon", "later")
    )
    found = {role: figures for role, *figures in rows}
    return [Team(role, name, *found.get(role, (0, 0, 0))) for role, name in TEAMS.items()]

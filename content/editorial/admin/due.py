"""Which pages are to be reviewed, and how many of them each team has.

A page is one in all its languages: it is confirmed in one click, and counted once.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Case, Count, IntegerField, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import page_permission_policy

from content.editorial.reviews import due_pages
from content.pages.models.translation_lag import with_translation_lag
from portal.accounts.roles import TEAMS, Team, roles_of, teams_for
from portal.languages import LANGUAGES, current_language

WHEN = {
    "overdue": _("Overdue"),
    "30": _("Due in 30 days"),
    "90": _("Due in 31–90 days"),
    "later": _("Due later"),
}


def pages_for(user):
    """Pages that are looked through at intervals and that `user` meets in /cms/: own roles first.

    Each language of a page is one, with `own`: 0 when the keeper is a role of `user`, else 1.
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


def one_a_page(versions, *together: str):
    """Of the languages of each page the one that comes first: of an own role, most overdue.

    `together` are further fields that the languages have to have in common to be one row.
    """
    first = Window(
        RowNumber(),
        partition_by=["translation_key", *together],
        order_by=["own", "due", "locale_id", "pk"],
    )
    placed = versions.order_by().annotate(place=first).filter(place=1)
    return versions.filter(pk__in=placed.values("pk"))


def tell_languages(pages: Collection, user) -> None:
    """Give each page its `versions`, those that `user` meets, its `name` and its `team`: one query.

    Versions come in the order of the languages; the name is in the language of the person, where
    the page has it.
    """
    together = defaultdict(list)
    keys = {page.translation_key for page in pages}
    versions = with_translation_lag(pages_for(user).filter(translation_key__in=keys))
    for version in versions:
        version.overdue = version.due < timezone.localdate()
        together[version.translation_key].append(version)
    here = current_language()
    for page in pages:
        page.versions = sorted(together[page.translation_key], key=_by_language)
        page.all_overdue = all(version.overdue for version in page.versions)
        page.in_languages = ", ".join(map(_code, page.versions))
        page.name = next((each.title for each in page.versions if _code(each) == here), page.title)
        page.team = TEAMS[page.kept_by]


def _code(page) -> str:
    return page.locale.language_code


def _by_language(page) -> int:
    return LANGUAGES.index(_code(page))


def within(when: str, today: date | None = None) -> Q:
    """The pages that are due by a choice of WHEN."""
    today = today or timezone.localdate()
    in_30, in_90 = today + timedelta(days=30), today + timedelta(days=90)
    return {
        "overdue": Q(due__lt=today),
        "30": Q(due__gte=today, due__lte=in_30),
        "90": Q(due__gt=in_30, due__lte=in_90),
        "later": Q(due__gt=in_90),
    }[when]


def of_teams(user) -> list[Team[dict[str, int]]]:
    """How many pages of each team are due by each choice of WHEN, the teams of `user` first.

    A page is counted once, by the first day of its languages. Two queries, of which one for roles.
    """
    numbers = {f"due_{when}": Count("pk", filter=within(when)) for when in WHEN}
    rows = (
        one_a_page(pages_for(user), "kept_by")
        .order_by()
        .values("kept_by")
        .annotate(**numbers)
        .values("kept_by", *numbers)
    )
    found = {row["kept_by"]: {when: row[f"due_{when}"] for when in WHEN} for row in rows}
    return teams_for(user, found, dict.fromkeys(WHEN, 0))

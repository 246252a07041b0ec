"""The monthly list: one letter a person a month about what their roles have to look through.

Written on the first working day of the month, or when the worker is next at work in that month. A
month is written once and whole: its row and its letters are one transaction.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from content.pages.models import ReviewDigest
from law.models import ImpactReview
from law.review_tasks import figures
from portal import working_days
from portal.accounts.models import User
from portal.accounts.roles import ROLES, TEAMS, roles_of
from portal.days import months_after
from portal.feedback.models import Opinion
from portal.languages import LANGUAGES, in_language
from portal.links import Link
from portal.mail import outbox

from .reviews import due_pages

LINES = 30


@dataclass(frozen=True, kw_only=True)
class Line(Link):
    """One page, in all the languages that are due, by the earliest day of them."""

    day: date
    languages: list[str]


@dataclass(frozen=True)
class Due:
    """What a person's roles have to look through; `more` pages stand in /cms/ alone."""

    overdue: list[Line]
    this_month: list[Line]
    more: int
    impact_reviews: int
    oldest: date | None
    opinions: int

    def __bool__(self) -> bool:
        return bool(self.overdue or self.this_month or self.impact_reviews or self.opinions)


def write_digests(today: date | None = None) -> int:
    """Write the letters of the month, unless they are written or it is too early; how many."""
    today = today or timezone.localdate()
    month = today.replace(day=1)
    if today < working_days.first_of(month) or ReviewDigest.objects.filter(month=month).exists():
        return 0
    with transaction.atomic():
        row, new = ReviewDigest.objects.get_or_create(month=month)
        if not new:
            return 0
        row.letters = sum(_write(person, today) for person in people())
        row.save(update_fields=["letters"])
        return row.letters


def people():
    """Those who have a role, each once, however many they have."""
    return [
        person
        for person in User.objects.filter(is_active=True, groups__name__in=ROLES).distinct()
        if person.works_here
    ]


def due_for(person: User, today: date) -> Due:
    """What the roles of `person` have to look through by the end of the month of `today`.

    Titles are in the person's language where the page is published in it. The number of queries
    does not depend on how much there is.
    """
    roles = roles_of(person)
    met = page_permission_policy.explorable_instances(person)
    last = months_after(today.replace(day=1), 1)
    pages = due_pages().filter(kept_by__in=roles, due__lt=last, pk__in=met.values("pk"))
    lines = _lines(pages, person.language)
    overdue = [line for line in lines if line.day < today]
    this_month = [line for line in lines if line.day >= today]
    impact_reviews = figures.of(
        ImpactReview.objects.filter(state=ImpactReview.State.OPEN, owner__in=roles)
    )
    opinions = Opinion.objects.visible_to(person).to_deal_with()
    return Due(
        overdue=overdue[:LINES],
        this_month=this_month[:LINES],
        more=len(overdue[LINES:]) + len(this_month[LINES:]),
        impact_reviews=impact_reviews.open,
        oldest=impact_reviews.oldest and timezone.localdate(impact_reviews.oldest),
        opinions=opinions.filter(state=Opinion.State.NEW, owner__in=roles).count(),
    )


def _lines(pages: Collection[Page], language: str) -> list[Line]:
    together: dict[object, list[Page]] = defaultdict(list)
    for page in pages:
        together[page.translation_key].append(page)
    lines = []
    for versions in together.values():
        codes = {page.locale.language_code: page for page in versions}
        first = codes.get(language) or versions[0]
        lines.append(
            Line(
                title=first.title,
                day=min(page.due for page in versions),
                languages=[code for code in LANGUAGES if code in codes],
                url=reverse("content_reviews:confirm", args=[first.pk]),
            )
        )
    return lines


def _write(person: User, today: date) -> int:
    due = due_for(person, today)
    if not due:
        return 0
    with in_language(person.language):
        teams = [str(TEAMS[role]) for role in ROLES if role in roles_of(person)]
    outbox.write(
        "content/monthly",
        to=person.email,
        language=person.language,
        context={"person": person, "due": due, "teams": teams, "month": today},
    )
    return 1

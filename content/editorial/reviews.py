"""Reviews of pages: who looked one through, in which role, and when the next is due.

The dates of a page are set here and nowhere else. The caller has already asked who may.
"""

from datetime import datetime
from functools import cache

from django.apps import apps
from django.db import transaction
from django.db.models import CharField, DateField, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from content.pages.models import BasePage, PageReview, SubjectPage
from law import impact_reviews
from portal.accounts.models import User
from portal.accounts.roles import ROLES, roles_of
from portal.days import months_after

Outcome = PageReview.Outcome


def record(
    page: BasePage,
    outcome: str,
    *,
    by: User,
    at: datetime | None = None,
    note: str = "",
) -> PageReview:
    """Write down one review of one page, and the dates that follow from it."""
    review = PageReview.objects.create(
        page_id=page.pk,
        at=at or timezone.now(),
        by=by,
        role=role_of(by, page),
        outcome=outcome,
        note=note,
    )
    page.reviewed_on, page.reviewed_by = timezone.localdate(review.at), review.role
    with_aliases(page).update(reviewed_on=page.reviewed_on, reviewed_by=page.reviewed_by)
    set_due(page, review.at)
    return review


def set_due(page: BasePage, at: datetime) -> None:
    """The day of the next review, counted from `at`: a review, or a publication by nobody.

    What the portal itself published, such as starter texts, nobody has looked through yet.
    """
    if page.REVIEW_MONTHS:
        page.review_due_on = months_after(timezone.localdate(at), page.REVIEW_MONTHS)
    with_aliases(page).update(review_due_on=page.review_due_on)


def with_aliases(page: BasePage) -> QuerySet:
    """The page and those that show it elsewhere: they have the same dates."""
    return type(page).objects.filter(Q(pk=page.pk) | Q(alias_of=page.pk))


@transaction.atomic
def confirm(page: Page, *, by: User, note: str = "") -> list[PageReview]:
    """`by` found what the page says still right: all its published languages are reviewed.

    Its open reviews after changes of the law are confirmed with it. A language that was confirmed
    already today, with nothing published since, is left as it is, so a second click does nothing.
    Returns the reviews written.
    """
    versions = versions_of(page, lock=True)
    fresh = [record(each, Outcome.CONFIRMED, by=by, note=note) for each in _to_confirm(versions)]
    for review in fresh:
        each = next(version for version in versions if version.pk == review.page_id)
        log(each, "content.review", user=by, data={"note": note, "role": review.role})
    for kind in {each.referrer_key for each in versions if isinstance(each, SubjectPage)}:
        impact_reviews.confirm(kind, str(page.translation_key), by=by, note=note)
    return fresh


def versions_of(page: Page, *, lock: bool = False) -> list[BasePage]:
    """The page in each language in which it is published, Finnish first."""
    pages = Page.objects.filter(translation_key=page.translation_key, live=True, alias_of=None)
    if lock:
        pages = pages.select_for_update()
    keys = list(pages.values_list("pk", flat=True))
    found = Page.objects.filter(pk__in=keys).select_related("locale").order_by("locale_id")
    return [each for each in found.specific() if isinstance(each, BasePage)]


def may_confirm(user: User, versions: list[BasePage]) -> bool:
    """Those who may publish every version of the page answer for it."""
    return bool(versions) and all(
        version.permissions_for_user(user).can_publish() for version in versions
    )


@cache
def reviewed_kinds() -> tuple[type[BasePage], ...]:
    """The kinds of page that are looked through at intervals."""
    every = apps.get_models()
    return tuple(model for model in every if issubclass(model, BasePage) and model.REVIEW_MONTHS)


def is_reviewed(page: Page) -> bool:
    """Whether pages of this kind are looked through at all: published, with a text of their own."""
    model = page.specific_class
    return bool(page.live and model in reviewed_kinds() and not page.alias_of_id)


def role_of(person: User, page: BasePage) -> str:
    """The role in which `person` reviews the page: its keeper's when they have it, else their own.

    Whoever has no role of their own (a superuser) acts for the keeper.
    """
    own = roles_of(person)
    if not own or page.keeper in own:
        return page.keeper
    return next(role for role in ROLES if role in own)


def due_pages():
    """Published pages that are looked through at intervals, as plain pages with their dates.

    Annotated: `due` (day), `kept_by` (role), `last_reviewed` (day), `last_role`. The most overdue
    first. One query, whatever kinds of page there are.
    """

    def field(name, output):
        names = [f"{model._meta.model_name}__{name}" for model in reviewed_kinds()]
        return Coalesce(*names, output_field=output)

    return (
        Page.objects.filter(_of_kinds(), live=True, alias_of=None)
        .annotate(
            due=field("review_due_on", DateField()),
            kept_by=field("keeper", CharField()),
            last_reviewed=field("reviewed_on", DateField()),
            last_role=field("reviewed_by", CharField()),
        )
        .exclude(due=None)
        .select_related("locale", "content_type")
        .order_by(F("due").asc(), "title", "pk")
    )


def _of_kinds() -> Q:
    kinds = Q()
    for model in reviewed_kinds():
        kinds |= Q(**{f"{model._meta.model_name}__isnull": False})
    return kinds


def _to_confirm(versions: list[BasePage]) -> list[BasePage]:
    """Those of the versions that were not confirmed today already."""
    latest: dict[int, PageReview] = {}
    for review in PageReview.objects.filter(page__in=[each.pk for each in versions]):
        latest.setdefault(review.page_id, review)
    today = timezone.localdate()
    return [
        each
        for each in versions
        if (last := latest.get(each.pk)) is None
        or last.outcome != Outcome.CONFIRMED
        or timezone.localdate(last.at) != today
    ]

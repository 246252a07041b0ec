"""Which pages a reader may see, and in which language."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import ExpressionWrapper
from django.db.models.fields import CharField
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

from law.impact_reviews import under_review
from portal.caching.memory import remembered

User = AbstractUser | AnonymousUser
FEW = 40  # paths that a query can name; more of them are asked of the database


@dataclass(frozen=True)
class Restrictions:
    """All restrictions of the site, as (path of the page, type, keys of the groups)."""

    rows: tuple[tuple[str, str, frozenset[int]], ...]

    def above(self, path: str) -> bool:
        """Whether the page at a path of the tree, or one above it, is restricted."""
        return any(path.startswith(restricted) for restricted, _type, _groups in self.rows)

    def closed_to(self, user: User | None) -> tuple[str, ...]:
        """The paths under which `user` sees nothing; without a user, all that are restricted.

        A shared password opens a page, but never puts it on a list. A path below another of them is
        left out.
        """
        groups = self._groups_of(user)
        closed: list[str] = []
        for path, kind, opened_to in self.rows:
            opened = False
            if user is not None and user.is_authenticated:
                opened = kind == PageViewRestriction.LOGIN
                if kind == PageViewRestriction.GROUPS:
                    opened = user.is_superuser or bool(opened_to & groups)
            if not opened and not (closed and path.startswith(closed[-1])):
                closed.append(path)
        return tuple(closed)

    def _groups_of(self, user: User | None) -> frozenset[int]:
        if user is None or not user.is_authenticated or not any(row[2] for row in self.rows):
            return frozenset()
        return frozenset(user.groups.values_list("pk", flat=True))


def restrictions() -> Restrictions:
    """The restrictions there are, in the order of their paths: one query in a version."""
    return remembered(_read, "restrictions")


def closed_to(user: User) -> tuple[str, ...]:
    """The paths of the tree under which `user` sees nothing: all that lists differ by."""
    return restrictions().closed_to(user)


def _read() -> Restrictions:
    rows = PageViewRestriction.objects.order_by("page__path").values_list(
        "pk", "page__path", "restriction_type", "groups"
    )
    found: dict[int, tuple[str, str, set[int]]] = {}
    for pk, path, kind, group in rows:
        found.setdefault(pk, (path, kind, set()))[2].add(group)
    return Restrictions(
        tuple((path, kind, frozenset(groups - {None})) for path, kind, groups in found.values())
    )


def visible_to(pages, user):
    """Those of a queryset of pages (of any class) that are published and open to `user`.

    An alias is as open as its original, too. Hardly ever is anything restricted: the query names
    what is, and only when that is very much the database compares each page with each restriction.
    """
    closed = closed_to(user)
    if len(closed) > FEW:
        return pages.filter(~Exists(_closed_above(closed)), live=True)
    for path in closed:
        pages = pages.exclude(path__startswith=path).exclude(alias_of__path__startswith=path)
    return pages.filter(live=True)


def _closed_above(closed: tuple[str, ...]):
    """Of pages at the paths `closed`: those that are a page (OuterRef), its original or above."""
    return Page.objects.annotate(
        here=ExpressionWrapper(OuterRef("path"), output_field=CharField()),
        original=ExpressionWrapper(OuterRef("alias_of__path"), output_field=CharField()),
    ).filter(
        Q(here__startswith=F("path")) | Q(original__startswith=F("path")),
        path__in=closed,
    )


def is_restricted(page: Page) -> bool:
    """Whether a page, its original or one above them is for some readers only."""
    all_of_them = restrictions()
    return all_of_them.above(page.path) or bool(
        page.alias_of_id and all_of_them.above(page.alias_of.path)
    )


class BasePageQuerySet(PageQuerySet):
    def visible_to(self, user):
        return visible_to(self, user)

    def in_language(self, language):
        return self.filter(locale__language_code=language)

    def with_review_state(self):
        """Each page with `under_review`: whether a check after a change of the law is open.

        Of an alias: a check of its original.
        """
        return self.annotate(under_review=under_review(self.model.referrer_key, "alias_of", "pk"))


BasePageManager = PageManager.from_queryset(BasePageQuerySet)

"""Where a page stands, and what it is in other languages."""

from dataclasses import dataclass, replace
from functools import partial

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from content.pages.visibility import closed_to, visible_to
from portal.caching.memory import remembered
from portal.menu import crumbs

from .translation_lag import NewerOriginal, with_translation_lag


@dataclass(frozen=True)
class Place:
    """Where a page stands: the way down to it, and its addresses by language.

    `newer` is its original, when that has a substantive change that the page lacks.
    """

    crumbs: list[tuple[str, str | None]]
    alternates: dict[str, str]
    newer: NewerOriginal | None


def place_of(page: Page, user: AbstractUser | AnonymousUser) -> Place:
    """The published pages above `page`, and the same page in other languages.

    One query in a version, and one more when the page is there in another language, to know
    whether it lacks a change of its original.
    """
    gather = partial(_gather, page, user)
    place = (
        remembered(gather, "place", page.pk, page.path, closed_to(user)) if page.pk else gather()
    )
    return replace(place, crumbs=[*place.crumbs, (page.title, page.url_path)])


def _gather(page: Page, user: AbstractUser | AnonymousUser) -> Place:
    steps = range(3 * Page.steplen, len(page.path), Page.steplen)
    above = [page.path[:step] for step in steps]
    rows = (
        visible_to(Page.objects.all(), user)
        .filter(Q(path__in=above) | Q(translation_key=page.translation_key))
        .order_by("path")
        .values_list("path", "title", "url_path", "translation_key", "locale__language_code")
    )
    language_of_page = page.locale.language_code
    way = crumbs(language=language_of_page)
    alternates = {language_of_page: page.url_path}
    for path, title, url_path, translation_key, language in rows:
        if path in above:
            way.append((title, url_path))
        if translation_key == page.translation_key:
            alternates[language] = url_path
    return Place(way, alternates, newer_original(page, alternates))


def newer_original(page: Page, alternates: dict[str, str]) -> NewerOriginal | None:
    """The original of `page`, when readers may see it and it has a change that the page lacks."""
    if len(alternates) < 2 or page.alias_of_id:
        return None
    found = (
        with_translation_lag(Page.objects.filter(pk=page.pk, live=True))
        .values_list("original_language", "lacks_since")
        .first()
    )
    original, lacks_since = found or ("", None)
    if lacks_since is None or original not in alternates:
        return None
    return NewerOriginal(original, alternates[original], timezone.localdate(lacks_since))

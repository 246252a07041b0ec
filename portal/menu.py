"""The site's menu: the pages that editors flag for it, and the rooms that data makes.

Read on every page, so one query fills it for a language and the cache keeps it for the version.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from wagtail.models import Page

from portal.caching.cache_version import cache_version
from portal.caching.fragments import cache
from portal.languages import current_language
from portal.links import Link
from portal.resources import Place

SLUGS = {
    "guidance": {"fi": "ohjeet", "sv": "stod-i-arbetet", "en": "guidance"},
    "questions": {"fi": "kysymykset", "sv": "fragor", "en": "questions"},
    "news": {"fi": "uutiset", "sv": "nyheter", "en": "news"},
    "about": {"fi": "tietoa", "sv": "om", "en": "about"},
}
SECONDS = 3600


@dataclass(frozen=True)
class Entry(Link):
    """A line of a menu; `also` are further addresses below which it is the one at hand."""

    also: tuple[str, ...] = ()

    def is_above(self, path: str) -> bool:
        return any(path.startswith(url) for url in (self.url, *self.also))


@dataclass
class Pages:
    """What editors have put in the menu in one language; `index` knows the fixed ones by key.

    All of the About section is in the foot of every page: what must be told is never hidden.
    """

    top: list[Entry] = field(default_factory=list)
    about: list[Entry] = field(default_factory=list)
    index: dict[str, str] = field(default_factory=dict)


def pages(language: str) -> Pages:
    """The flagged pages under the home page of a language, and those under its About page."""
    key = f"menu:{language}:{cache_version()}"
    found = cache.get(key)
    if found is None:
        found = _read(language)
        cache.set(key, found, SECONDS)
    return found


def crumbs(*way: tuple[str, str | None], language: str = "") -> list[tuple[str, str | None]]:
    """The way to a page, as `crumbs` of its context: titles and addresses, the page itself last.

    The home page of `language`, else of the active one, comes first. Without an address a step
    is no link.
    """
    return [(gettext("Home"), f"/{language or current_language()}/"), *way]


def rooms(places: Iterable[Place]) -> list[Entry]:
    """The places whose views exist, with their addresses in the active language."""
    return [
        Entry(str(place.title), url, also=tuple(filter(None, map(address, place.also))))
        for place in places
        if (url := address(place.view))
    ]


def address(name: str) -> str:
    """The address of a view by its name, or nothing when there is no such view."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _read(language: str) -> Pages:
    """Pages of a language have their address as their path: a home page's slug is its language."""
    found = Pages()
    keys = {slugs[language]: key for key, slugs in SLUGS.items()}
    about = f"/{language}/{SLUGS['about'][language]}/"
    shown = (
        Page.objects.live()
        .public()
        .filter(
            Q(depth=3, show_in_menus=True) | Q(depth=4, url_path__startswith=about),
            locale__language_code=language,
        )
        .order_by("path")
    )
    for page in shown:
        item = Entry(page.title, page.url_path)
        if page.depth == 4 or item.url == about:
            found.about.append(item)
        if page.depth == 3:
            if item.url != about:  # which heads its part of the foot
                found.top.append(item)
            if page.slug in keys:
                found.index[keys[page.slug]] = item.url
    return found

"""The site map: what the resources list in it, each thing with its other languages."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Protocol

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from portal.resources import Listed, having


class InEachLanguage(Sitemap):
    i18n = True
    alternates = True


class HasAddress(Protocol):
    """What stands in the site map: a row, or what else knows its address."""

    def get_absolute_url(self) -> str: ...


class Rows(InEachLanguage):
    """Rows that have one address in each language: `rows` gives those that anybody may see."""

    def __init__(self, rows: Callable[[AnonymousUser], Iterable[HasAddress]]):
        self.rows = rows

    def items(self):
        return list(self.rows(AnonymousUser()))


class Views(InEachLanguage):
    """Addresses without a row, by URL name: lists and ways in."""

    def __init__(self, *names: str):
        self.names = names

    def items(self):
        return self.names

    def location(self, name):
        return reverse(name)


class Pages(InEachLanguage):
    """Live public pages, one item for the translations of one page."""

    def items(self):
        joined = defaultdict(dict)
        pages = Page.objects.live().public().filter(depth__gt=1).select_related("locale")
        for page in pages.order_by("path"):
            joined[page.translation_key][page.locale.language_code] = page
        return list(joined.values())

    def get_languages_for_item(self, translations):
        return list(translations)

    def _one(self, translations):
        return translations[translation.get_language()]

    def location(self, translations):
        return self._one(translations).get_url()

    def lastmod(self, translations):
        times = filter(None, (page.last_published_at for page in translations.values()))
        return max(times, default=None)


def sitemaps() -> dict[str, Sitemap]:
    """The parts of the site map by their names."""
    parts = [listed.sitemaps for listed in having(Listed).values()]
    return {name: sitemap for part in parts for name, sitemap in part.items()}

"""Pages as the search finds them: a page is in one language, its translations the same thing."""

from collections.abc import Iterator

from django.db.models import Model, QuerySet
from wagtail.models import Page

from portal.languages import in_language
from portal.search_api import Entry

from .models import GuidanceArticlePage


def articles(pages: QuerySet) -> Iterator[Entry]:
    """Guidance articles and theme pages.

    An article answers more than what merely names its subject, and being long it would rank
    below that; hence its weight.
    """
    return documents_of("guidance", pages, boost=3 if pages.model is GuidanceArticlePage else 1.3)


def news(pages: QuerySet) -> Iterator[Entry]:
    return documents_of("news", pages, boost=0.9)


def information(pages: QuerySet) -> Iterator[Entry]:
    """Pages about the portal itself."""
    return documents_of("about", pages, boost=0.8)


def documents_of(kind: str, rows: QuerySet, boost: float) -> Iterator[Entry]:
    """One document a page; `boost` multiplies their rank."""
    pages = list(rows.select_related("locale").prefetch_related(*_relations(rows.model)))
    above = _titles_above(pages)
    for page in pages:
        address = page.get_url_parts()
        if address is None:
            continue
        with in_language(page.language):  # labels of blocks are words of the portal's own
            body = getattr(page, "words", "")
        yield Entry(
            kind=kind,
            key=str(page.pk),
            thing=f"page:{page.translation_key}",
            language=page.language,
            title=page.title,
            path=address[2],
            summary=page.summary,
            body=body,
            words=page.search_description,
            trail=[above[path] for path in _paths_above(page)[1:] if path in above],
            topics=[topic.key for topic in _topics(page)],
            boost=boost,
            date=getattr(page, "date", None),
            holds_from=getattr(page, "applies_from", None),
            holds_to=getattr(page, "applies_to", None),
        )


def _relations(model: type[Model]) -> list[str]:
    return [name for name in ("topic", "topics") if hasattr(model, name)]


def _topics(page) -> list:
    if hasattr(page, "topic"):
        return [page.topic]
    return list(page.topics.all()) if hasattr(page, "topics") else []


def _paths_above(page: Page) -> list[str]:
    """The tree paths of the pages above one, from below the home page down."""
    return [page.path[:end] for end in range(3 * page.steplen, len(page.path), page.steplen)]


def _titles_above(pages: list[Page]) -> dict[str, str]:
    paths = {path for page in pages for path in _paths_above(page)}
    return dict(Page.objects.filter(path__in=paths).values_list("path", "title"))

"""Documents put straight into the index, and pages that the index is made of."""

from itertools import count

from content.pages.models import GuidanceArticlePage, GuidanceIndexPage
from portal.search_api import Entry
from search import index
from search.models import Document

_numbers = count(1)


def indexed(title: str, language: str = "fi", **fields) -> Document:
    """A document in the index, of guidance unless told otherwise."""
    number = next(_numbers)
    key = fields.pop("key", str(9_000_000 + number))
    kind = fields.pop("kind", "guidance")
    path = fields.pop("path", f"/{language}/example{number}/")
    fields["audiences"] = frozenset({fields.pop("audience", "public")})
    index.write([Entry(kind=kind, key=key, language=language, title=title, path=path, **fields)])
    return Document.objects.get(uid=f"{kind}:{key}:{language}")


def article(title: str, language: str = "fi", live: bool = True, **fields) -> GuidanceArticlePage:
    """A guidance article under the guidance index of its language."""
    parent = GuidanceIndexPage.objects.get(locale__language_code=language)
    page = GuidanceArticlePage(
        title=title, slug=f"example-{next(_numbers)}", locale=parent.locale, live=live, **fields
    )
    return parent.add_child(instance=page)

"""Pages that a view makes and no editor writes, such as the way to ask: they are found as well.

What they are called is written in `data/service_pages.toml`, in each language.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.db.models import QuerySet
from django.urls import reverse

from content.pages.documents import documents_of
from portal.languages import LANGUAGES, in_language
from portal.places.models import Area
from portal.search_api import PUBLIC, SIGNED_IN, Entry

KIND = "service"
FILE = Path(__file__).parent / "data" / "service_pages.toml"
BOOST = 1.5


def pages() -> Iterator[Entry]:
    """The documents of all pages of the file, and of each economic development centre's."""
    for page in tomllib.loads(FILE.read_text())["page"]:
        for language in LANGUAGES:
            with in_language(language):
                path = reverse(page["view"])
            yield Entry(
                kind=KIND,
                key=page["view"],
                language=language,
                title=page[language]["title"],
                path=path,
                summary=page[language]["summary"],
                words=page[language]["words"],
                boost=BOOST,
                audiences=frozenset({SIGNED_IN if page.get("signed_in") else PUBLIC}),
            )

    for centre in Area.objects.filter(kind=Area.Kind.DEVELOPMENT_CENTRE):
        names = " ".join(
            getattr(area, f"name_{language}")
            for area in (centre, *_covered_by(centre))
            for language in LANGUAGES
        )
        for language in LANGUAGES:
            with in_language(language):
                yield Entry(
                    kind=KIND,
                    key=centre.key,
                    language=language,
                    title=centre.name,
                    path=reverse("programme:centre", args=[centre.key]),
                    summary=str(centre.get_kind_display()),
                    words=names,
                    boost=BOOST,
                )


def _covered_by(centre: Area) -> QuerySet[Area]:
    """The regions of a centre's municipalities, and the ELY Centres whose work it went on with."""
    return Area.objects.filter(
        kind__in=(Area.Kind.REGION, Area.Kind.ELY_CENTRE),
        consists_of__part__belongs_to__whole=centre,
        consists_of__part__kind=Area.Kind.MUNICIPALITY,
    ).distinct()


def index_pages(rows: QuerySet) -> Iterator[Entry]:
    """The documents of the pages that editors' pages stand under."""
    return documents_of(KIND, rows, boost=BOOST)

"""What the answers of the API are made of."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.http import http_date
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

from portal.errors import BadParameter
from portal.languages import LANGUAGES

from .parameters import Paged

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
READER = AnonymousUser()  # the API answers what everyone may see, whoever asks

T = TypeVar("T")


class Meta(Schema):
    source: str = Field(description=_("Whose data it is, to be named where it is used."))
    licence: str = Field(description=_("How it may be used."))
    licence_url: str


class ListMeta(Meta):
    total: int = Field(description=_("How many things the whole list has."))
    page: int
    limit: int


class Links(Schema):
    next: str | None = Field(description=_("Address of the next page; null on the last."))
    previous: str | None = Field(description=_("Address of the page before; null on the first."))


class One(Schema, Generic[T]):
    """A thing, and what must be told of it."""

    meta: Meta
    item: T


class Many(Schema, Generic[T]):
    """A page of a list."""

    meta: ListMeta
    links: Links
    items: list[T]


class Names(Schema):
    """The same in each language; null where it has none."""

    fi: str | None
    sv: str | None
    en: str | None


def names(row, field: str = "name") -> dict[str, str | None]:
    """`<field>_fi`, `_sv` and `_en` of a row, as Names."""
    return {language: getattr(row, f"{field}_{language}") or None for language in LANGUAGES}


def absolute(path: str) -> str:
    """An address of this site with its scheme and host."""
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else path


def meta(source: str) -> dict[str, Any]:
    """What must be told of all data; `source` is one of the words that are translated."""
    return {"source": gettext(source), "licence": LICENCE, "licence_url": LICENCE_URL}


def one(item: dict[str, Any], source: str) -> dict[str, Any]:
    """The answer for one thing."""
    return {"meta": meta(source), "item": item}


def many(
    request,
    parameters: Paged,
    rows: QuerySet | Sequence,
    shape: Callable[[Any], Any],
    source: str,
    *,
    together: bool = False,
) -> dict[str, Any]:
    """The answer for one page of `rows`, each in its `shape`.

    With `together` the shape is given all rows of the page at once, and gives back a list.
    Raises BadParameter for a page that the list does not have; an empty list has one.
    """
    page, limit = parameters.page, parameters.limit
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    last = max(1, -(-total // limit))
    if page > last:
        raise BadParameter("page", str(page))
    shown = list(rows[(page - 1) * limit : page * limit])
    return {
        "meta": {**meta(source), "total": total, "page": page, "limit": limit},
        "links": {
            "next": _page(request, page + 1) if page < last else None,
            "previous": _page(request, page - 1) if page > 1 else None,
        },
        "items": shape(shown) if together else [shape(row) for row in shown],
    }


def _page(request, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return absolute(f"{request.path}?{query.urlencode()}")


def dated(response, moments: Iterable[datetime | None]) -> None:
    """Say when the newest of what is answered was changed, where that is known."""
    known = [moment for moment in moments if moment]
    if known:
        response.headers["Last-Modified"] = http_date(max(known).timestamp())

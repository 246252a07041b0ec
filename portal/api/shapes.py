"""What the answers of the API are made of, and the parameters that all of them know."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.utils.http import http_date
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema
from pydantic import BeforeValidator, ValidationError, ValidationInfo, model_validator

from portal.errors import BadParameter
from portal.languages import LANGUAGES

from .problems import WrongParameters, wrong

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
MOST = 500

T = TypeVar("T")


# --- Parameters ----------------------------------------------------------------


def _spelled(pattern: str) -> BeforeValidator:
    """Only values that look like this: numbers and days have other spellings in Python."""

    def check(value):
        if isinstance(value, str) and not re.fullmatch(pattern, value, re.ASCII):
            raise ValueError(value)
        return value

    return BeforeValidator(check)


Whole = Annotated[int, _spelled(r"\d{1,9}")]
Day = Annotated[date, _spelled(r"\d{4}-\d\d-\d\d")]


class Parameters(Schema):
    """What every address knows. One that it does not know, or that comes twice, is an error."""

    language: Literal["fi", "sv", "en"] = Field(
        "fi", description=_("The language of sentences, page addresses and errors.")
    )

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, data, handler, info: ValidationInfo):
        """Raise WrongParameters for all that is wrong at once, each with what was expected."""
        given = info.context["request"].GET
        errors = [
            wrong(name, values[0], gettext("There is no such parameter here."))
            if name not in cls.model_fields
            else wrong(name, values[1], gettext("Give it once."))
            for name, values in given.lists()
            if name not in cls.model_fields or len(values) > 1
        ]
        try:
            parameters = handler(data)
        except ValidationError as error:
            shapes = cls.model_json_schema()["properties"]
            names = [str(one["loc"][0]) for one in error.errors()]
            errors += [wrong(name, given[name], expected(shapes[name])) for name in names]
        if errors:
            raise WrongParameters(errors)
        return parameters


class Paged(Parameters):
    """What every list knows."""

    page: Whole = Field(1, ge=1, description=_("Which page of the list, from 1."))
    limit: Whole = Field(50, ge=1, le=MOST, description=_("How many things on a page."))


def plain(shape: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema of a parameter without the null that stands for its absence."""
    options = [one for one in shape.get("anyOf", []) if one.get("type") != "null"]
    if not options:
        return shape
    return {**{key: shape[key] for key in shape if key not in ("anyOf", "default")}, **options[0]}


def expected(shape: dict[str, Any]) -> str:
    """In words, what a value of this JSON Schema looks like."""
    shape = plain(shape)
    if "enum" in shape:
        return gettext("One of these: %(values)s.") % {"values": ", ".join(shape["enum"])}
    if shape.get("format") == "date":
        return gettext("A day, such as 2025-06-01.")
    if shape.get("type") == "boolean":
        return gettext("One of these: %(values)s.") % {"values": "true, false"}
    if "maximum" in shape:
        return gettext("A whole number from %(least)s to %(most)s.") % {
            "least": shape["minimum"],
            "most": shape["maximum"],
        }
    if shape.get("type") == "integer":
        return gettext("A whole number, at least %(least)s.") % {"least": shape["minimum"]}
    return gettext("A text of at most %(most)s characters.") % {"most": shape.get("maxLength", 100)}


# --- Answers -------------------------------------------------------------------


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
    return {"source": source, "licence": LICENCE, "licence_url": LICENCE_URL}


def one(item: dict[str, Any], source: str) -> dict[str, Any]:
    """The answer for one thing."""
    return {"meta": meta(source), "item": item}


def many(
    request,
    parameters: Paged,
    rows: QuerySet | list,
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
    total = len(rows) if isinstance(rows, list) else rows.count()
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

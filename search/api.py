"""The search in the API: what everybody may find, best first, with counts to narrow it by."""

from datetime import date
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Schema

from portal.api.parameters import Day, Paged, Whole
from portal.api.responses import READER, Many, absolute, many
from portal.errors import BadParameter
from portal.places.models import Area
from portal.topics.models import Topic
from search.documents import kinds
from search.engines import CAP
from search.queries import reader, search
from search.question import MOST_CHARACTERS, Question

SOURCE = _("The integration portal: KEHA Centre")
MOST_AT_ONCE = 50

router = Router()


class Hit(Schema):
    """One thing found."""

    kind: str = Field(description=_("Key of its kind, by which the search can be narrowed."))
    title: str
    url: str = Field(description=_("Its page on the portal."))
    language: str = Field(description=_("The language of its text: that asked for, if it has one."))
    snippet: str = Field(description=_("Its text around the words, without marks."))
    applies: str = Field(description=_("past, present or coming."))
    date: date | None
    example: bool = Field(description=_("Whether it is an invented example."))


class Asked(Paged):
    q: str = Field(
        "",
        max_length=MOST_CHARACTERS,
        description=_("The words, as people type them. Without any, nothing is found."),
    )
    limit: Whole = Field(10, ge=1, le=MOST_AT_ONCE, description=_("How many things on a page."))
    kind: str | None = Field(None, max_length=20, description=_("Only things of this kind."))
    topic: str | None = Field(None, max_length=20, description=_("Only things of this theme."))
    area: str | None = Field(
        None, max_length=6, description=_("Only things of the area with this key.")
    )
    on: Day | None = Field(None, description=_("Only what is valid on this day."))


@router.get(
    "",
    response=Many[Hit],
    operation_id="search",
    summary=_("Search"),
    description=_(
        "Everything that the portal has on some words, as its own search finds it: in any form, "
        "with slips put right, things in the language asked for first. At most 2,000 things."
    ),
)
def results(request, asked: Query[Asked]):
    chosen = {name: getattr(asked, name) or "" for name in ("kind", "topic", "area")}
    _check(chosen)
    filters = reader(READER, on=asked.on, **chosen)
    question = Question(" ".join(asked.q.split()))
    found = search(question, filters, asked.language, asked.page, per_page=asked.limit)
    rows: list[Any] = [None] * min(found.total, CAP)
    start = (asked.page - 1) * asked.limit
    rows[start : start + len(found.results)] = found.results
    return many(request, asked, rows, _hit, SOURCE)


def _check(chosen: dict[str, str]) -> None:
    """BadParameter for a key that nothing has."""
    known = {
        "kind": lambda key: key in kinds(),
        "topic": lambda key: Topic.objects.filter(key=key).exists(),
        "area": lambda key: Area.objects.choosable().filter(key=key).exists(),
    }
    for name, value in chosen.items():
        if value and not known[name](value):
            raise BadParameter(name, value)


def _hit(result) -> dict[str, Any]:
    return {
        "kind": result.kind,
        "title": result.title,
        "url": absolute(result.url),
        "language": result.language,
        "snippet": unescape(strip_tags(result.snippet)),
        "applies": "past" if result.past else "coming" if result.coming else "present",
        "date": result.date,
        "example": result.example,
    }

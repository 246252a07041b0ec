"""Places in the API: the classification of areas, and what belongs to what and when."""

from datetime import date
from typing import Literal

from django.db.models import Exists, OuterRef, Prefetch
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema

from portal.api.parameters import Day, Paged, Parameters
from portal.api.responses import READER, Many, Names, One, absolute, many, names, one
from portal.errors import BadParameter

from .area_sections import contacts_of
from .models import Area, Belonging

SOURCE = _("Statistics Finland: classifications of areas")
KINDS = Literal[tuple(Area.Kind.values)]

router = Router()


class BelongingShape(Schema):
    area: str = Field(description=_("Key of the larger area."))
    valid_from: date | None = Field(description=_("First day; null when it is not known."))
    valid_to: date | None = Field(description=_("Last day; null while it has none."))


class AreaShape(Schema):
    area: str = Field(description=_("The key: a prefix for the kind and the code, such as TA05."))
    kind: KINDS
    code: str = Field(description=_("The bare code of the classification."))
    names: Names
    valid_from: date | None = Field(description=_("First day; null when it is not known."))
    valid_to: date | None = Field(description=_("Last day; null while it has none."))
    belongs_to: list[BelongingShape] = Field(
        description=_("Every larger area that it lies in, wholly or in part, not the next alone.")
    )
    population: int | None = Field(description=_("How many lived there on population_on."))
    population_on: date | None
    language_status: str | None = Field(
        description=_("Of municipalities: fi, sv, or both with the language of most first.")
    )
    url: str | None = Field(description=_("Its page on the portal, if it has one."))


class ContactShape(Schema):
    """An authority in charge of an area: what is null has not been told yet."""

    authority: str = Field(
        description=_("municipality, employment, county, centre, migri or keha.")
    )
    area: str = Field(description=_("Key of the area whose authority it is."))
    names: Names | None = Field(description=_("Name of the office; an office, never a person."))
    matter: Names | None = Field(description=_("For what it is contacted."))
    telephone: str | None
    email: str | None
    website: str | None
    lead_municipality: str | None = Field(
        description=_("Key of the municipality that answers for employment services.")
    )
    checked_on: date | None = Field(description=_("Day on which somebody last checked it."))
    example: bool = Field(description=_("Whether it is an invented example."))


class AreaWithContacts(AreaShape):
    contacts: list[ContactShape] = Field(
        description=_("Who is in charge there, in the order of the page.")
    )


class Asked(Parameters):
    on: Day | None = Field(None, description=_("Only what is valid on this day."))


class ListAsked(Paged):
    on: Day | None = Field(None, description=_("Only what is valid on this day."))
    kind: KINDS | None = Field(None, description=_("Only areas of this kind."))
    within: str | None = Field(
        None, max_length=6, description=_("Only areas that lie in the area with this key.")
    )


@router.get(
    "",
    response=Many[AreaShape],
    operation_id="areas",
    summary=_("Areas"),
    description=_(
        "The country, regions, employment areas, municipalities and other areas with their codes, "
        "by kind and code. Without “on”, also those that are no longer valid."
    ),
)
def areas(request, asked: Query[ListAsked]):
    rows = _areas(asked.on).order_by("kind", "code")
    if asked.kind is not None:
        rows = rows.filter(kind=asked.kind)
    if asked.within is not None:
        if not Area.objects.visible_to(READER).filter(key=asked.within).exists():
            raise BadParameter("within", asked.within)
        belongings = _belongings(asked.on).filter(part=OuterRef("pk"), whole__key=asked.within)
        rows = rows.filter(Exists(belongings))
    return many(request, asked, rows, _area, SOURCE)


@router.get(
    "/{area}",
    response=One[AreaWithContacts],
    operation_id="area",
    summary=_("One area"),
    description=_("An area by its key, with how the authorities in charge of it are reached."),
)
def area(
    request,
    asked: Query[Asked],
    area: str = Path(..., description=_("Key of the area."), example="TA05"),
):
    found = get_object_or_404(_areas(asked.on), key=area)
    return one({**_area(found), "contacts": contacts_of(found)}, SOURCE)


def _belongings(day: date | None):
    return Belonging.objects.all() if day is None else Belonging.objects.on(day)


def _areas(day: date | None):
    rows = Area.objects.visible_to(READER).defer("map_path")
    rows = rows if day is None else rows.on(day)
    larger = _belongings(day).order_by("whole__key", "valid_from").select_related("whole")
    return rows.prefetch_related(
        Prefetch("belongs_to", queryset=larger.only("part", "valid_from", "valid_to", "whole__key"))
    )


def _area(area: Area) -> dict:
    return {
        "area": area.key,
        "kind": area.kind,
        "code": area.code,
        "names": names(area),
        "valid_from": area.valid_from,
        "valid_to": area.valid_to,
        "belongs_to": [
            {"area": row.whole.key, "valid_from": row.valid_from, "valid_to": row.valid_to}
            for row in area.belongs_to.all()
        ],
        "population": area.population,
        "population_on": area.population_on,
        "language_status": area.language_status or None,
        "url": absolute(area.get_absolute_url()) if area.has_page else None,
    }

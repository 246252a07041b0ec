"""The directory in the API: members of the programme, as everyone sees them on their pages.

Contact addresses are left to the pages, where they are kept from those who collect them.
"""

from datetime import date
from typing import Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema

from portal.api.parameters import Paged, Parameters
from portal.api.responses import READER, Many, Names, One, absolute, dated, many, names, one

from .directory import FACETS, Directory
from .models import Organisation

SOURCE = _("The integration portal: the organisations' own descriptions")
KINDS = Literal[tuple(Organisation.Kind.values)]

router = Router()


class OrganisationShape(Schema):
    slug: str = Field(description=_("The word that its address ends in, in all languages."))
    names: Names = Field(description=_("The official name is the Finnish one."))
    business_id: str
    kind: KINDS
    areas: list[str] = Field(description=_("Keys of the areas where it works."))
    topics: list[str] = Field(description=_("Keys of its themes."))
    descriptions: Names
    website: str | None
    confirmed: date = Field(description=_("The day on which its people last confirmed the entry."))
    example: bool = Field(description=_("An invented example, not an organisation that exists."))
    url: str = Field(description=_("Its page on the portal."))


class Asked(Paged):
    q: str | None = Field(
        None, max_length=100, description=_("Only those with these words in name or description.")
    )
    kind: KINDS | None = Field(None, description=_("Only organisations of this kind."))
    area: str | None = Field(
        None,
        max_length=6,
        description=_("Only those that serve the area with this key, from a larger area too."),
    )
    topic: str | None = Field(
        None, max_length=80, description=_("Only those with the theme of this key.")
    )


@router.get(
    "",
    response=Many[OrganisationShape],
    operation_id="organisations",
    summary=_("Organisations"),
    description=_("Members of the partnership programme in the order of the alphabet."),
)
def organisations(request, response: HttpResponse, asked: Query[Asked]):
    words = {name: getattr(asked, name) or "" for name in ("q", *FACETS)}
    entries = Directory(words, READER).matching()
    start = (asked.page - 1) * asked.limit
    shown = [entry.pk for entry in entries[start : start + asked.limit]]
    rows = listed_rows().in_bulk(shown)
    dated(response, (row.updated_at for row in rows.values()))
    return many(request, asked, entries, lambda entry: shape(rows[entry.pk]), SOURCE)


@router.get(
    "/{slug}",
    response=One[OrganisationShape],
    operation_id="organisation",
    summary=_("One organisation"),
    description=_("A member of the partnership programme."),
)
def organisation(
    request,
    response: HttpResponse,
    asked: Query[Parameters],
    slug: str = Path(..., description=_("The word that its address ends in."), example="mallsund"),
):
    rows = listed_rows()
    row = rows.filter(slug=slug).first() or get_object_or_404(rows, former_addresses__slug=slug)
    dated(response, [row.updated_at])
    return one(shape(row), SOURCE)


def listed_rows():
    """The entries that everybody sees, with what is told of them."""
    rows = Organisation.objects.visible_to(READER).listed()
    return rows.prefetch_related("areas", "topics")


def shape(row: Organisation) -> dict:
    """One entry as the API and the files tell it."""
    return {
        "slug": row.slug,
        "names": names(row),
        "business_id": row.business_id,
        "kind": row.kind,
        "areas": sorted(area.key for area in row.areas.all()),
        "topics": sorted(topic.key for topic in row.topics.all()),
        "descriptions": names(row, "description"),
        "website": row.website or None,
        "confirmed": timezone.localdate(row.confirmed_at),
        "example": row.example,
        "url": absolute(row.get_absolute_url()),
    }

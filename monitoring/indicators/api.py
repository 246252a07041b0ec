"""Indicators in the API: what is measured and how it may be read; the values are in files."""

from datetime import datetime
from typing import Literal

from django.db.models import Max, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema

from portal.api.parameters import Paged, Parameters
from portal.api.responses import READER, Many, Names, One, absolute, dated, many, names, one

from . import periods
from .models import Indicator, IndicatorSection

SOURCE = _("The integration portal; each indicator names the source of its values")
DOMAINS = Literal[tuple(Indicator.Domain.values)]

router = Router()


class IndicatorShape(Schema):
    slug: str = Field(description=_("The word that its address ends in, in all languages."))
    names: Names
    units: Names
    kind: Literal[tuple(Indicator.Kind.values)]
    decimals: int = Field(description=_("How many decimals the source publishes."))
    period: Literal[tuple(periods.Kind.values)] = Field(
        description=_("How long a time one value is about.")
    )
    domain: DOMAINS
    topics: list[str] = Field(description=_("Keys of its themes."))
    source_type: Literal[tuple(Indicator.SourceType.values)]
    sources: Names = Field(description=_("Who publishes the values that it is made of."))
    source_url: str
    url: str = Field(description=_("Its page on the portal."))
    csv: str = Field(
        description=_("Its values as a file; “area” and “time” choose from them: ?area=TA05.")
    )


class WholeIndicator(IndicatorShape):
    purpose: Names = Field(description=_("What it is for."))
    limits: Names = Field(description=_("What it cannot tell."))
    misreading: Names = Field(description=_("How it is often misread."))
    coverage: Names = Field(description=_("Whom and what it covers."))
    sections: list[str] = Field(description=_("Sections of the law that it tells about."))
    updated: datetime | None = Field(
        description=_("When its values last changed, in UTC; null while it has none.")
    )


class Asked(Paged):
    domain: DOMAINS | None = Field(None, description=_("Only those of this domain."))


@router.get(
    "",
    response=Many[IndicatorShape],
    operation_id="indicators",
    summary=_("Indicators"),
    description=_("What is measured, by domain, with the address of the values."),
)
def indicators(request, asked: Query[Asked]):
    rows = _indicators().order_by("domain", "slug")
    if asked.domain is not None:
        rows = rows.filter(domain=asked.domain)
    return many(request, asked, rows, _indicator, SOURCE)


@router.get(
    "/{slug}",
    response=One[WholeIndicator],
    operation_id="indicator",
    summary=_("One indicator"),
    description=_("An indicator, and what one must know to read it rightly."),
)
def indicator(
    request,
    response: HttpResponse,
    asked: Query[Parameters],
    slug: str = Path(
        ...,
        description=_("The word that its address ends in."),
        example="unemployed-foreign-jobseekers",
    ),
):
    links = IndicatorSection.objects.select_related("section__act")
    rows = _indicators().annotate(updated=Max("observations__release__published_at"))
    rows = rows.prefetch_related(Prefetch("section_links", queryset=links))
    row = get_object_or_404(rows, slug=slug)
    dated(response, [row.updated])
    return one(
        {
            **_indicator(row),
            **{
                field: names(row, field)
                for field in ("purpose", "limits", "misreading", "coverage")
            },
            "sections": [
                absolute(link.section.get_absolute_url()) for link in row.section_links.all()
            ],
            "updated": row.updated,
        },
        SOURCE,
    )


def _indicators():
    return Indicator.objects.visible_to(READER).prefetch_related("topics")


def _indicator(row) -> dict:
    return {
        "slug": row.slug,
        "names": names(row),
        "units": names(row, "unit"),
        "kind": row.kind,
        "decimals": row.decimals,
        "period": row.period,
        "domain": row.domain,
        "topics": sorted(topic.key for topic in row.topics.all()),
        "source_type": row.source_type,
        "sources": names(row, "source"),
        "source_url": row.source_url,
        "url": absolute(row.get_absolute_url()),
        "csv": absolute(reverse("monitoring:csv", kwargs={"slug": row.slug})),
    }

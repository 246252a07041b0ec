"""The programme in the API: its plan, its calls, and what organisations seek and offer."""

import datetime
import re
from typing import Any, Literal

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema

from portal.api.parameters import Paged, Parameters
from portal.api.responses import READER, Many, Names, One, absolute, dated, many, names, one

from .barometer_files import rows_of
from .barometer_results import Results
from .listing import Offers, with_parts
from .models import BarometerRound, Call, Measure, Offer

SOURCE = _("The integration portal: the Integration Partnership Programme")
MEASURE_STATES = Literal[tuple(Measure.State.values)]
KINDS = Literal[tuple(Offer.Kind.values)]
NUMBER = re.compile(r"[1-9][0-9]{0,8}")

router = Router()


class MeasureShape(Schema):
    slug: str = Field(description=_("The word that its address ends in, in all languages."))
    names: Names
    descriptions: Names
    period: Names = Field(description=_("The period of the programme whose plan it is in."))
    state: MEASURE_STATES
    stands: Names = Field(description=_("Where it stands, in words."))
    told_on: datetime.date = Field(description=_("The day of which the state is told."))
    ends_on: datetime.date | None
    organisation: str | None = Field(description=_("The slug of the partner that answers for it."))
    actor: str = Field(description=_("Who answers for it, by name."))
    example: bool = Field(description=_("An invented example."))
    url: str = Field(description=_("Its page on the portal."))


class CallShape(Schema):
    slug: str = Field(description=_("The word that its address ends in, in all languages."))
    names: Names
    descriptions: Names
    eligible: Names = Field(description=_("Who may take part."))
    opens_on: datetime.date
    closes_on: datetime.date = Field(description=_("The last day, Helsinki time."))
    open: bool
    areas: list[str] = Field(description=_("Keys of its areas; none is the whole country."))
    topics: list[str] = Field(description=_("Keys of its themes."))
    example: bool = Field(description=_("An invented example."))
    url: str = Field(description=_("Its page on the portal."))


class OfferShape(Schema):
    id: int
    kind: KINDS
    title: str
    text: str
    language: str = Field(description=_("The language in which it is written."))
    organisation: str = Field(description=_("The slug of the organisation."))
    areas: list[str] = Field(description=_("Keys of its areas."))
    topics: list[str] = Field(description=_("Keys of its themes."))
    published: datetime.date
    expires_on: datetime.date
    example: bool = Field(description=_("An invented example."))
    url: str = Field(description=_("Its page on the portal."))


class BarometerShape(Schema):
    round: str = Field(description=_("The year or years of the round."))
    example: bool = Field(description=_("An invented example."))
    question: str = Field(description=_("Key of the question; `count` for how many answered."))
    answer: str = Field(
        description=_("Key of the answer; `good` for those who agree or partly agree.")
    )
    group: str = Field(
        description=_("`all`, or the question and the answer that make it: `region:MK01`.")
    )
    number: int | None
    hidden: bool = Field(description=_("Hidden, so that nobody can be known."))


class MeasuresAsked(Paged):
    state: MEASURE_STATES | None = Field(None, description=_("Only those in this state."))


class CallsAsked(Paged):
    state: Literal["open", "closed"] | None = Field(
        None, description=_("Only those that are open now, or are not.")
    )


class OffersAsked(Paged):
    kind: KINDS | None = Field(None, description=_("Only what is sought, or what is offered."))
    area: str | None = Field(
        None,
        max_length=6,
        description=_("Only those for the area with this key, a larger one or a part of it."),
    )
    topic: str | None = Field(
        None, max_length=80, description=_("Only those with the theme of this key.")
    )


@router.get(
    "/measures",
    response=Many[MeasureShape],
    operation_id="measures",
    summary=_("Measures of the plan"),
    description=_("The plans of the programme's periods, the newest period first."),
)
def measures(request, response: HttpResponse, asked: Query[MeasuresAsked]):
    rows = Measure.objects.visible_to(READER).select_related("period", "responsible")
    if asked.state:
        rows = rows.filter(state=asked.state)
    return many(request, asked, rows, of_measure, SOURCE)


@router.get(
    "/measures/{measure}",
    response=One[MeasureShape],
    operation_id="measure",
    summary=_("One measure"),
    description=_("A measure of a plan, with where it stands."),
)
def one_measure(
    request,
    response: HttpResponse,
    asked: Query[Parameters],
    measure: str = Path(..., description=_("The word that its address ends in.")),
):
    rows = Measure.objects.visible_to(READER).select_related("period", "responsible")
    return one(of_measure(get_object_or_404(rows, slug=measure)), SOURCE)


@router.get(
    "/calls",
    response=Many[CallShape],
    operation_id="calls",
    summary=_("Calls"),
    description=_("Calls of the programme, also closed ones; the last to close comes first."),
)
def calls(request, response: HttpResponse, asked: Query[CallsAsked]):
    rows = Call.objects.visible_to(READER).prefetch_related("areas", "topics")
    open_now = Call.objects.open_now().values("pk")
    if asked.state == "open":
        rows = rows.filter(pk__in=open_now)
    elif asked.state == "closed":
        rows = rows.exclude(pk__in=open_now)
    return many(request, asked, rows, of_call, SOURCE)


@router.get(
    "/calls/{call}",
    response=One[CallShape],
    operation_id="call",
    summary=_("One call"),
    description=_("A call of the programme, open or closed."),
)
def one_call(
    request,
    response: HttpResponse,
    asked: Query[Parameters],
    call: str = Path(..., description=_("The word that its address ends in.")),
):
    rows = Call.objects.visible_to(READER).prefetch_related("areas", "topics")
    return one(of_call(get_object_or_404(rows, slug=call)), SOURCE)


@router.get(
    "/offers",
    response=Many[OfferShape],
    operation_id="offers",
    summary=_("Sought and offered"),
    description=_("What members seek from others and offer them now, the newest first."),
)
def offers(request, response: HttpResponse, asked: Query[OffersAsked]):
    words = {name: getattr(asked, name) or "" for name in ("kind", "area", "topic")}
    rows = Offers(words).rows
    dated(response, [rows.values_list("published_at", flat=True).first()])
    return many(request, asked, with_parts(rows), of_offer, SOURCE)


@router.get(
    "/offers/{offer}",
    response=One[OfferShape],
    operation_id="offer",
    summary=_("One thing sought or offered"),
    description=_("What a member seeks or offers now; 404 when it has expired or was closed."),
)
def one_offer(
    request,
    response: HttpResponse,
    asked: Query[Parameters],
    offer: str = Path(..., description=_("The number in its address."), example="1"),
):
    if not NUMBER.fullmatch(offer):
        raise Http404
    row = get_object_or_404(with_parts(Offer.objects.running()), pk=int(offer))
    dated(response, [row.published_at])
    return one(of_offer(row), SOURCE)


@router.get(
    "/barometer",
    response=Many[BarometerShape],
    operation_id="barometer",
    summary=_("Results of the barometer"),
    description=_("Every number that is published of the rounds, the newest round first."),
)
def barometer(request, response: HttpResponse, asked: Query[Paged]):
    rounds = BarometerRound.objects.published()
    dated(response, [rounds.values_list("closed_at", flat=True).order_by("-closed_at").first()])
    rows = [row for one in rounds for row in rows_of(Results(one))]
    return many(request, asked, rows, of_number, SOURCE)


def of_number(row: dict[str, Any]) -> dict[str, Any]:
    """A number of the barometer as the API has it."""
    return {name: row[name] for name in BarometerShape.model_fields}


def of_measure(row: Measure) -> dict[str, Any]:
    """A measure as the API and the files have it."""
    return {
        "slug": row.slug,
        "names": names(row),
        "descriptions": names(row, "description"),
        "period": names(row.period),
        "state": row.state,
        "stands": names(row, "stands"),
        "told_on": row.told_on,
        "ends_on": row.ends_on,
        "organisation": row.responsible.slug if row.responsible else None,
        "actor": row.actor,
        "example": row.example,
        "url": absolute(row.get_absolute_url()),
    }


def of_call(row: Call) -> dict[str, Any]:
    """A call as the API and the files have it."""
    return {
        "slug": row.slug,
        "names": names(row),
        "descriptions": names(row, "description"),
        "eligible": names(row, "eligible"),
        "opens_on": row.opens_on,
        "closes_on": row.closes_on,
        "open": row.is_open,
        "areas": sorted(area.key for area in row.areas.all()),
        "topics": sorted(topic.key for topic in row.topics.all()),
        "example": row.example,
        "url": absolute(row.get_absolute_url()),
    }


def of_offer(row: Offer) -> dict[str, Any]:
    """An offer as the API and the files have it."""
    return {
        "id": row.pk,
        "kind": row.kind,
        "title": row.title,
        "text": row.text,
        "language": row.language,
        "organisation": row.organisation.slug,
        "areas": sorted(area.key for area in row.areas.all()),
        "topics": sorted(topic.key for topic in row.topics.all()),
        "published": timezone.localdate(row.published_at),
        "expires_on": row.expires_on,
        "example": row.example,
        "url": absolute(row.get_absolute_url()),
    }

"""Events in the API, as everybody reads them: nothing of who takes part, nor the remote link."""

import datetime
from collections.abc import Iterable
from typing import Any, Literal

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema

from portal.api.parameters import Paged, Parameters
from portal.api.responses import Many, One, absolute, dated, many, one
from portal.errors import BadParameter
from portal.places.models import Area
from portal.topics.models import Topic

from .listing import with_ways
from .models import Event, Way

SOURCE = _("The integration portal: events")
STATES = Literal["published", "cancelled"]
WAYS = Literal["on_site", "remote"]

router = Router()


class WayShape(Schema):
    way: WAYS
    places: int | None = Field(description=_("How many there are; none where all have room."))
    left: int | None = Field(description=_("How many can be given now; none where all have room."))


class EventShape(Schema):
    slug: str
    name: str
    description: str
    starts: datetime.datetime
    ends: datetime.datetime
    registration_closes: datetime.datetime
    place: str
    organiser: str
    contact: str = Field(description=_("The organiser's e-mail address."))
    state: STATES
    reason: str = Field(description=_("Why it does not take place."))
    ways: list[WayShape]
    topics: list[str] = Field(description=_("Keys of its themes."))
    areas: list[str] = Field(description=_("Keys of its areas; none where it is for all."))
    uid: str = Field(description=_("What it is known by in calendars."))
    sequence: int = Field(description=_("Rises when it moves or is cancelled."))
    recording: str = Field(description=_("Where its recording and slides are."))
    example: bool = Field(description=_("An invented example."))
    url: str = Field(description=_("Its page on the portal."))


class Asked(Paged):
    area: str | None = Field(None, max_length=6, description=_("Only those for this area."))
    topic: str | None = Field(None, max_length=50, description=_("Only those on this theme."))
    way: WAYS | None = Field(None, description=_("Only those in which one can take part so."))
    when: Literal["coming", "past"] | None = Field(
        None, description=_("Those that come, or those that were held.")
    )


@router.get(
    "",
    response=Many[EventShape],
    operation_id="events",
    summary=_("Events"),
    description=_("Those that come, the next first; with `when=past` those that were held."),
)
def events(request, response: HttpResponse, asked: Query[Asked]):
    rows = Event.objects.published()
    now = timezone.now()
    if asked.when == "past":
        rows = rows.filter(ends_at__lte=now).order_by("-starts_at", "-pk")
    else:
        rows = rows.filter(ends_at__gt=now).order_by("starts_at", "pk")
    if asked.area:
        if not Area.objects.filter(key=asked.area).exists():
            raise BadParameter("area", asked.area)
        rows = rows.filter(areas__key=asked.area)
    if asked.topic:
        if not Topic.objects.filter(key=asked.topic).exists():
            raise BadParameter("topic", asked.topic)
        rows = rows.filter(topics__key=asked.topic)
    if asked.way:
        rows = rows.filter(Exists(Way.objects.filter(event=OuterRef("pk"), kind=asked.way)))
    rows = rows.prefetch_related("areas", "topics")
    return many(request, asked, rows, shapes, SOURCE, together=True)


@router.get(
    "/{event}",
    response=One[EventShape],
    operation_id="event",
    summary=_("One event"),
    description=_("An event with its ways of taking part."),
)
def one_event(
    request,
    response: HttpResponse,
    asked: Query[Parameters],
    event: str = Path(..., description=_("The word in its address.")),
):
    rows = Event.objects.published().prefetch_related("areas", "topics")
    row = get_object_or_404(rows, slug=event)
    dated(response, [row.changed_at])
    return one(shapes([row])[0], SOURCE)


def shapes(rows: Iterable[Event]) -> list[dict[str, Any]]:
    """Events as the API has them: one query more."""
    return [_shape(row) for row in with_ways(rows)]


def _shape(row: Event) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "name": row.name,
        "description": row.description,
        "starts": row.starts_at,
        "ends": row.ends_at,
        "registration_closes": row.deadline,
        "place": row.place,
        "organiser": row.organiser,
        "contact": row.contact_email,
        "state": row.state,
        "reason": row.reason,
        "ways": [
            {"way": way.kind, "places": way.places, "left": way.left(way.taken)}
            for way in row.shown_ways
        ],
        "topics": sorted(topic.key for topic in row.topics.all()),
        "areas": sorted(area.key for area in row.areas.all()),
        "uid": str(row.uid),
        "sequence": row.sequence,
        "recording": absolute(row.material_url) if row.material_url else "",
        "example": row.example,
        "url": absolute(row.get_absolute_url()),
    }

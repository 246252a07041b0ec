"""Calendar files of events: one, all, and those in which a person takes part."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.events.listing import Listing
from content.events.models import CalendarAddress, Event, Registration

from .entries import published

KEPT = timedelta(days=90)  # how long what is over stays in a feed
MOST = 1000


@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """One event that everybody may know of; text/calendar."""
    event = get_object_or_404(Event.objects.published(), slug=slug)
    return _file(published([event], event.name), f"{event.slug}.ics")


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Events to come and of the last ninety days, narrowed as the list is; text/calendar."""
    listing = Listing(request)
    rows = listing.narrowed(Event.objects.published().filter(ends_at__gt=timezone.now() - KEPT))
    events = rows.order_by("starts_at", "pk")[:MOST]
    return _file(published(events, _("Integration portal: events")), "events.ics")


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The events in which the person takes part whose secret address it is; 404 for no such key."""
    address = CalendarAddress.found(request.GET.get("key", ""))
    if address is None:
        raise Http404
    places = Registration.objects.of(address.user).filter(state=Registration.State.REGISTERED)
    rows = Event.objects.published().filter(
        pk__in=places.values("event"), ends_at__gt=timezone.now() - KEPT
    )
    events = rows.order_by("starts_at", "pk")[:MOST]
    answer = _file(published(events, _("Integration portal: my events")), "my-events.ics")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

"""The release calendar for readers: a page, a calendar file, and a feed."""

from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from monitoring.indicators import periods
from portal.api.responses import absolute
from portal.languages import current_language
from portal.menu import crumbs

from .models import PlannedRelease

PAST, NEWEST, LISTED = 20, 30, 200
State = PlannedRelease.State
ICS_STATUS = {
    State.PROVISIONAL: "TENTATIVE",
    State.CONFIRMED: "CONFIRMED",
    State.PUBLISHED: "CONFIRMED",
    State.CANCELLED: "CANCELLED",
}


def calendar(request: HttpRequest) -> HttpResponse:
    """What comes out next, what came out or was called off, and every change of a planned day."""
    rows = PlannedRelease.objects.select_related("dataset").prefetch_related("changes")
    gone = rows.exclude(state__in=PlannedRelease.OPEN).order_by("-changed_at", "-pk")
    context = {
        "to_come": _named(rows.to_come()[:LISTED]),
        "past": _named(gone[:PAST]),
        "crumbs": crumbs((_("Datasets"), reverse("datasets:index")), (_("Release calendar"), None)),
    }
    return render(request, "datasets/calendar.html", context)


def _named(plans: Iterable[PlannedRelease]) -> list[dict[str, object]]:
    return [{"plan": plan, "period": _period(plan)} for plan in plans]


def _period(plan: PlannedRelease) -> str:
    period = periods.parse(plan.period, plan.dataset.period)
    return period.name if period else plan.period


def _title(plan: PlannedRelease) -> str:
    return f"{plan.dataset.name}, {_period(plan)}"


def as_ics(request: HttpRequest) -> HttpResponse:
    """Releases to come and those called off, as a calendar file (RFC 5545), in UTC.

    What a release is known by does not change when its minute does: a calendar moves it.
    """
    found = Calendar()
    found.add("prodid", "-//KEHA Centre//Integration portal//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", _("Integration portal: release calendar"))
    rows = PlannedRelease.objects.exclude(state=State.PUBLISHED).select_related("dataset")
    for plan in rows.prefetch_related("changes").order_by("-planned_at")[:LISTED]:
        event = Event()
        event.add("uid", f"urn:uuid:{uuid5(NAMESPACE_URL, f'planned-release:{plan.pk}')}")
        event.add("dtstamp", plan.changed_at)
        event.add("dtstart", plan.planned_at)
        event.add("summary", _title(plan))
        event.add("status", ICS_STATUS[State(plan.state)])
        event.add("sequence", len(plan.changes.all()))
        event.add("description", "\n".join(change.reason for change in plan.changes.all()))
        event.add("url", absolute(reverse("datasets:calendar")))
        found.add_component(event)
    response = HttpResponse(found.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="releases.ics"'
    return response


def as_feed(request: HttpRequest) -> HttpResponse:
    """Planned releases by when they last changed, as Atom: announced, moved, called off, out."""
    feed = Atom1Feed(
        title=_("Integration portal: release calendar"),
        link=absolute(reverse("datasets:calendar")),
        description="",
        language=current_language(),
        feed_url=absolute(request.path),
    )
    rows = PlannedRelease.objects.select_related("dataset").prefetch_related("changes")
    for plan in rows.order_by("-changed_at", "-pk")[:NEWEST]:
        when = date_format(localtime(plan.planned_at), "DATETIME_FORMAT")
        changes = list(plan.changes.all())
        feed.add_item(
            title=f"{_title(plan)}: {plan.get_state_display()}",
            link=absolute(reverse("datasets:calendar")) + f"#plan-{plan.pk}",
            description=" ".join([f"{when}.", *(change.reason for change in changes[-1:])]),
            pubdate=plan.made_at,
            updateddate=plan.changed_at,
            unique_id=f"{absolute('/')}release/{plan.pk}",
        )
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response

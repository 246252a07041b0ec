"""Deadlines as a calendar file, one for each language."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from content.pages.models.deadlines import upcoming_deadlines
from portal.languages import current_language


@require_safe
def deadlines(request):
    """All deadlines that are not past, of guidance that everybody may read: text/calendar.

    Whole days by RFC 5545; what a deadline is known by follows from its key and language, and
    does not change with the host.
    """
    language = current_language()
    calendar = Calendar()
    calendar.add("prodid", "-//KEHA Centre//Integration portal//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Integration portal: deadlines"))
    for one in upcoming_deadlines(language, AnonymousUser()):
        event = Event()
        event.add("uid", f"urn:uuid:{uuid5(NAMESPACE_URL, f'{one.translation_key}:{language}')}")
        event.add("dtstamp", one.page.last_published_at)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", one.what)
        event.add("description", one.whom)
        event.add("url", f"{settings.SITE_URL}{one.page.url_path}")
        calendar.add_component(event)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="deadlines.ics"'
    return response

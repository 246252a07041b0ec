"""The list of events, and one's own events with the address for one's calendar."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from content.events.learning import of_person
from content.events.listing import Listing
from content.events.models import CalendarAddress
from content.events.services import calendar_addresses
from portal.languages import current_language
from portal.menu import crumbs


def index(request):
    """Events, narrowed by `when`, `way`, `topic` (a key), `area` (a key), `page`."""
    listing = Listing(request)
    past = bool(listing.filters.cleaned_data["when"])
    narrowed = any(listing.filters.cleaned_data.values())
    query = request.GET.copy()
    for name in ("when", "page"):
        query.pop(name, None)
    calendar = reverse("events:calendar") + (f"?{query.urlencode()}" if query else "")
    return render(
        request,
        "events/index.html",
        {
            "crumbs": crumbs((_("Events"), None)),
            "page_obj": listing.page,
            "filters": listing.filters,
            "past": past,
            "narrowed": narrowed,
            "calendar_url": calendar,
        },
    )


@login_required
@never_cache
def mine(request):
    """One's own events. GET shows them with the calendar's address; POST makes the address anew."""
    if request.method == "POST":
        calendar_addresses.renew(request.user)
        messages.success(request, _("Here is your address. One from before gives nothing now."))
        return redirect("events:mine")
    address = CalendarAddress.objects.filter(user=request.user).first()
    url = ""
    if address:
        url = f"{settings.SITE_URL}{reverse('events:my_calendar')}?key={address.key.hex}"
    return render(
        request,
        "events/mine.html",
        {
            "title": _("My events"),
            "no_index": True,
            "cards": of_person(request.user, current_language()),
            "calendar_url": url,
            "crumbs": crumbs((_("Events"), reverse("events:index")), (_("My events"), None)),
        },
    )

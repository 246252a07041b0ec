"""The page of an event, and its form: one page, one letter, one press."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from content.events import links
from content.events.errors import NotOpen, WayClosed
from content.events.forms import RegisterForm, RegistrationForm, room
from content.events.models import Event, Registration, Way
from content.events.permissions import may_organise
from content.events.services import registering
from portal import rate_limits
from portal.languages import current_language
from portal.menu import crumbs

FROM_ONE_NETWORK = {"most": 60, "seconds": 3600}  # for a whole office may register at once
TO_ONE_ADDRESS = {"most": 5, "seconds": 24 * 3600}


def visible(request, slug: str) -> Event:
    """The event, if the reader may know of it; 404 else."""
    return get_object_or_404(Event.objects.visible_to(request.user), slug=slug)


def event(request, slug):
    """What it is, when and where, what room there is; who is signed in sees their own part."""
    row = visible(request, slug)
    ways = list(Way.objects.filter(event=row).counted())
    mine = _own(request, row)
    context = {
        "event": row,
        "programme": row.programme.all(),
        "ways": [(way, room(way)) for way in ways],
        "mine": mine,
        "mine_url": links.own_path(mine) if mine else "",
        "may_register": row.takes_registrations and any(way.is_open for way in ways),
        "may_organise": may_organise(request.user),
        "crumbs": crumbs((_("Events"), reverse("events:index")), (row.name, None)),
    }
    return render(request, "events/event.html", context)


def _own(request, row: Event) -> Registration | None:
    if not request.user.is_authenticated:
        return None
    return Registration.objects.of(request.user).filter(event=row).live().first()


@never_cache
def register(request, slug):
    """The form. With an account one is registered at once, without one a letter is written.

    404 for an event that takes no registrations from this reader; 422 with what is missing, 429
    when too much came from one network.
    """
    row = visible(request, slug)
    if row.state == Event.State.DRAFT:
        raise Http404
    if not row.takes_registrations or not row.ways.filter(is_open=True).exists():
        return _page(request, row, "events/closed.html", {}, 410)
    if request.user.is_authenticated:
        return _with_account(request, row)
    form = RegisterForm(request.POST or None, event=row)
    status = 200
    if request.method == "POST":
        status = _asked(request, row, form)
        if not status:
            return redirect("events:sent", slug=slug)
    return _page(request, row, "events/register.html", {"form": form}, status)


def _asked(request, row: Event, form: RegisterForm) -> int:
    """Write to the address of the form; the status to show the form with, 0 when done with."""
    if form.is_from_a_machine:
        return 0
    if not form.is_valid():
        return 422
    network = rate_limits.network_address(request)
    if not rate_limits.one_more("event-from", network, **FROM_ONE_NETWORK):
        form.add_error(None, _("Much has been asked from your network. Try again in an hour."))
        return 429
    email = form.cleaned_data["email"]
    if rate_limits.one_more("event-to", email, **TO_ONE_ADDRESS):
        try:
            registering.ask(row, form.words, email=email, language=current_language())
        except NotOpen:
            form.add_error(None, _("Registration has just closed."))
            return 422
    return 0


def _with_account(request, row: Event):
    initial = {"name": request.user.get_full_name()}
    form = RegistrationForm(request.POST or None, event=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            mine = registering.register(
                row, form.words, user=request.user, language=current_language()
            )
        except (NotOpen, WayClosed):
            form.add_error(None, _("Registration has just closed."))
        else:
            return redirect(links.own_path(mine))
    status = 422 if request.method == "POST" else 200
    return _page(request, row, "events/register.html", {"form": form}, status)


def sent(request, slug):
    """Check your mail: the same whatever the address is."""
    return _page(request, visible(request, slug), "events/sent.html", {})


def _page(request, row: Event, template: str, context: dict, status: int = 200):
    way = (row.name, row.get_absolute_url()), (_("Registration"), None)
    frame = {
        "event": row,
        "no_index": True,
        "crumbs": crumbs((_("Events"), reverse("events:index")), *way),
    }
    return render(request, template, {**frame, **context}, status=status)

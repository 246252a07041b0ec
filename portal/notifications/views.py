"""Following: ask, confirm, manage, stop; with an account, or with an e-mail address alone.

A page that a letter leads to does nothing when it is opened: programs that check the links of
letters open them too. The button on it does.
"""

from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from portal import rate_limits
from portal.errors import BadParameter
from portal.languages import current_language
from portal.menu import crumbs

from . import following, links, services
from .forms import AddressForm, AskForm, HowForm
from .models import Follow, Follower, Frequency

FROM_ONE_NETWORK = {"most": 20, "seconds": 3600}
TO_ONE_ADDRESS = {"most": 5, "seconds": 24 * 3600}


def signed(view):
    """A view behind a signed link: one that does not hold leads to a page that says so."""

    @never_cache
    @wraps(view)
    def wrapped(request):
        try:
            return view(request, request.GET.get("key", ""))
        except links.ExpiredLinkError:
            return _broken(request, expired=True)
        except links.BrokenLinkError:
            return _broken(request)

    return wrapped


@never_cache
def start(request):
    """Follow the thing in `?what=section:681/2023:14`; without it, get the link to manage.

    400 when it is no kind that can be followed, 404 when the reader may not know of the thing.
    """
    what = request.GET.get("what", "")
    if not what:
        return redirect("follow:mine") if request.user.is_authenticated else _remind(request)
    thing, target = _wanted(request, what)
    if request.user.is_authenticated:
        return _with_account(request, thing, target)
    return _without_account(request, thing, target)


def _wanted(request, what):
    kind, _colon, subject = what.partition(":")
    if not following.can_be_followed(kind) or not subject or len(subject) > 100:
        raise BadParameter("what", what)
    thing = (kind, subject)
    found = following.find([thing], request.user, current_language())
    if thing not in found:
        raise Http404
    return thing, found[thing]


def _with_account(request, thing, target):
    """One button; what is followed already can be left on the page of all that one follows."""
    follower = Follower.objects.filter(user=request.user).first()
    mine = (
        Follow.objects.confirmed().filter(follower=follower) if follower else Follow.objects.none()
    )
    if request.method == "POST":
        services.follow(request.user, thing)
        messages.success(request, _("You follow this now: %(title)s") % {"title": target.title})
        return redirect("follow:mine")
    context = {
        "target": target,
        "follows": mine.filter(kind=thing[0], subject=thing[1]).exists(),
        "frequency": Frequency(follower.frequency if follower else Frequency.DAILY),
    }
    return _page(request, "notices/start_signed_in.html", _("Follow"), context)


def _without_account(request, thing, target):
    def ask(email):
        choices = {name: form.cleaned_data[name] for name in ("frequency", "language")}
        services.ask(email, thing, target, **choices)

    first = {"frequency": Frequency.DAILY, "language": current_language()}
    form = AskForm(request.POST or None, initial=first)
    status = _write_to(request, form, ask)
    if status is None:
        return redirect(f"{reverse('follow:sent')}?{urlencode({'what': ':'.join(thing)})}")
    context = {"target": target, "form": form}
    return _page(request, "notices/start.html", _("Follow"), context, status)


def _remind(request):
    form = AddressForm(request.POST or None)
    status = _write_to(request, form, lambda email: services.remind(email, current_language()))
    if status is None:
        return redirect("follow:sent")
    return _page(request, "notices/remind.html", _("What you follow"), {"form": form}, status)


def _write_to(request, form, write) -> int | None:
    """Write to the address of a form; the status to show the form with, None when it is done with.

    Done with is also what a machine sent, and an address that has got enough letters from here:
    what follows looks the same, and nobody can be flooded.
    """
    if request.method != "POST":
        return 200
    if form.is_from_a_machine:
        return None
    if not form.is_valid():
        return 422
    if not rate_limits.one_more(
        "follow-from", rate_limits.network_address(request), **FROM_ONE_NETWORK
    ):
        form.add_error(None, _("Much has been asked from your network. Try again in an hour."))
        return 429
    if rate_limits.one_more("follow-to", form.cleaned_data["email"], **TO_ONE_ADDRESS):
        write(form.cleaned_data["email"])
    return None


def sent(request):
    """The same for an address that is known here and for one that is not.

    `?what=section:681/2023:14` leads back to what was to be followed, on the terms of `start`.
    """
    what = request.GET.get("what", "")
    context = {"target": _wanted(request, what)[1]} if what else {}
    return _page(request, "notices/sent.html", _("Check your mail"), context)


@signed
def confirm(request, key):
    """GET says what is confirmed, POST confirms it.

    Used again, a link says that it has been; it does not lead to what else is followed.
    """
    asked = links.asked(key)
    thing = asked.follow.target
    found = following.find([thing], asked.follow.follower.reader, current_language())
    if thing not in found:
        raise links.BrokenLinkError
    context = {
        "target": found[thing],
        "frequency": asked.frequency,
        "email": asked.follow.follower.address,
    }
    if request.method == "POST" or asked.follow.confirmed_at:
        follower = services.confirm(asked) if request.method == "POST" else None
        if follower:
            context["manage_url"] = links.managing(follower, current_language())
        return _page(request, "notices/confirmed.html", _("You follow this now"), context)
    return _page(request, "notices/confirm.html", _("Confirm"), context)


@signed
def manage(request, key):
    """All that the reader of a letter follows; POST changes it (see _changed)."""
    return _manage(request, links.manager(key))


@never_cache
@login_required
def mine(request):
    """All that the signed-in reader follows; POST changes it (see _changed)."""
    follower = Follower.objects.select_related("user").filter(user=request.user).first()
    return _manage(request, follower)


def _manage(request, follower):
    form, status = None, 200
    if follower:
        if request.method == "POST" and (answer := _changed(request, follower)):
            return answer
        bound = request.POST if request.POST.get("event") == "change" else None
        status = 422 if bound else 200
        form = HowForm(
            bound, initial={"frequency": follower.frequency, "language": follower.language}
        )
    follows = list(follower.follows.confirmed()) if follower else []
    reader = follower.reader if follower else request.user
    found = following.find([one.target for one in follows], reader, current_language())
    context = {
        "follower": follower,
        "form": form,
        "follows": [(one, found.get(one.target)) for one in follows],
        "here": request.get_full_path(),
    }
    return _page(request, "notices/manage.html", _("What you follow"), context, status)


def _changed(request, follower):
    """What the form on the page asks for (`event`): change, unfollow or stop; None if it erred."""
    event = request.POST.get("event", "")
    if event == "stop":
        services.stop(follower)
        return _page(request, "notices/stopped.html", _("No more e-mails"), {})
    if event == "unfollow":
        pk = request.POST.get("follow", "")
        if pk.isascii() and pk.isdigit() and len(pk) < 19 and services.unfollow(follower, int(pk)):
            messages.success(request, _("You no longer follow this."))
        return redirect(request.get_full_path())
    form = HowForm(request.POST)
    if event != "change" or not form.is_valid():
        return None
    services.change(follower, **form.cleaned_data)
    messages.success(request, _("Your choices have been saved."))
    return redirect(request.get_full_path())


@csrf_exempt
@signed
def stop(request, key):
    """Stop all letters: POST at once, without cookie or token, as mail programs do (RFC 8058).

    GET is a page with a button. The signed key is what lets one do it, so no other token is asked.
    """
    follower = links.stopper(key)
    if follower is not None and request.method != "POST":
        has_account = {"has_account": follower.user_id is not None}
        return _page(request, "notices/stop.html", _("Stop the e-mails"), has_account)
    if follower is not None:
        services.stop(follower)
    return _page(request, "notices/stopped.html", _("No more e-mails"), {})


def _broken(request, *, expired=False):
    return _page(
        request,
        "notices/broken.html",
        _("The link does not work"),
        {"expired": expired},
        404 if not expired else 410,
    )


def _page(request, template, title, context, status=200):
    frame = {"crumbs": crumbs((title, None)), "title": title, "no_index": True}
    return render(request, template, {**frame, **context}, status=status)

"""Calls for all to read, and an organisation's interest in one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.organisations.models import Organisation
from partnership.programme.errors import AlreadySent, NotOpen
from partnership.programme.forms import InterestForm
from partnership.programme.models import Call, Interest
from partnership.programme.permissions import may_write
from partnership.programme.services import calls as services
from portal.page_cache import kept
from portal.paging import page_of

from . import crumbs

PER_PAGE = 20


@kept("page")
def index(request):
    """Open calls, the first to close first, and those that have closed, page by page."""
    today = timezone.localdate()
    visible = Call.objects.visible_to(request.user).prefetch_related("topics", "areas")
    context = {
        "crumbs": crumbs.programme((_("Calls"), None)),
        "open": visible.filter(closes_on__gte=today).order_by("closes_on", "pk"),
        "page_obj": page_of(visible.filter(closes_on__lt=today), request, PER_PAGE),
    }
    return render(request, "programme/calls.html", context)


@kept()
def detail(request, slug):
    """One call: what is asked, of whom and until when. Before its first day for the team."""
    rows = Call.objects.visible_to(request.user).prefetch_related("topics", "areas")
    call = get_object_or_404(rows, slug=slug)
    own = Interest.objects.none()
    if request.user.is_authenticated:
        own = call.interests.standing().of(request.user).select_related("organisation")
    context = {"call": call, "own": own, "crumbs": crumbs.calls((call.name, None))}
    return render(request, "programme/call.html", context)


@login_required
def interest(request, slug):
    """Say that an organisation is interested, or withdraw it until the deadline.

    GET shows the form for `organisation`, or what it has sent; POST sends it once, and with
    `withdraw` takes it back. 404 for an organisation that the reader does not write for.
    """
    call = get_object_or_404(Call.objects.visible_to(request.user), slug=slug)
    acting = list(Organisation.objects.of(request.user))
    writes = [one for one in acting if may_write(request.user, one)]
    asked = request.POST.get("organisation") or request.GET.get("organisation", "")
    organisation = next((one for one in writes if one.slug == asked), None)
    if asked and organisation is None:
        raise Http404
    if organisation is None and len(writes) == 1:
        organisation = writes[0]
    context = {
        "call": call,
        "crumbs": crumbs.calls((call.name, call.get_absolute_url()), (_("Interest"), None)),
    }
    if organisation is None:
        context |= {"choices": writes, "acting": acting}
        return render(request, "programme/interest_choose.html", context)
    sent = call.interests.standing().filter(organisation=organisation).first()
    context |= {"organisation": organisation, "sent": sent, "several": len(writes) > 1}
    if request.method == "POST" and "withdraw" in request.POST:
        return _withdraw(request, call, sent)
    form = InterestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.express(call, organisation, by=request.user, text=form.cleaned_data["text"])
        except NotOpen:
            messages.error(request, _("The call is not open. Nothing was sent."))
        except AlreadySent:
            messages.warning(request, _("It had been sent already. What was sent is below."))
        else:
            messages.success(
                request, _("Sent. The receipt comes by e-mail; the programme team reads it.")
            )
        return redirect(f"{request.path}?organisation={organisation.slug}")
    context["form"] = form
    return render(request, "programme/interest.html", context, status=422 if form.errors else 200)


def _withdraw(request, call: Call, sent: Interest | None):
    if sent is not None:
        try:
            services.withdraw(sent, by=request.user)
        except NotOpen:
            messages.error(request, _("The deadline has passed, so it cannot be withdrawn here."))
        else:
            messages.success(request, _("Withdrawn. You can send it again until the deadline."))
    return redirect(call)

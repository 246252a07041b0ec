"""What organisations seek and offer: the list, one of them, and where their people write them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnership.organisations.models import Organisation
from partnership.programme.errors import NotAMember
from partnership.programme.forms import OfferForm
from partnership.programme.listing import Offers, with_parts
from partnership.programme.models import Offer
from partnership.programme.permissions import may_write
from partnership.programme.services import offers as services
from portal.concurrency import Stale
from portal.embedding import code_for
from portal.page_cache import kept
from portal.paging import page_of
from portal.places.forms import by_its_key, is_typed
from portal.workflow import TransitionNotAllowed

from . import crumbs

PER_PAGE = 20


@kept("kind", "area", "topic", "page")
def index(request):
    """What is sought and offered, by `kind`, `area` (a key or a name), `topic` and `page`."""
    listing = Offers(request.GET)
    context = {
        "crumbs": crumbs.programme((_("We seek, we offer"), None)),
        "filters": listing.filters,
        "narrowed": listing.narrowed,
    }
    if is_typed(request.GET):
        if listing.filters.is_valid():
            return by_its_key(request, listing.chosen["area"])
        context["page_obj"] = page_of(Offer.objects.none(), request, PER_PAGE)
        return render(request, "programme/offers.html", context, status=400)
    context |= {
        "page_obj": page_of(listing.rows, request, PER_PAGE),
        "embed": code_for("offers", request.GET),
    }
    return render(request, "programme/offers.html", context)


@kept()
def detail(request, pk, slug):
    """One offer; when it has expired the page says so, and when it was closed it is gone."""
    rows = with_parts(Offer.objects.visible_to(request.user))
    offer = get_object_or_404(rows, pk=pk)
    if request.path != offer.get_absolute_url():
        return redirect(offer, permanent=True)
    context = {
        "offer": offer,
        "crumbs": crumbs.offers((offer.title, None)),
        "mine": may_write(request.user, offer.organisation),
        "no_index": not offer.is_running,
    }
    return render(request, "programme/offer.html", context)


def written_by_reader(request, pk) -> Offer:
    """An offer of an organisation that the reader writes for, or 404."""
    rows = with_parts(Offer.objects.filter(organisation__in=Organisation.objects.of(request.user)))
    offer = get_object_or_404(rows, pk=pk)
    if not may_write(request.user, offer.organisation):
        raise Http404
    return offer


@login_required
def write(request):
    """Write an offer: GET shows the form for `organisation`, POST puts it up for all to read.

    Without a member that the reader writes for, the page says how to become one.
    """
    members = Organisation.objects.of(request.user).members()
    writes = [one for one in members if may_write(request.user, one)]
    slug = request.POST.get("organisation") or request.GET.get("organisation", "")
    organisation = next((one for one in writes if one.slug == slug), None)
    if organisation is None and len(writes) == 1:
        organisation = writes[0]
    if organisation is None:
        context = {"crumbs": crumbs.offers((_("Write an offer"), None)), "choices": writes}
        return render(request, "programme/offer_choose.html", context)
    blank = Offer(organisation=organisation, language=request.LANGUAGE_CODE)
    form = OfferForm(request.POST if request.method == "POST" else None, instance=blank)
    if request.method == "POST" and form.is_valid():
        try:
            offer = services.publish(organisation, by=request.user, words=form.words, **form.chosen)
        except NotAMember:
            messages.error(request, _("The organisation is no longer a member of the programme."))
            return redirect("organisations:mine")
        messages.success(request, _("It is open for all to read now."))
        return redirect("programme:own_offer", pk=offer.pk)
    return _form(request, organisation, form)


@login_required
def edit(request, pk):
    """Write it anew; what somebody else has saved meanwhile is told, and nothing overwritten."""
    offer = written_by_reader(request, pk)
    if offer.is_closed:
        return redirect("programme:own_offer", pk=pk)
    form = OfferForm(request.POST if request.method == "POST" else None, instance=offer)
    stale = False
    if request.method == "POST" and form.is_valid():
        try:
            services.edit(
                offer,
                by=request.user,
                words=form.words,
                expect=form.cleaned_data["seen"],
                **form.chosen,
            )
        except Stale:
            stale = True
        except TransitionNotAllowed:
            messages.error(request, _("It has been closed meanwhile."))
            return redirect("programme:own_offer", pk=pk)
        else:
            messages.success(request, _("Saved."))
            return redirect("programme:own_offer", pk=pk)
    return _form(request, offer.organisation, form, stale=stale)


def _form(request, organisation, form, *, stale=False):
    context = {
        "crumbs": crumbs.offers((_("Write an offer"), None)),
        "organisation": organisation,
        "form": form,
        "stale": stale,
    }
    status = 409 if stale else 422 if form.errors else 200
    return render(request, "programme/offer_edit.html", context, status=status)


@login_required
def own(request, pk):
    """An offer as its people look after it: POST with `renew` or `close` does just that."""
    offer = written_by_reader(request, pk)
    if request.method == "POST":
        try:
            if "renew" in request.POST:
                services.renew(offer, by=request.user)
                messages.success(request, _("Renewed for ninety days."))
            elif "close" in request.POST:
                services.close(offer, by=request.user)
                messages.success(request, _("Closed. Nobody else sees it any more."))
        except TransitionNotAllowed:
            messages.error(request, _("It has been closed meanwhile."))
        return redirect("programme:own_offer", pk=pk)
    context = {"offer": offer, "crumbs": crumbs.offers((offer.title, None))}
    return render(request, "programme/offer_own.html", context)

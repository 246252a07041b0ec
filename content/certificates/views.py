"""The page of a certificate's address for everybody, and its holder's own page."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from content.pages.learning import learning_of
from portal import rate_limits
from portal.languages import current_language
from portal.menu import crumbs

from .models import Certificate
from .paper import as_pdf, said_of
from .resources import KIND
from .standing import standings

MOST, SECONDS = 120, 3600  # addresses that one network may try in an hour


@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What the holder allows to be seen of a certificate, and whether it still holds.

    The same 404 for a code that there is not and for one that its holder has closed; 429 for who
    tries too many. In the language of the account, the cookie or the browser.
    """
    context: dict[str, Any] = {"no_index": True}
    address = rate_limits.network_address(request)
    if not rate_limits.one_more_read("certificates", address, most=MOST, seconds=SECONDS):
        return _answer(request, "certificates/unknown.html", context | {"too_many": True}, 429)
    certificate = Certificate.objects.filter(code=code, open=True).select_related("holder").first()
    if certificate is None:
        return _answer(request, "certificates/unknown.html", context, 404)
    context |= {
        "certificate": certificate,
        "standing": standings([certificate])[certificate.pk],
        "name": certificate.holder.get_full_name() if certificate.shows_name else "",
        "acts": [said_of(one) for one in certificate.taught],
    }
    return _answer(request, "certificates/verify.html", context, 200)


def _answer(request: HttpRequest, name: str, context: dict[str, Any], status: int) -> HttpResponse:
    response = render(request, name, context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """“My learning”: what I began and take part in, and my certificates with what each shows."""
    mine = list(Certificate.objects.filter(holder_id=request.user.pk))
    state = standings(mine)
    context = {
        "certificates": [(one, state[one.pk]) for one in mine],
        "learning": [
            (one, cards)
            for one, cards in learning_of(request.user, current_language())
            if one is not KIND
        ],
        "crumbs": crumbs((_("My learning"), None)),
        "no_index": True,
    }
    return render(request, "certificates/own.html", context)


def _mine(request: HttpRequest, pk: int) -> Certificate:
    rows = Certificate.objects.filter(holder_id=request.user.pk).select_related("holder")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """What the address of one's own certificate shows: `open` and `shows_name`, each ticked or not.

    404 for a certificate of somebody else.
    """
    certificate = _mine(request, pk)
    certificate.open = "open" in request.POST
    certificate.shows_name = "shows_name" in request.POST
    certificate.save(update_fields=["open", "shows_name"])
    messages.success(request, _("Saved."))
    return redirect("certificates:own")


@login_required
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own certificate as PDF, in the language of the address. 404 for somebody else's."""
    response = HttpResponse(as_pdf(_mine(request, pk)), content_type="application/pdf")
    name = f"certificate-{pk}-{current_language()}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response

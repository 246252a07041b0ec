"""The decision on an application, for the organisation's people and the programme team."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnership.organisations import decisions
from partnership.organisations.models import Organisation
from partnership.organisations.permissions import may_review
from portal.printing import MissingGlyphs

from .crumbs import below_own


def _found(request, slug) -> tuple[Organisation, decisions.Decision]:
    """The organisation and the newest decision; 404 for strangers, and where there is none."""
    readable = (
        Organisation.objects.all()
        if may_review(request.user)
        else Organisation.objects.of(request.user)
    )
    organisation = get_object_or_404(readable, slug=slug)
    membership = decisions.latest(organisation)
    if membership is None:
        raise Http404
    return organisation, decisions.decision_on(membership)


@login_required
def decision(request, slug):
    """What was decided, why, by whom, and how to ask again, in the organisation's language."""
    organisation, found = _found(request, slug)
    context = {
        "crumbs": below_own(organisation.name),
        "organisation": organisation,
        "decision": found,
    }
    return render(request, "organisations/decision.html", context)


@login_required
def decision_pdf(request, slug):
    """The same letter as PDF/UA, for the organisation's archive."""
    _organisation, found = _found(request, slug)
    try:
        content = found.as_pdf()
    except MissingGlyphs as missing:
        messages.error(
            request,
            _("The letter has “%(text)s” in it, which cannot be printed. It is whole on this page.")
            % {"text": missing.text},
        )
        return redirect("organisations:decision", slug)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{slug}-{found.language}.pdf"'
    return response

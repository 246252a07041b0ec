"""An organisation's year, for its people: a page and a PDF for the board."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnership.organisations.year import OurYear, our_year, years_of
from portal.errors import BadParameter
from portal.printing import MissingGlyphs

from .crumbs import below_own
from .own import own


def _found(request, slug) -> OurYear:
    """The year of `year`, this one when none is given; 404 for strangers and for other years."""
    organisation = own(request, slug)
    asked = request.GET.get("year", "")
    if asked and not (asked.isdecimal() and asked.isascii() and len(asked) == 4):
        raise BadParameter("year", asked)
    year = int(asked) if asked else timezone.localdate().year
    if year not in years_of(organisation):
        raise Http404
    return our_year(organisation, year)


@login_required
def year(request, slug):
    """What happened in the year to the organisation and its commitments."""
    found = _found(request, slug)
    context = {
        "crumbs": below_own(found.organisation.name),
        "found": found,
        "years": years_of(found.organisation),
    }
    return render(request, "organisations/year.html", context)


@login_required
def year_pdf(request, slug):
    """The same as PDF/UA, in the language of the address."""
    found = _found(request, slug)
    try:
        content = found.as_pdf()
    except MissingGlyphs as missing:
        messages.error(
            request,
            _("There is “%(text)s” in it, which cannot be printed. It is whole on this page.")
            % {"text": missing.text},
        )
        return redirect("organisations:year", slug)
    name = f"{slug}-{found.year}-{get_language()}.pdf"
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response

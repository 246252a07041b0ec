"""Addresses that a room had before it was called otherwise."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from portal.languages import current_language


@require_safe
def guidance_in_swedish(request, rest):
    """/sv/vagledning/… leads on to /sv/stod-i-arbetet/…; 404 in other languages."""
    if current_language() != "sv":
        raise Http404
    query = request.META["QUERY_STRING"]
    return HttpResponsePermanentRedirect(
        f"/sv/stod-i-arbetet/{rest}" + (f"?{query}" if query else "")
    )

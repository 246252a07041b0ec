"""One address a thing: other spellings of it lead there."""

from django.http import HttpResponsePermanentRedirect


def other_spelling(request, row) -> HttpResponsePermanentRedirect | None:
    """A redirect to the row's own address, when this one is spelled otherwise (/32A/ for /32a/)."""
    address = row.get_absolute_url()
    if request.path == address:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

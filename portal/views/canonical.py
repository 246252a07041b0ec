"""One address a thing: other spellings of it lead there."""

from django.http import HttpResponsePermanentRedirect


def other_spelling(request, row) -> HttpResponsePermanentRedirect | None:
    """A redirect to the row's own address, when this one is spelled otherwise (/32A/ for /32a/)."""
    return other_address(request, row.get_absolute_url())


def other_address(request, address: str) -> HttpResponsePermanentRedirect | None:
    """A redirect to an address, with what is asked for, when the request came to another one."""
    if request.path == address:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

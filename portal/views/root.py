"""The bare address: on to the reader's language."""

from django.http import HttpResponseRedirect
from django.utils.cache import patch_vary_headers

from portal.middleware import preferred_language


def root(request):
    """Redirect to /fi/, /sv/ or /en/ by account, cookie, then Accept-Language."""
    response = HttpResponseRedirect(f"/{preferred_language(request)}/")
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response

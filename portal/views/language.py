"""The language of the addresses that have none in them."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.errors import BadParameter
from portal.languages import LANGUAGES


@never_cache
@require_http_methods(["GET", "POST"])
def language(request):
    """Remember `language` (fi, sv or en) in a cookie and go on to `next`, an address of this site.

    A signed-in person who posts it changes the language of the account, which counts before the
    cookie. Any other language is a 400; an address elsewhere leads to the home page.
    """
    asked = request.POST if request.method == "POST" else request.GET
    code, address = asked.get("language", ""), asked.get("next", "")
    if code not in LANGUAGES:
        raise BadParameter("language", code)
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()):
        address = f"/{code}/"
    if request.method == "POST" and request.user.is_authenticated:
        request.user.language = code
        request.user.save(update_fields=["language"])
    response = HttpResponseRedirect(address)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response

"""What every answer carries, and the language it is in."""

from urllib.parse import quote

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.urls import is_valid_path
from django.utils import translation
from django.utils.translation.trans_real import (
    get_language_from_path,
    get_languages,
    get_supported_language_variant,
    parse_accept_lang_header,
)

from portal.api import request as asking
from portal.languages import LANGUAGES
from portal.linguistics.typed import text_as_typed

CMS = "/cms/"
EMBED = "/embed/"
EMBED_POLICY = {
    "script-src": [NONE],
    "connect-src": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}
CMS_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "base-uri": [SELF],
    "frame-ancestors": [SELF],
}


def security_headers(get_response):
    """Headers that Django has no setting for; what is for one reader is kept by no cache."""

    def middleware(request):
        response = get_response(request)
        headers = response.headers
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path_info.startswith(CMS):
            headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        private = request.path_info.startswith((CMS, "/accounts/"))
        if private or settings.SESSION_COOKIE_NAME in request.COOKIES:
            headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


def no_cookies_in_frames(get_response):
    """What other sites show in frames reads no cookie and sets none, so it knows nobody."""

    def middleware(request):
        if not request.path_info.startswith(EMBED):
            return get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = get_response(request)
        response.cookies.clear()
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return middleware


class ContentSecurityPolicy(CSPMiddleware):
    """The site's strict policy, and under /cms/ the one that Wagtail's own pages can live with.

    Under /embed/ it is stricter, but that anyone may frame it.
    """

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(CMS) and response.status_code == 200 and not report_only:
            parts.replace = {**CMS_POLICY, **(parts.replace or {})}
        if request.path_info.startswith(EMBED) and not report_only:
            parts.replace = EMBED_POLICY
        return parts


def words_as_typed(get_response):
    """What is looked for is read as it was meant, in every box of the site, /cms/ and the API.

    They all call it `q`, so that it is done here once.
    """

    def middleware(request):
        if "q=" in request.META.get("QUERY_STRING", "") and "q" in request.GET:
            query = request.GET.copy()
            query.setlist("q", [text_as_typed(words) for words in query.getlist("q")])
            query._mutable = False
            request.GET = query
        return get_response(request)

    return middleware


def usual_spelling(get_response):
    """An address that leads nowhere because of its spelling leads to the usual one.

    /FI/Laki/ is /fi/laki/, /API/V1/Areas is /api/v1/areas, and the API's addresses end without a
    slash. What a view has looked for and does not give (a thing, a token) has no other spelling;
    pages, looked for last, have one.
    """

    def middleware(request):
        response = get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        path = request.path_info
        first = path.split("/")[1].lower()
        found = request.resolver_match
        spellings: tuple[str, ...] = ()
        if first in LANGUAGES and (found is None or found.view_name == "content:page"):
            spellings = (path.lower(),)
        elif found is None and path.lower().startswith(asking.ROOTS):
            spellings = _of_data(path.rstrip("/"))
        with translation.override(first if first in LANGUAGES else None):
            usual = next((one for one in spellings if one != path and is_valid_path(one)), None)
        if usual is None:
            return response
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{quote(usual)}?{query}" if query else quote(usual))

    return middleware


def _of_data(path: str) -> tuple[str, ...]:
    """The usual spellings of an address for programs; a key at its end keeps its capitals."""
    above, _slash, key = path.rpartition("/")
    return path, f"{above.lower()}/{key}", path.lower()


def language_of_the_reader(get_response):
    """The address decides; elsewhere the account, then the cookie, then the browser."""

    def middleware(request):
        in_path = get_language_from_path(request.path_info)
        request.LANGUAGE_CODE = in_path or preferred_language(request)
        with translation.override(request.LANGUAGE_CODE):
            response = get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return middleware


def preferred_language(request) -> str:
    """The language of the account, of the language cookie or of Accept-Language; else Finnish.

    What the API answers, and a frame of another site shows, is in the language that its address
    names.
    """
    if asking.for_data(request) or request.path_info.startswith(EMBED):
        return asking.language(request)
    if request.user.is_authenticated:
        return request.user.language
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if cookie in get_languages():
        return cookie
    accepted = request.headers.get("Accept-Language", "").lower()[:500]
    for language, _quality in parse_accept_lang_header(accepted):
        if language == "*":
            break
        try:
            return get_supported_language_variant(language)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE

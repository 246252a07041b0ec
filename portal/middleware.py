"""What every answer carries, and the language it is in."""

from django.conf import settings
from django.utils import translation
from django.utils.translation.trans_real import (
    get_language_from_path,
    get_languages,
    get_supported_language_variant,
)


def security_headers(get_response):
    """Headers that Django has no setting for."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def language_of_the_reader(get_response):
    """The address decides; elsewhere the account, then the cookie, then the browser."""

    def middleware(request):
        in_path = get_language_from_path(request.path_info)
        request.LANGUAGE_CODE = in_path or preferred_language(request)
        translation.activate(request.LANGUAGE_CODE)
        response = get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return middleware


def preferred_language(request) -> str:
    """The language of the account, of the language cookie or of Accept-Language; else Finnish."""
    if request.user.is_authenticated:
        return request.user.language
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if cookie in get_languages():
        return cookie
    for accepted, _quality in translation.trans_real.parse_accept_lang_header(
        request.headers.get("Accept-Language", "").lower()[:500]
    ):
        if accepted == "*":
            break
        try:
            return get_supported_language_variant(accepted)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE

"""Who reads, and whether they have shown what their work asks for."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.forms import BaseForm
from django.shortcuts import redirect
from django.utils.translation import gettext as _

LIMITED = ("too_many_login_attempts", "rate_limited")  # allauth's codes of it
SECONDS_LIMITED = 300
OPEN_WITHOUT_SECOND_FACTOR = ("/accounts/", settings.STATIC_URL)


class ReaderMiddleware(AuthenticationMiddleware):
    """Django's, but an address read without a session cookie never touches the session.

    So the pages of readers who have not signed in carry no `Vary: Cookie` and can be cached.
    """

    def process_request(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return super().process_request(request)
        request.user = AnonymousUser()

        async def auser():
            return request.user

        request.auser = auser


class LimitedSignIn:
    """allauth's forms that refuse for too many tries are 429 with Retry-After, not 200."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_template_response(self, request, response):
        form = (response.context_data or {}).get("form")
        if isinstance(form, BaseForm) and is_limited(form):
            response.status_code = 429
            response.headers["Retry-After"] = str(SECONDS_LIMITED)
        return response


def is_limited(form: BaseForm) -> bool:
    """Whether a form refuses because it was tried too often."""
    places = [NON_FIELD_ERRORS, *form.fields]
    return any(form.has_error(place, code) for place in places for code in LIMITED)


def second_factor_for_staff(get_response):
    """People who may enter /cms/ get nowhere but to the set-up page until they have one.

    Those who have one are asked for it by allauth at every sign-in, whatever way they came.
    Demo mode lets them in without (STAFF_NEED_SECOND_FACTOR).
    """

    def middleware(request):
        if needs_to_set_one_up(request):
            messages.info(
                request,
                _("Your role needs a second factor. Set one up to go on: an app or a passkey."),
            )
            return redirect("mfa_index")
        return get_response(request)

    return middleware


def needs_to_set_one_up(request) -> bool:
    return (
        settings.STAFF_NEED_SECOND_FACTOR
        and not request.path_info.startswith(OPEN_WITHOUT_SECOND_FACTOR)
        and request.user.is_authenticated
        and request.user.works_here
        and not is_mfa_enabled(request.user)
    )


def cms_for_those_who_work_here(get_response):
    """Signed in and without a role: /cms/ is refused; signing in once more would not help."""

    def middleware(request):
        if (
            request.path_info.startswith("/cms/")
            and request.user.is_authenticated
            and not request.user.works_here
        ):
            raise PermissionDenied
        return get_response(request)

    return middleware

"""Error pages, in the reader's language."""

import sys
from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.template import loader
from django.utils import translation
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _

from portal.api import request as asking
from portal.api.problems import problem
from portal.away import is_away
from portal.languages import LANGUAGES, current_language
from portal.middleware import preferred_language

SECONDS_AWAY = 30  # until it makes sense to ask again


def error(
    request,
    status: int,
    title: str,
    text: str,
    again: Sequence[tuple[str, str]] = (),
    kept: Sequence[str] = (),
):
    """One of the error pages, with the site's frame around it.

    `again` is what was posted, by name and value, for a button that posts it once more; `kept`
    are texts that were posted, to be copied from the page.
    The other languages of an error are the home pages in them. The API's errors are problems.
    """
    if asking.for_data(request):
        return problem(request, status, detail=text if status == 400 else "")
    context = {
        "status": status,
        "title": title,
        "text": text,
        "again": again,
        "kept": kept,
        "no_index": True,
        "alternates": {code: f"/{code}/" for code in LANGUAGES},
    }
    return render(request, "error.html", context, status=status)


def bad_request(request, exception=None):
    return error(
        request,
        400,
        _("This request could not be read"),
        str(exception)
        if getattr(exception, "for_people", False)
        else _("Check the address and try again."),
    )


def csrf_failure(request, reason=""):
    """A form without the token of now. Signing in changes it, and with it forms that stood open.

    What was filled in on a page of ours is offered for sending once more, as it was; without
    cookies, where that would fail again, its texts are shown for copying.
    """
    fields = _of_our_own_form(request)
    if fields and reason != REASON_NO_CSRF_COOKIE:
        return error(
            request,
            403,
            _("The form could not be sent safely"),
            _(
                "You have signed in again since this page was opened. Nothing that you filled in "
                "is lost: send it once more."
            ),
            fields,
        )
    return error(
        request,
        403,
        _("The form could not be sent safely"),
        _(
            "Go back, load the page again and send the form once more. "
            "Your browser must accept cookies."
        ),
        kept=[value for _name, value in fields if " " in value.strip()],
    )


def _of_our_own_form(request) -> list[tuple[str, str]]:
    """What was posted, if a page of this site posted it, and it has no secrets and no files."""
    own = f"{request.scheme}://{request.get_host()}"
    of_another = request.META.get("HTTP_ORIGIN") != own
    secret = request.path.startswith("/accounts/") or any(
        "password" in name for name in request.POST
    )
    if of_another or secret or request.FILES:
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]


def no_room(request):
    """The server's disk is full: nothing was saved, and the texts that were posted are shown."""
    texts = [value for _name, values in request.POST.lists() for value in values]
    return error(
        request,
        507,
        _("There is no room for the file just now"),
        _("Nothing was saved. Try again later, or tell the service's support."),
        kept=[text for text in texts if " " in text.strip()],
    )


def forbidden(request, exception=None):
    return error(
        request,
        403,
        _("You may not open this page"),
        _("Your account has no right to this page. If it should have, ask the service's support."),
    )


def not_found(request, exception=None):
    return error(
        request,
        404,
        _("Page not found"),
        _("The page may have moved or been removed. Search for it, or start from the home page."),
    )


def too_many_requests(request, exception=None):
    response = error(
        request,
        429,
        _("Too many tries"),
        _("Wait a few minutes, then try again. This protects accounts from being guessed."),
    )
    response.headers["Retry-After"] = "300"
    return response


def server_error(request):
    """The page of a fault, or of a database that is away: 500, or 503 with Retry-After.

    Without the site's frame, whose menu needs the database that may be what failed; in the
    language of the address, of the cookie or of the browser, for no account can be asked.
    """
    away = is_away(sys.exc_info()[1])
    status = 503 if away else 500
    request.user = AnonymousUser()
    language = getattr(request, "LANGUAGE_CODE", None) or get_language_from_path(request.path_info)
    with translation.override(language or preferred_language(request)):
        if asking.for_data(request):
            response = problem(request, status)
        else:
            page = loader.get_template("server_error.html")
            context = {"language": current_language(), "status": status}
            response = HttpResponse(page.render(context), status=status)
    if away:
        response.headers["Retry-After"] = str(SECONDS_AWAY)
    response.headers["Cache-Control"] = "no-store"
    return response

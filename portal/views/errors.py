"""Error pages, in the reader's language."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from portal.api import asking
from portal.api.problems import problem
from portal.languages import LANGUAGES, current_language


def error(request, status: int, title: str, text: str):
    """One of the error pages, with the site's frame around it.

    The other languages of an error are the home pages in them. The API's errors are problems.
    """
    if asking.for_data(request):
        return problem(request, status, detail=text if status == 400 else "")
    context = {
        "status": status,
        "title": title,
        "text": text,
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
    return error(
        request,
        403,
        _("The form could not be sent safely"),
        _(
            "Go back, load the page again and send the form once more. "
            "Your browser must accept cookies."
        ),
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
    """The 500 page: without the frame, whose menu needs the database that may be what failed."""
    if asking.for_data(request):
        return problem(request, 500)
    page = loader.get_template("server_error.html")
    return HttpResponseServerError(page.render({"language": current_language()}))

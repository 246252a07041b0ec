"""Error pages, in the reader's language."""

from django.shortcuts import render
from django.utils.translation import gettext as _


def error(request, status: int, title: str, text: str):
    """One of the error pages, with the site's frame around it."""
    return render(
        request, "error.html", {"status": status, "title": title, "text": text}, status=status
    )


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


def server_error(request):
    return error(
        request,
        500,
        _("Something went wrong on our side"),
        _("The fault has been recorded. Try again in a moment."),
    )

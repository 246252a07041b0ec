"""The first step of joining: the business ID, by which the register tells the official name."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnership.organisations import business_id, register
from partnership.organisations.forms import ApplicationForm
from partnership.organisations.models import Draft, Organisation
from portal import rate_limits
from portal.views.errors import too_many_requests

AN_HOUR = 30  # questions of one person to the register


def look_up(request):
    """Keep what was typed, and fill in the name that the register has for the business ID.

    Whatever the register answers, the form is shown again and can be filled in by hand.
    """
    typed = ApplicationForm.typed(request.POST)
    try:
        typed["business_id"] = number = business_id.normalised(str(typed.get("business_id", "")))
    except ValidationError as error:
        _keep(request, typed)
        messages.error(request, error.message)
        return redirect("organisations:join")
    if Organisation.objects.filter(business_id=number).exists():
        _keep(request, typed)
        return redirect("organisations:ask", number)
    if not rate_limits.one_more("register", str(request.user.pk), most=AN_HOUR, seconds=3600):
        return too_many_requests(request)
    _ask(request, number, typed)
    _keep(request, typed)
    return redirect("organisations:join")


def _ask(request, number, typed) -> None:
    try:
        company = register.look_up(number)
    except register.RegisterAway:
        messages.warning(
            request,
            _("The business register does not answer now. Write the name yourself and go on."),
        )
        return
    if company is None:
        messages.warning(
            request,
            _(
                "The business register does not know this business ID. Check it; if it is right, "
                "write the name yourself and go on."
            ),
        )
        return
    typed["name_fi"] = company.name
    if company.ended:
        messages.warning(
            request,
            _("According to the business register %(name)s ended on %(day)s.")
            % {"name": company.name, "day": date_format(company.ended, "DATE_FORMAT")},
        )
    else:
        messages.success(
            request, _("The business register has the name %(name)s.") % {"name": company.name}
        )


def _keep(request, typed) -> None:
    Draft.objects.keep(request.user, typed)

"""Going on into the next period: one press, from a letter's link or from one's own page.

Opening the page changes nothing. Mail scanners press buttons too: what comes within seconds of
opening is asked again, and a confirmation can be taken back on the same page.
"""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnership.organisations.errors import TooLate
from partnership.organisations.models import Membership, Renewal
from partnership.organisations.services import renewals
from portal.forms import OpenToAll
from portal.workflow import TransitionNotAllowed

from .own import edited

Status = Membership.Status


class PressForm(OpenToAll):
    """One button; `press` says which."""

    press = forms.ChoiceField(choices=[("go-on", ""), ("undo", "")], widget=forms.HiddenInput)


def renewal(request, key):
    """The page of a letter's link, without signing in. 404 as `Renewal.of_key` says."""
    try:
        row, person = Renewal.of_key(key)
    except Renewal.DoesNotExist as error:
        raise Http404 from error
    return _page(request, row, by=person)


@login_required
def own_renewal(request, slug):
    """The same for an owner or editor who is signed in; 404 when nobody has asked."""
    organisation = edited(request, slug)
    rows = Renewal.objects.select_related("membership__organisation", "period", "before")
    row = rows.filter(membership__organisation=organisation).first()
    if row is None:
        raise Http404
    return _page(request, row, by=request.user)


def _page(request, row, *, by):
    posted = request.POST if request.method == "POST" else None
    if posted is not None and OpenToAll(posted).is_from_a_machine:
        return redirect(request.path)
    form = PressForm(posted)
    if posted is not None and form.is_valid():
        _press(request, row, form.cleaned_data["press"], by=by)
        return redirect(request.path)
    status = row.membership.status
    return render(
        request,
        "organisations/renewal.html",
        {
            "renewal": row,
            "membership": row.membership,
            "organisation": row.membership.organisation,
            "period": row.period,
            "over": status not in (Status.ACTIVE, Status.LAPSED),
            "lapsed": status == Status.LAPSED,
            "form": form,
            "no_index": True,
        },
        status=422 if form.errors else 200,
    )


def _press(request, row, what, *, by):
    try:
        if what == "undo":
            renewals.undo(row, by=by)
            messages.success(request, _("This has been taken back: it is as it was before."))
        else:
            renewals.confirm(row, by=by)
    except TooLate:
        messages.error(request, _("This can be taken back for fourteen days."))
    except TransitionNotAllowed:
        messages.error(request, _("The membership has ended: this can no longer be done."))

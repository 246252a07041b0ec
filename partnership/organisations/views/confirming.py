"""Confirming the directory entry: by a letter's key without signing in, or from one's own page.

Opening the link confirms nothing, nor does a form sent without its button. Mail scanners press
buttons too: what comes within seconds of opening is asked again, and what was confirmed can be
taken back for fourteen days.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnership.organisations.errors import TooLate
from partnership.organisations.models import ConfirmationAsk, Organisation
from partnership.organisations.services import confirmations
from portal.forms import OpenToAll

from .own import edited


def confirm(request, key):
    """The entry as it stands with one button; afterwards, that it is confirmed, with a way back.

    404 for a key that there is not, that is older than a year, or whose reader looks after the
    entry no longer, and for an organisation that is no member.
    """
    asks = ConfirmationAsk.objects.select_related("organisation", "to")
    ask = get_object_or_404(asks, key=key)
    organisation = ask.organisation
    if not (ask.is_open and _keeps(ask.to, organisation) and _is_member(organisation)):
        raise Http404
    done = ask.confirmations.standing().first()
    pressed = _pressed(request)
    form = OpenToAll(request.POST if pressed else None)
    if pressed:
        if form.is_from_a_machine:
            return redirect(request.path)
        if form.is_valid():
            return _act(request, pressed, organisation, done, by=ask.to, ask=ask)
    return _show(request, organisation, done, form)


@login_required
def confirm_own(request, slug):
    """The same for somebody who is signed in and looks after the entry."""
    organisation = edited(request, slug)
    if not _is_member(organisation):
        raise Http404
    latest = organisation.confirmations.standing().filter(at=organisation.confirmed_at).first()
    done = latest if latest and latest.can_be_undone else None
    pressed = _pressed(request)
    if pressed:
        return _act(request, pressed, organisation, done, by=request.user)
    return _show(request, organisation, done)


def _keeps(user, organisation) -> bool:
    return confirmations.keepers(organisation).filter(pk=user.pk).exists()


def _is_member(organisation) -> bool:
    return Organisation.objects.members().filter(pk=organisation.pk).exists()


def _pressed(request) -> str:
    """Which of the two buttons was pressed, if one was."""
    if request.method != "POST":
        return ""
    return next((name for name in ("confirm", "undo") if name in request.POST), "")


def _act(request, pressed, organisation, done, *, by, ask=None):
    if pressed == "confirm":
        confirmations.confirm(organisation, by=by, ask=ask)
    elif done:
        try:
            confirmations.undo(done, by=by)
        except TooLate:
            messages.error(request, _("A confirmation can be taken back for fourteen days."))
        else:
            messages.success(request, _("The confirmation has been taken back."))
    return redirect(request.path)


def _show(request, organisation, done, form=None):
    return render(
        request,
        "organisations/confirm.html",
        {
            "organisation": organisation,
            "done": done,
            "form": form,
            "no_index": True,
            "contacts": organisation.contacts.all(),
        },
        status=422 if form is not None and form.errors else 200,
    )

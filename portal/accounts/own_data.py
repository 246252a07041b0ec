"""A person's own data: what the portal holds of them, as a file, and out of the portal."""

import json

import structlog
from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.personal import MayNotGo, erase, export, refusals, summary

from .leaving import person_of

logger = structlog.get_logger(__name__)


class EraseForm(forms.Form):
    """Asks for the account's address, typed: nothing is erased by one press."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("Type the address that you sign in with. This cannot be undone."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, address, **kwargs):
        super().__init__(*args, **kwargs)
        self.address = address

    def clean_email(self):
        if self.cleaned_data["email"].lower() != self.address.lower():
            raise forms.ValidationError(_("This is not the address of this account."))
        return self.cleaned_data["email"]


@login_required
def own_data(request):
    """What is held of the reader, what would go and what would stay, with both buttons."""
    return _show(request, EraseForm(address=request.user.email))


def _show(request, form, status=200):
    person = person_of(request.user)
    lines = summary(person)
    context = {
        "form": form,
        "going": [line for line in lines if not line.stays],
        "staying": [line for line in lines if line.stays],
        "refusals": refusals(person),
    }
    return render(request, "account/own_data.html", context, status=status)


@login_required
@require_POST
@reauthentication_required
def export_own(request):
    """All that the portal holds of the reader, as a JSON file."""
    document = json.dumps(export(person_of(request.user)), ensure_ascii=False, indent=2)
    response = HttpResponse(document + "\n", content_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
@reauthentication_required
def erase_own(request):
    """Erase the reader at once, when the address was typed and no room refuses."""
    form = EraseForm(request.POST, address=request.user.email)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        lines = erase(person_of(request.user))
    except MayNotGo:
        return _show(request, form, status=409)
    logout(request)
    logger.info("person_erased", rows=sum(line.count for line in lines))
    messages.success(
        request, _("Your account and what belonged to it have been erased. You are signed out.")
    )
    return redirect("/")

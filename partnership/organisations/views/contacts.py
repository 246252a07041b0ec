"""Whom to contact in which matter: rows of the profile that its owners and editors change."""

import re

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.validators import RegexValidator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.organisations.models import Contact
from partnership.organisations.services import profiles
from portal.names import PlainNames

from .crumbs import below_own
from .own import edited

PHONE = RegexValidator(
    re.compile(r"^\+?[0-9][0-9 ()/-]{3,28}$"),
    gettext_lazy("Write the number in the form +358 40 123 4567."),
)
MOST = 8


class ContactForm(PlainNames, forms.ModelForm):
    """One contact: a matter, perhaps a unit, and an address or a number."""

    plain_names = ("function",)

    class Meta:
        model = Contact
        fields = ["role", "function", "email", "phone"]
        widgets = {"phone": forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(PHONE)

    def clean(self):
        """One of the two ways to reach it is enough, and one is needed."""
        typed = super().clean()
        wrong = {"email", "phone"} & self.errors.keys()
        if not (typed.get("email") or typed.get("phone") or typed.get("DELETE") or wrong):
            self.add_error("email", _("Write an e-mail address or a telephone number."))
        return typed


ContactForms = forms.modelformset_factory(
    Contact,
    form=ContactForm,
    extra=2,
    max_num=MOST,
    validate_max=True,
    absolute_max=MOST + 1,  # Django itself would answer a thousand rows that are claimed
    can_delete=True,
)


@login_required
def contacts(request, slug):
    """The rows there are and two more; POST puts what was written in their place."""
    organisation = edited(request, slug)
    posted = request.POST if request.method == "POST" else None
    rows = ContactForms(posted, queryset=organisation.contacts.all(), prefix="contact")
    if posted is not None and rows.is_valid():
        kept = [form.instance for form in rows if _is_kept(form.cleaned_data)]
        profiles.change_contacts(organisation, by=request.user, contacts=kept)
        messages.success(request, _("The contacts have been saved."))
        return redirect("organisations:mine")
    return render(
        request,
        "organisations/contacts.html",
        {"crumbs": below_own(organisation.name), "organisation": organisation, "rows": rows},
        status=422 if posted is not None else 200,
    )


def _is_kept(typed: dict) -> bool:
    return bool(typed.get("email") or typed.get("phone")) and not typed.get("DELETE")

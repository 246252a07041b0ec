"""What a follower is asked: an address, how often, in which language."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.forms import OpenToAll

from .models import Frequency


class HowForm(forms.Form):
    """How often letters come, and in which language."""

    frequency = forms.ChoiceField(
        label=_("How often"),
        choices=Frequency.choices,
        initial=Frequency.DAILY,
        widget=forms.RadioSelect,
        help_text=_("An e-mail comes only when something has changed."),
    )
    language = forms.ChoiceField(
        label=_("Language of the e-mails"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


class AddressForm(OpenToAll):
    """An e-mail address; whether it is known here is told to nobody but its reader."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class AskForm(AddressForm, HowForm):
    """All on one page, for a reader without an account."""

    field_order = ["email", "frequency", "language"]

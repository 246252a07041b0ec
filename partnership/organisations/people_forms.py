"""What is asked of people who act for an organisation, or want to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import OpenToAll, WordsThatAreSeen

from .models import JoinRequest, Representative


class AskForm(WordsThatAreSeen, forms.ModelForm):
    """A request to act for an organisation: who asks, in a sentence for its people."""

    class Meta:
        model = JoinRequest
        fields = ["text"]
        help_texts = {
            "text": _(
                "In a sentence: your work there. Its people see it with your name and address."
            )
        }
        error_messages = {"text": {"required": _("Write in a sentence who you are there.")}}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class LetInForm(forms.Form):
    """With which role somebody who has asked is let in."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=Representative.Role,
        initial=Representative.Role.MEMBER,
        widget=forms.RadioSelect,
    )


class NoSignInForm(OpenToAll):
    """A button of a page that a letter's key opens: no scanner's press, at once or without it."""

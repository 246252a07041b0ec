"""The feedback form for readers, and the forms of those who answer."""

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from portal.forms import OpenToAll

from .models import Feedback


def is_own_path(path: str) -> bool:
    """Whether this is an address on this site: /en/areas/TA05/, and not another host."""
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)


class FeedbackForm(OpenToAll, forms.ModelForm):
    """What a reader fills in; sent twice, it is kept once (see OpenToAll)."""

    class Meta:
        model = Feedback
        fields = ["kind", "text", "email", "name", "about"]
        labels = {
            "text": _("Your feedback"),
            "email": _("E-mail address"),
            "name": _("Name"),
        }
        help_texts = {
            "text": _("Do not write personal data of clients here."),
            "email": _("Only if you want an answer. We confirm by e-mail that it has arrived."),
        }
        widgets = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 7}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "about": forms.HiddenInput,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Feedback.Kind.choices
        self.fields["text"].max_length = 5000
        self.fields["text"].validators.append(forms.fields.validators.MaxLengthValidator(5000))

    def clean_about(self):
        path = self.cleaned_data["about"]
        if path and not is_own_path(path):
            raise forms.ValidationError(_("This is not a page of the portal."))
        return path


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Answer"), widget=forms.Textarea(attrs={"rows": 8}), max_length=10000
    )


class CloseForm(forms.Form):
    note = forms.CharField(
        label=_("Why it is closed without an answer"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )

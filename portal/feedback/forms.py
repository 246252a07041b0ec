"""The feedback form, and what keeps machines from filling it in: no third party, no puzzle."""

import uuid
from datetime import timedelta

from django import forms
from django.core import signing
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from .models import Feedback

SALT = "portal.feedback"
FASTEST = timedelta(seconds=3)
SLOWEST = timedelta(hours=12)


def is_own_path(path: str) -> bool:
    """Whether this is an address on this site: /en/areas/TA05/, and not another host."""
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)


def opened_now() -> str:
    """A signed word that says when a form was opened, with a key of its own."""
    return signing.dumps(uuid.uuid4().hex, salt=SALT)


class FeedbackForm(forms.ModelForm):
    """`opened` is signed: a form that comes back at once, or days later, is asked for again.

    People never see `website`; what is written there was written by a machine.
    """

    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

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
        self.initial.setdefault("opened", opened_now())

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("website"))

    def clean_about(self):
        path = self.cleaned_data["about"]
        if path and not is_own_path(path):
            raise forms.ValidationError(_("This is not a page of the portal."))
        return path

    def clean(self):
        cleaned = super().clean()
        token = cleaned.get("opened", "")
        try:
            cleaned["key"] = uuid.UUID(signing.loads(token, salt=SALT, max_age=SLOWEST))
        except signing.BadSignature:
            self._open_again()
            self.add_error(
                None, _("The form had been open for too long. Check it and send it again.")
            )
            return cleaned
        if not self.errors and not _was_opened_before(token, FASTEST):
            self.add_error(None, _("That was very fast. Check what you wrote and send it again."))
        return cleaned

    def _open_again(self):
        """Give the form that comes back a fresh word, so that sending it again works."""
        self.data = self.data.copy()
        self.data[self.add_prefix("opened")] = opened_now()


def _was_opened_before(token: str, age: timedelta) -> bool:
    try:
        signing.loads(token, salt=SALT, max_age=age)
    except signing.SignatureExpired:
        return True
    return False


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

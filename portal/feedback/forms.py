"""The feedback form for readers, and the forms of those who answer."""

from django import forms
from django.core import signing
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from portal.forms import OpenToAll, WordsThatAreSeen
from portal.names import PlainNames

from . import pages
from .models import Feedback, Opinion


def is_own_path(path: str) -> bool:
    """Whether this is an address on this site: /en/areas/TA05/, and not another host."""
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)


class FeedbackForm(PlainNames, WordsThatAreSeen, OpenToAll, forms.ModelForm):
    """What a reader fills in; sent twice, it is kept once (see OpenToAll)."""

    plain_names = ("name",)

    class Meta:
        model = Feedback
        fields = ["kind", "text", "email", "name", "about"]
        labels = {
            "text": _("Your feedback"),
            "email": _("E-mail address"),
            "name": _("Name"),
        }
        error_messages = {"text": {"required": _("Write your feedback.")}}
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


class AnswerForm(WordsThatAreSeen, forms.Form):
    text = forms.CharField(
        label=_("Answer"), widget=forms.Textarea(attrs={"rows": 8}), max_length=10000
    )


class CloseForm(WordsThatAreSeen, forms.Form):
    note = forms.CharField(
        label=_("Why it is closed without an answer"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class OpinionForm(forms.ModelForm):
    """Whether a page helped, as asked on it. `page` is the word that portal.feedback.pages signed.

    The form stands on pages that caches keep for many readers, so it has no token of its own. What
    keeps machines away is the signed page, `website`, where the request comes from and how many.
    """

    page = forms.CharField(widget=forms.HiddenInput)
    website = forms.CharField(required=False, widget=forms.HiddenInput)
    helped = forms.TypedChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda word: word == "yes",
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Opinion
        fields = ["helped", "reason", "text"]
        labels = {"reason": _("What was wrong?"), "text": _("Tell more")}
        help_texts = {
            "text": _("Do not write personal data, yours or a client's. You will get no answer.")
        }
        widgets = {"reason": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = Opinion.Reason.choices
        self.fields["reason"].required = not self.is_bound or self.data.get("helped") != "yes"
        self.fields["reason"].error_messages["required"] = _("Choose what was wrong.")
        self.fields["text"].validators.append(forms.fields.validators.MaxLengthValidator(1000))

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("website"))

    def clean_page(self):
        try:
            return pages.read(self.cleaned_data["page"])
        except signing.BadSignature:
            raise forms.ValidationError(_("This is not a page of the portal.")) from None

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("helped"):
            return cleaned | {"reason": "", "text": ""}
        return cleaned


class DealForm(WordsThatAreSeen, forms.Form):
    note = forms.CharField(
        label=_("What was done, or why nothing needs to be"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )

"""How every form of the site looks, words that can be seen, and what keeps machines out.

The form's renderer is Django's own, with our field template. Against machines: no third party, no
puzzle.
"""

import unicodedata
import uuid
from datetime import timedelta

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

SALT = "portal.forms"
FASTEST = timedelta(seconds=3)
SLOWEST = timedelta(hours=12)


class Renderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class FoldedCheckboxes(forms.CheckboxSelectMultiple):
    """A long list in groups, of which those stand open in which something is chosen."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["groups"] = [
            (group, options, any(option["selected"] for option in options))
            for group, options, _index in context["widget"]["optgroups"]
        ]
        return context


def says_something(text: str) -> None:
    """Refuse text of nothing that is seen: spaces, zero-width marks, soft hyphens."""
    if not any(unicodedata.category(one)[0] not in "CZ" for one in text):
        raise ValidationError(_("Write something that can be read."), code="unseen")


class WordsThatAreSeen:
    """A form whose required text fields refuse text that nobody can see.

    Django strips spaces by itself, and not the marks without width that come along when pasting.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and field.required:
                field.validators.append(says_something)


def opened_now() -> str:
    """A signed word that says when a form was opened, with a key of its own."""
    return signing.dumps(uuid.uuid4().hex, salt=SALT)


class OpenToAll(forms.Form):
    """A form that anybody may send without signing in.

    `opened` is signed: a form that comes back at once, or half a day later, is asked for again.
    Its key, the same however often it is sent, is in `cleaned_data["key"]`. People never see
    `website`; what is written there was written by a machine.
    """

    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("opened", opened_now())

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("website"))

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
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

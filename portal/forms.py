"""How every form of the site looks, what it says is missing, and what keeps machines out.

The form's renderer is Django's own, with our field template. Against machines: no third party, no
puzzle.
"""

import unicodedata
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SALT = "portal.forms"
FASTEST = timedelta(seconds=3)
SLOWEST = timedelta(hours=12)


Words = str | Promise
Groups = tuple[tuple[Words, Words, tuple[str, ...]], ...]

# What to write, by the purpose that a field has in the autocomplete attribute (WCAG 2.2, 1.3.5).
PURPOSES: dict[str, Words] = {
    "email": _("Enter the e-mail address, for example name@example.org."),
    "current-password": _("Enter your password."),
    "new-password": _("Enter the new password."),
    "one-time-code": _("Enter the code."),
    "given-name": _("Enter your first name."),
    "family-name": _("Enter your last name."),
}
FORM_OF_ADDRESS = _("Enter the e-mail address in the form name@example.org.")
FORM_OF_WEBSITE = _("Enter the address in the form https://www.example.org.")
CHOOSE_ONE = _("Choose one of these.")
CHOOSE_SOME = _("Choose at least one.")
CHOOSE_FROM_LIST = _("Choose from the list.")
TICK = _("Tick the box to go on.")
NOT_WHOLE = _("A part of the form is missing. Load the page again and fill in the form once more.")


def what_to_write(field: forms.Field) -> dict[str, Words]:
    """Error messages that say what to write, by Django's codes, from what kind of field it is."""
    words: dict[str, Words] = {}
    purpose = field.widget.attrs.get("autocomplete", "")
    if field.widget.is_hidden:
        words = {"required": NOT_WHOLE}
    elif isinstance(field, forms.EmailField):
        words = {"required": PURPOSES["email"], "invalid": FORM_OF_ADDRESS}
    elif isinstance(field, forms.URLField):
        words = {"invalid": FORM_OF_WEBSITE}
    elif isinstance(field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)):
        words = {"required": CHOOSE_SOME}
    elif isinstance(field, forms.ChoiceField):
        radio = isinstance(field.widget, forms.RadioSelect)
        choose = CHOOSE_ONE if radio else CHOOSE_FROM_LIST
        words = {"required": choose, "invalid_choice": choose}
    elif isinstance(field, forms.BooleanField):
        words = {"required": TICK}
    return words | ({"required": PURPOSES[purpose]} if purpose in PURPOSES else {})


class FieldOnAForm(BoundField):
    """Django's; where a field has no words of its own for what is wrong, it says what to write.

    Every form of the site has it, allauth's too, as it comes with the renderer. allauth writes
    each label once more into its empty box, where it looks like an answer: there it goes.
    """

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        if any(kind.__module__.startswith("allauth.") for kind in type(form).__mro__):
            field.widget.attrs.pop("placeholder", None)
        plain = _plain_messages(type(field))
        for code, words in what_to_write(field).items():
            if field.error_messages.get(code) == plain.get(code):
                field.error_messages[code] = words


def _plain_messages(kind: type[forms.Field]) -> dict[str, Words]:
    """Django's own words for the errors of a kind of field, by their codes."""
    plain: dict[str, Words] = {}
    for parent in reversed(kind.__mro__):
        plain |= getattr(parent, "default_error_messages", {})
    return plain


class Renderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = FieldOnAForm


@dataclass(frozen=True)
class Fieldset:
    """Fields that belong together, with a heading and perhaps a line on why they are asked."""

    legend: Words
    why: Words
    fields: list[BoundField]


class InGroups(forms.BaseForm):
    """A form in groups; its fields are in the order in which they stand on the page.

    `GROUPS` has a heading, why it is asked, and names of fields. Names that a form has not are
    passed over; fields that no group names come last.
    """

    GROUPS: Groups = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields([name for _legend, _why, names in self.GROUPS for name in names])

    @property
    def fieldsets(self) -> list[Fieldset]:
        return [
            Fieldset(legend, why, [self[name] for name in names if name in self.fields])
            for legend, why, names in self.GROUPS
        ]


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

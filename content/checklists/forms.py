"""The small forms of a checklist: one an item, and for whom one is opened."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.linguistics.personal_data import Kind, find

from .models import ItemAnswer
from .permissions import choices


def without_people(words: str) -> str:
    """The words, refused when something in them may tell who a person is."""
    if any(one.kind in (Kind.CODE, Kind.CASE) for one in find(words)):
        raise forms.ValidationError(
            _("This may tell who a person is. No client is ever named in a checklist.")
        )
    return words


class AnswerForm(forms.ModelForm):
    """Where an item stands, with its reason or evidence. `seen` is what was read."""

    link = forms.URLField(
        label=_("Link to the evidence"), required=False, max_length=200, assume_scheme="https"
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = ItemAnswer
        fields = ("state", "words", "link")
        error_messages = {"state": {"required": _("Choose where the item stands.")}}
        widgets = {"words": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version_token
        self.fields["words"].help_text = _("Never write of a client.")

    def clean_words(self):
        return without_people(self.cleaned_data["words"])

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("state") == ItemAnswer.State.NOT and not data.get("words"):
            self.add_error("words", _("Say why it does not apply."))


class OwnItemForm(forms.Form):
    """An item of one's own beside those of the list."""

    text = forms.CharField(
        label=_("Own item"),
        max_length=250,
        help_text=_("Never write of a client."),
        error_messages={"required": _("Write what the item is.")},
    )

    def clean_text(self):
        return without_people(self.cleaned_data["text"])


class BeginForm(forms.Form):
    """For whom an own checklist is opened."""

    whose = forms.ChoiceField(
        label=_("For whom"), error_messages={"required": _("Choose for whom you open it.")}
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["whose"].choices = choices(user)

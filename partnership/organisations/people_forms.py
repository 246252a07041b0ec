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


class LeaveForm(forms.Form):
    """Who comes after the last owner: one of the others, or somebody to be found."""

    HAND_OVER = "hand-over"

    successor = forms.ChoiceField(label=_("Who comes after you?"), widget=forms.RadioSelect)

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.others = {str(one.pk): one for one in others.select_related("user")}
        self.fields["successor"].choices = [
            *((pk, str(one.user)) for pk, one in self.others.items()),
            (self.HAND_OVER, _("Nobody yet: write to the organisation and ask for somebody new")),
        ]

    @property
    def choice(self) -> dict:
        """What was chosen, as the service takes it."""
        chosen = self.cleaned_data["successor"]
        if chosen == self.HAND_OVER:
            return {"hand_over": True}
        return {"successor": self.others[chosen]}


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

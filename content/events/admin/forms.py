"""The form of an event, and those of the organiser's moves."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput

from content.events.models import Event, Registration, Request

MOST_REQUIRED_QUESTIONS = 1  # beside name, address and way: four fields to be filled in


class EventForm(WagtailAdminModelForm):
    """An event with its programme, ways of taking part and own questions."""

    def clean(self):
        cleaned = super().clean()
        required = sum(one.get("required", False) for one in self._rows("questions"))
        if required > MOST_REQUIRED_QUESTIONS:
            self.add_error(
                None,
                ValidationError(_("At most one of your own questions has to be answered.")),
            )
        self._keep_ways_in_use()
        return cleaned

    def _rows(self, name: str, deleted: bool = False) -> list[dict]:
        """What was typed in the rows of a part of the form; or those that are to go."""
        formset = self.formsets.get(name)
        if formset is None or not formset.is_valid():
            return []
        rows = [form.cleaned_data for form in formset.forms if form.cleaned_data]
        return [row for row in rows if bool(row.get("DELETE")) == deleted]

    def _keep_ways_in_use(self):
        gone = [row["id"].pk for row in self._rows("ways", deleted=True) if row.get("id")]
        if Registration.objects.filter(way__in=gone).exists():
            self.add_error(
                None,
                ValidationError(
                    _(
                        "Somebody is registered for the way of taking part that you took away. "
                        "Keep it, and untick “gives places”."
                    )
                ),
            )
        stands = self.instance.state != Event.State.DRAFT
        if stands and self.formsets.get("ways") is not None and not self._rows("ways"):
            self.add_error(None, ValidationError(_("Keep one way of taking part.")))


class CallOffForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it does not take place"),
        help_text=_("It stands on the page of the event and in the letter to each participant."),
        max_length=Event._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CopyForm(forms.Form):
    starts_at = forms.DateTimeField(
        label=_("Starts"),
        help_text=_("All times move with it. You get a draft, where nobody is registered."),
        widget=AdminDateTimeInput,
    )


class RecordingForm(forms.Form):
    address = forms.URLField(
        label=_("Where the recording and the slides are"),
        max_length=Event._meta.get_field("material_url").max_length,
        assume_scheme="https",
    )


class RefuseForm(forms.Form):
    answer = forms.CharField(
        label=_("Why it is not possible"),
        max_length=Request._meta.get_field("answer").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AcceptForm(forms.Form):
    answer = forms.CharField(
        label=_("A word to the participant"),
        max_length=Request._meta.get_field("answer").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

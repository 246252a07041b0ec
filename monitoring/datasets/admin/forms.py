"""The file of a dataset, and the words and the minute of its release."""

from django import forms
from django.utils.translation import gettext_lazy as _

from monitoring.datasets.models import Dataset, Release
from portal.media import uploads

LARGEST = 25 * 1024 * 1024


class FileForm(forms.Form):
    dataset = forms.ModelChoiceField(
        Dataset.objects.all(), label=_("Dataset"), to_field_name="slug", empty_label=_("Choose")
    )
    file = forms.FileField(
        label=_("File (CSV, XLSX, JSON-stat)"),
        max_length=255,
        help_text=_(
            "Nothing is released yet: the next page shows what the file would change. A file "
            "larger than 25 MB is brought with the command import_dataset."
        ),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        uploads.check(file, largest=LARGEST)
        return file


class MomentInput(forms.DateTimeInput):
    """The browser's own choice of a day and a minute."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class ProposalForm(forms.Form):
    release_at = forms.DateTimeField(
        label=_("To be released"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=MomentInput,
        help_text=_("Day and minute in Finland. The values are public from then on."),
    )
    choice = forms.ChoiceField(
        label=_("What is taken back or given away"),
        required=False,
        choices=[("", _("Nothing is")), *Release.Choice.choices],
        help_text=_("The page says whether there is something to choose. Say why below."),
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=Release._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown to the public with the release. A correction says what was wrong."),
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("What is to be changed"),
        max_length=Release._meta.get_field("answer").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

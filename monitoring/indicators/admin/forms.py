"""The two forms of an import: the file, and the consent to what its check showed."""

from django import forms
from django.core.validators import URLValidator
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from monitoring.indicators.models import Release
from portal.media import uploads

LARGEST = 25 * 1024 * 1024


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file"),
        max_length=255,
        help_text=_(
            "One row a value, with the columns indicator, area, time and value, and if you like "
            "status, source_url and note. Nothing is written yet: the next page shows what is "
            "wrong with the file and what it would change."
        ),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than %(size)s. Import it with the command import_indicators.")
                % {"size": filesizeformat(LARGEST)}
            )
        uploads.check(file, largest=LARGEST)
        return file


class ConsentForm(forms.Form):
    """`seen` is the fingerprint of the report that the person has before their eyes."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=Release._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Why this file: a new month, a correction and its reason. Kept with the release."
        ),
    )
    source_url = forms.URLField(
        label=_("Address of the source"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https", "http"])],
        help_text=_("Where the values were published, if it is one place."),
    )

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from law.consolidation import as_lines, from_lines
from law.models import SectionVersion
from portal.concurrency import VersionedForm

HELP = _(
    "An empty line between subsections; each item on a line of its own that begins with its number,"
    " such as 3)."
)


class LinesField(forms.CharField):
    """A text of the law as lines that a person can correct."""

    widget = AdminAutoHeightTextInput

    def prepare_value(self, value):
        return value if isinstance(value, str) else as_lines(value or [])

    def clean(self, value):
        return from_lines(super().clean(value))

    def has_changed(self, initial, data):
        """Whether it reads otherwise; blanks and ends of lines do not count."""
        return from_lines(data or "") != read_again(initial)


def read_again(text) -> list[dict]:
    """A stored text as a person's lines would be read, so that the two can be compared."""
    return from_lines(as_lines(text or []))


def uneven(finnish, swedish) -> str:
    """How the two texts differ in their subsections, in words; nothing when they do not."""
    if not finnish or not swedish or len(finnish) == len(swedish):
        return ""
    return gettext("Subsections in Finnish: %(finnish)s, in Swedish: %(swedish)s.") % {
        "finnish": len(finnish),
        "swedish": len(swedish),
    }


class WordingForm(VersionedForm, forms.ModelForm):
    """The consolidated heading and text, in the languages that have been imported.

    Where these have different numbers of subsections, one has to say that it is known.
    """

    text_fi = LinesField(label=_("Text in Finnish"), help_text=HELP)
    text_sv = LinesField(label=_("Text in Swedish"), help_text=HELP)
    uneven = forms.BooleanField(label=_("I know that the languages differ"), required=False)

    class Meta:
        model = SectionVersion
        fields = SectionVersion.WORDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for language in ("fi", "sv"):
            if not getattr(self.instance, f"text_{language}"):
                del self.fields[f"heading_{language}"], self.fields[f"text_{language}"]
        if not self.is_bound:
            told = uneven(self.instance.text_fi, self.instance.text_sv)
            if told:
                self.fields["uneven"].help_text = told
            else:
                del self.fields["uneven"]

    def clean(self):
        """What was not changed stays exactly as it is stored."""
        words = super().clean()
        unchanged = words.keys() & set(self._meta.fields) - set(self.changed_data)
        words |= {name: self.initial[name] for name in unchanged}
        told = uneven(words.get("text_fi"), words.get("text_sv"))
        if not told:
            del self.fields["uneven"]
        elif not words["uneven"]:
            asked = gettext("Correct the texts, or tick this if the Act is so.")
            self.add_error("uneven", f"{told} {asked}")
        return words

    @property
    def words(self) -> dict:
        """The headings and texts that were found right."""
        return {name: self.cleaned_data[name] for name in self._meta.fields if name in self.fields}

    @property
    def corrects(self) -> bool:
        """Whether any of them was changed."""
        return not set(self._meta.fields).isdisjoint(self.changed_data)

"""What an asker fills in, and how what may be personal is pointed out where it stands."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from law.models import Section
from partnership.organisations.models import Organisation
from portal.forms import FoldedCheckboxes, InGroups
from portal.linguistics.personal_data import Finding, find
from portal.places.forms import AreaField
from portal.places.models import Area
from portal.topics.models import Audience

from .models import Message, Question


@dataclass(frozen=True)
class Screened:
    """A text of a form in which something was found, with the places marked."""

    label: str
    marked: str


class ScreenedForm(forms.Form):
    """A form whose texts may not tell who a person is.

    `SCREENED` names the fields. Each thing that is found is to be removed, or confirmed as not
    personal by its key among the posted `confirmed`; until then the form is not valid. What was
    confirmed and is no longer in the texts is let go.
    """

    SCREENED: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.findings: dict[str, Finding] = {}
        self.screened: list[Screened] = []
        self.confirmed: list[str] = []
        if self.is_bound:
            self._screen()

    def _screen(self):
        for name in self.SCREENED:
            field = self.fields[name]
            text = self.data.get(self.add_prefix(name), "").replace("\r\n", "\n")
            text = text[: field.max_length]  # what is longer is refused, and is not read to its end
            if findings := find(text):
                self.screened.append(Screened(field.label, marked(text, findings)))
            for one in findings:
                self.findings.setdefault(one.key, one)
        self.confirmed = [key for key in self.data.getlist("confirmed") if key in self.findings]

    @property
    def choices_of_findings(self) -> list[tuple[Finding, bool]]:
        """Each finding, once, and whether it is confirmed as not personal."""
        return [(one, key in self.confirmed) for key, one in self.findings.items()]

    @property
    def left(self) -> list[Finding]:
        """What is neither removed nor confirmed."""
        return [one for key, one in self.findings.items() if key not in self.confirmed]

    def clean(self):
        cleaned = super().clean()
        if self.left:
            self.add_error(
                None,
                _(
                    "The text has something that may tell who a person is: %(words)s. Remove "
                    "it, or say that it is not personal."
                )
                % {
                    "words": ", ".join(_("“%(words)s”") % {"words": one.words} for one in self.left)
                },
            )
        return cleaned


def marked(text: str, findings: list[Finding]) -> str:
    """The text as safe HTML, with each finding marked and named."""
    parts, end = [], 0
    for one in findings:
        parts += [
            text[end : one.start],
            format_html('<mark title="{}">{}</mark>', one.kind.label, one.words),
        ]
        end = one.end
    return format_html_join("", "{}", ((part,) for part in [*parts, text[end:]]))


class WordsField(forms.CharField):
    """Words to be read: without control characters, and not made of invisible ones alone."""

    UNSEEN = frozenset(["Cc", "Cf", "Zl", "Zp", "Zs"])
    # What turns the direction of the words that follow, and would turn those around them.
    TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

    def to_python(self, value):
        words = super().to_python(value)
        if all(unicodedata.category(one) in self.UNSEEN for one in words):
            return self.empty_value
        return "".join(
            one
            for one in words
            if one in "\r\n\t" or not (one in self.TURNING or unicodedata.category(one) == "Cc")
        )


class SectionPicker(FoldedCheckboxes):
    """All sections by chapter, folded."""

    template_name = "questions/widgets/sections.html"


class SectionsField(forms.ModelMultipleChoiceField):
    """Sections in force, under their chapters; and those `chosen` before, whatever became of them.

    What was asked about a section that is repealed since is still about it.
    """

    widget = SectionPicker

    def __init__(self, **kwargs):
        super().__init__(Section.objects.in_force(), **kwargs)

    def clean(self, value):
        # A number beyond those of the database would be its error, and not that of the form.
        for one in value or ():
            if not (str(one).isascii() and str(one).isdecimal() and len(str(one)) < 10):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": one},
                )
        return super().clean(value)

    def offer(self, chosen: Collection[int] = ()) -> None:
        """Put the sections up as choices; to be called by each form, as the law changes."""
        self.queryset = Section.objects.in_force() | Section.objects.filter(pk__in=chosen)
        self.choices = self._grouped()

    def _grouped(self) -> list[tuple[str, list[tuple[int, str]]]]:
        groups: dict[str, list] = {}
        for section in self.queryset.select_related("act", "chapter"):
            heading = section.place or section.act.title
            label = f"{section.label[:1].upper()}{section.label[1:]}: {section.name}"
            if section.status == Section.Status.REPEALED:
                label += f" ({section.get_status_display().lower()})"
            groups.setdefault(heading, []).append((section.pk, label))
        return list(groups.items())


class AskForm(InGroups, ScreenedForm):
    """A question about applying the law, for an organisation or as a person."""

    SCREENED = ("title", "text", "private_reason")

    title = WordsField(
        label=gettext_lazy("The question in short"),
        error_messages={"required": gettext_lazy("Write the question in one sentence.")},
        help_text=gettext_lazy("One sentence. We look for answers by it while you write."),
        max_length=Question._meta.get_field("title").max_length,
    )
    text = WordsField(
        label=gettext_lazy("The question"),
        error_messages={
            "required": gettext_lazy("Write what has to be decided, and where you are in doubt.")
        },
        help_text=gettext_lazy(
            "What you have to decide or arrange, how you read the law, and where you are in doubt. "
            "Leave out names and everything else that tells who a client is: we advise on applying "
            "the law, and never on one client’s case."
        ),
        max_length=Question._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    sections = SectionsField(
        label=gettext_lazy("Sections of the law"),
        help_text=gettext_lazy("If you know which ones the question is about."),
        required=False,
    )
    organisation = forms.ChoiceField(
        label=gettext_lazy("You ask"), widget=forms.RadioSelect, required=False
    )
    shared = forms.BooleanField(
        label=gettext_lazy("My colleagues in the organisation may see the question and the answer"),
        required=False,
    )
    audience = forms.ModelChoiceField(
        Audience.objects.all(),
        label=gettext_lazy("Where you work"),
        to_field_name="key",
        empty_label=gettext_lazy("Choose"),
    )
    area = AreaField(
        label=gettext_lazy("Area"),
        help_text=gettext_lazy("Begin to write its name and choose it from the list."),
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the answer"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )
    publishing = forms.ChoiceField(
        label=gettext_lazy("May the answer be published?"),
        help_text=gettext_lazy(
            "A published answer tells nothing of you or of your organisation. It helps the others "
            "who ask the same."
        ),
        choices=[
            ("yes", gettext_lazy("Yes, it may be published without anything that identifies us")),
            ("no", gettext_lazy("No, answer only us")),
        ],
        widget=forms.RadioSelect,
    )
    private_reason = WordsField(
        label=gettext_lazy("Why only to you?"),
        max_length=Question._meta.get_field("private_reason").max_length,
        required=False,
        # The stylesheet hides an empty field while the answer may be published.
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": " "}),
    )

    GROUPS = (
        (gettext_lazy("Your question"), "", ("title", "text", "sections")),
        (gettext_lazy("Who asks"), "", ("organisation", "shared", "audience", "area")),
        (gettext_lazy("The answer"), "", ("language", "publishing", "private_reason")),
    )

    def __init__(self, data=None, *, user, **kwargs):
        super().__init__(data, **kwargs)
        self.organisations = {one.slug: one for one in Organisation.objects.of(user)}
        self.fields["sections"].offer()
        self._offer_organisations()
        self.fields["area"].offer(Area.objects.choosable().defer("map_path"))

    def _offer_organisations(self):
        if not self.organisations:
            del self.fields["organisation"], self.fields["shared"]
            return
        self.fields["organisation"].choices = [
            ("", pgettext_lazy("who asks", "In my own name")),
            *(
                (slug, _("For the organisation %(name)s") % {"name": one.name})
                for slug, one in self.organisations.items()
            ),
        ]

    @classmethod
    def typed(cls, data) -> dict:
        """What stands in a form that was posted, as a draft keeps it: words and lists of words."""
        lists = ("sections", "confirmed")
        words = [name for _legend, _why, names in cls.GROUPS for name in names if name not in lists]
        kept = {name: data.get(name, "")[:10_000] for name in words}
        return kept | {name: data.getlist(name)[:200] for name in lists}

    def clean(self):
        cleaned = super().clean()
        silent = not cleaned.get("private_reason") and "private_reason" not in self.errors
        if cleaned.get("publishing") == "no" and silent:
            self.add_error("private_reason", _("Say why the answer may not be published."))
        if cleaned.get("shared") and not cleaned.get("organisation"):
            cleaned["shared"] = False
        return cleaned

    @property
    def asked(self) -> dict:
        """The fields of the question, as `asking.receive` takes them."""
        cleaned = self.cleaned_data
        private = cleaned["publishing"] == "no"
        return {
            "title": cleaned["title"],
            "text": cleaned["text"],
            "sections": cleaned["sections"],
            "organisation": self.organisations.get(cleaned.get("organisation", "")),
            "shared": cleaned.get("shared", False),
            "audience": cleaned["audience"],
            "area": cleaned["area"],
            "language": cleaned["language"],
            "may_be_published": not private,
            "private_reason": cleaned["private_reason"] if private else "",
            "confirmed": self.confirmed,
        }


class AddForm(ScreenedForm):
    """What the asker adds to a question."""

    SCREENED = ("text",)

    text = WordsField(
        label=gettext_lazy("Your addition"),
        error_messages={"required": gettext_lazy("Write your addition.")},
        max_length=Message._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

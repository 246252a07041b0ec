"""What an organisation's people fill in, and what the programme team writes back."""

from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from law.models import Section
from partnership.organisations import business_id
from partnership.organisations.models import Organisation
from portal.concurrency import VersionedForm
from portal.forms import Groups, InGroups, OpenToAll, WordsThatAreSeen
from portal.linguistics.typed import text_as_typed
from portal.media.attachments import AttachmentField
from portal.names import one_line
from portal.places.forms import AreasField
from portal.places.models import Area

from . import partial_dates
from .criteria import NEEDED
from .models import Commitment, Milestone
from .models.confirmations import Answer
from .models.shares import Progress
from .services.writing import MOST_MILESTONES

LONG = {"rows": 4}


class SectionsField(forms.CharField):
    """Sections of the Integration Act by their numbers: 14, 32 a."""

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=200, **kwargs)

    def prepare_value(self, value):
        return (
            value if isinstance(value, str) else ", ".join(one.shown_number for one in value or [])
        )

    def clean(self, value):
        numbers = [
            "".join(word.split()).rstrip("§").lower() for word in super().clean(value).split(",")
        ]
        numbers = [number for number in numbers if number]
        found = {
            row.number: row
            for row in Section.objects.filter(act__number=681, act__year=2023, number__in=numbers)
        }
        if unknown := [number for number in numbers if number not in found]:
            raise ValidationError(
                _("The Integration Act has no section %(number)s."), params={"number": unknown[0]}
            )
        return [found[number] for number in dict.fromkeys(numbers)]


class PartialDate(forms.CharField):
    """A year, a month or a day, as somebody types it."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", partial_dates.HOW)
        super().__init__(max_length=10, **kwargs)
        self.widget.attrs["size"] = 12

    def prepare_value(self, value):
        try:
            return partial_dates.typed(value) if value else value
        except ValueError:
            return value  # as it was typed, to be put right

    def clean(self, value):
        value = super().clean(value)
        return partial_dates.parse(value) if value else ""


class CommitmentForm(InGroups, VersionedForm, forms.ModelForm):
    """A commitment as it is written: only its sentence is needed to save it."""

    areas = AreasField(
        label=_("Areas"),
        required=False,
        help_text=_(
            "Where it happens. Begin to write a name and choose it from the list; put a comma "
            "between several."
        ),
    )
    sections = SectionsField(
        label=_("Sections of the Integration Act"),
        help_text=_("Those that it rests on, by number: 13, 32 a. When one changes, you are told."),
    )

    class Meta:
        model = Commitment
        fields = [*Commitment.WORDS, "indicator", "language"]
        widgets = {
            **{name: forms.Textarea(attrs=LONG) for name in Commitment.WORDS[1:]},
            "title": forms.TextInput(attrs={"maxlength": 140}),
            "language": forms.RadioSelect,
        }
        error_messages = {
            "title": {"required": _("Write the commitment in one sentence to save it.")}
        }

    GROUPS: Groups = (
        (
            _("What you promise"),
            _("Written so that anybody can see later whether it happened."),
            ("title", "change", "beneficiaries"),
        ),
        (
            _("How it is seen"),
            _("The same thing now and later, with figures and days where there are any."),
            ("baseline", "target", "indicator"),
        ),
        (_("Where and with what"), "", ("areas", "resources", "sections", "language")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].validators.append(one_line)
        for name in (*NEEDED, "areas"):  # saved without them, it cannot be sent in without them
            self.fields[name].needed_later = True
        self.fields["areas"].offer(Area.objects.choosable().only("key", "kind", *NAMES))
        self.fields["indicator"].queryset = self.fields["indicator"].queryset.published()
        self.fields["indicator"].empty_label = _("None of these")
        if self.instance.pk:
            self.initial["areas"] = [area.key for area in self.instance.areas.all()]
            self.initial["sections"] = self.instance.sections

    @property
    def words(self) -> dict[str, Any]:
        """The columns that were filled in, as the services take them."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def chosen(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("areas", "sections")}


NAMES = ("name_fi", "name_sv", "name_en")


class MilestoneForm(WordsThatAreSeen, forms.Form):
    """One step; a row that is left empty is none."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("What is done"),
        max_length=140,
        validators=[one_line],
        error_messages={"required": _("Write something that can be read.")},
    )
    due = PartialDate(label=_("By when"), error_messages={"required": partial_dates.HOW})
    evidence = forms.CharField(
        label=_("How it is seen"),
        max_length=300,
        required=False,
        help_text=_("What anybody can look at when it is done."),
    )


class Milestones(BaseFormSet):
    """The steps of a commitment as its form has them, in the order in which they are due."""

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("title")]


MilestoneFormSet = formset_factory(
    MilestoneForm,
    formset=Milestones,
    extra=1,
    max_num=MOST_MILESTONES,
    validate_max=True,
    absolute_max=MOST_MILESTONES + 1,  # Django itself would answer a thousand rows that are claimed
)


MOST_MEANT = 200
MORE = ("amount", "milestone", "due", "upload")


class ReportForm(forms.Form):
    """How it goes: nothing is chosen beforehand, and nothing but the choice is needed."""

    progress = forms.ChoiceField(
        label=_("How does it go?"), choices=Progress.choices, widget=forms.RadioSelect
    )
    sentence = forms.CharField(
        label=_("In one sentence, if you like"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    amount = forms.IntegerField(
        label=_("How much so far"), required=False, min_value=0, max_value=1_000_000_000
    )
    upload = AttachmentField(label=_("A file"))
    milestone: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Which milestone"),
        queryset=Milestone.objects.none(),
        required=False,
        empty_label=_("The commitment as a whole"),
    )
    due = PartialDate(label=_("If it moved: to when"), required=False)

    def __init__(self, *args, share, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["milestone"].queryset = share.commitment.milestones.filter(done_on=None)
        if not self.fields["milestone"].queryset:
            del self.fields["milestone"], self.fields["due"]
        if share.amount is None:
            del self.fields["amount"]
        else:
            self.fields["amount"].help_text = f"{share.amount} {share.unit}".strip()

    @property
    def more(self):
        """The fields that are folded away: whoever has a minute more fills them in."""
        return [self[name] for name in MORE if name in self.fields]

    @property
    def is_wrong_in_more(self) -> bool:
        return any(field.errors for field in self.more)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("due") and not cleaned.get("milestone"):
            self.add_error("milestone", _("Choose the milestone that moved."))
        return cleaned


class LetterReportForm(OpenToAll, ReportForm):
    """The same from a letter's link: what a mail scanner sends within seconds is asked again."""


class PressForm(OpenToAll):
    """A button on the page of a letter's link, such as taking back, and no scanner's press."""


class ShareForm(WordsThatAreSeen, forms.Form):
    """What a partner does of a joint commitment, in words and as far as it can be counted."""

    text = forms.CharField(
        label=_("Your share"),
        max_length=1000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("What your organisation does, for whom and by when."),
        error_messages={"required": _("Write what your organisation does.")},
    )
    amount = forms.IntegerField(
        label=_("How much, if it can be counted"),
        required=False,
        min_value=1,
        max_value=1_000_000_000,
        help_text=_("A whole number: 40."),
    )
    unit = forms.CharField(
        label=_("Of what"),
        required=False,
        max_length=60,
        help_text=_("Such as traineeships a year. Shares are added up only in the same unit."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("amount") is not None and not cleaned.get("unit"):
            self.add_error("unit", _("Say of what: the number alone tells nothing."))
        return cleaned


class OrganisationField(forms.CharField):
    """A member of the programme by its name or business ID, as somebody types it."""

    def clean(self, value):
        words = " ".join(super().clean(value).split())
        members = Organisation.objects.members()
        with suppress(ValidationError):
            if found := members.filter(business_id=business_id.normalised(words)).first():
                return found
        meant = list(members.mentioning(words)[:MOST_MEANT]) if words else []
        exact = [one for one in meant if _as_compared(words) in _names(one)]
        if len(exact) == 1:
            return exact[0]
        if meant:
            raise ValidationError(
                _("Write the whole name or the business ID. Did you mean %(names)s?"),
                params={"names": ", ".join(one.name for one in (exact or meant)[:5])},
            )
        raise ValidationError(_("No member of the programme has this name or business ID."))


def _names(organisation: Organisation) -> set[str]:
    """What it is called in each language, however somebody types it."""
    return {_as_compared(getattr(organisation, name)) for name in NAMES}


def _as_compared(words: str) -> str:
    return " ".join(text_as_typed(words).casefold().split())


class PartnerForm(forms.Form):
    """Which organisation is invited, or asked to confirm something."""

    organisation = OrganisationField(
        label=_("Organisation"),
        max_length=200,
        help_text=_("A member of the programme: its whole name or its business ID."),
        error_messages={"required": _("Write the name or the business ID of the organisation.")},
    )


class AnswerForm(forms.Form):
    """What a partner says of a result: nothing is chosen beforehand."""

    answer = forms.ChoiceField(
        label=_("Can you confirm it?"), choices=Answer.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In a few words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == Answer.DIFFERS and not cleaned.get("words"):
            self.add_error("words", _("Say what you see differently."))
        return cleaned


class LetterAnswerForm(OpenToAll, AnswerForm):
    """The same from a letter's link."""


class CorrectionForm(WordsThatAreSeen, VersionedForm, forms.ModelForm):
    """The words of a public commitment, and why they are put right."""

    reason = forms.CharField(
        label=_("What is put right, and why"),
        max_length=500,
        help_text=_("Everybody can read it, and the words that were there before."),
        error_messages={"required": _("Write in a sentence what you correct.")},
    )

    class Meta:
        model = Commitment
        fields = list(Commitment.WORDS)
        widgets = CommitmentForm.Meta.widgets
        error_messages = CommitmentForm.Meta.error_messages

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in Commitment.WORDS}


class ReasonForm(WordsThatAreSeen, forms.Form):
    """Why a commitment ends, for everybody to read."""

    reason = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write something that can be read.")},
    )

    def __init__(self, *args, label, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


class CommentsForm(forms.Form):
    """The programme team's comments, one beside each field; at least one is written."""

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        for name in (*Commitment.WORDS, "areas", "milestones"):
            self.fields[name] = forms.CharField(
                label=labels()[name],
                max_length=1000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.values()):
            raise ValidationError(_("Write a comment on at least one part."))
        return {"comments": {name: text for name, text in cleaned.items() if text}}


def labels() -> dict[str, Any]:
    """What the parts of a commitment are called, those that are no columns too."""
    columns = {field.name: str(field.verbose_name) for field in Commitment._meta.fields}
    return {
        **{name: columns[name][:1].upper() + columns[name][1:] for name in Commitment.WORDS},
        "areas": _("Areas"),
        "milestones": _("Milestones"),
        "share": _("Its share"),
        "first_milestone": _("A first milestone within twelve months"),
    }

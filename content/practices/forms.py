"""What an organisation's people fill in of a practice, and what its reviewer writes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.organisations.models import Organisation
from portal.places.forms import AreaField
from portal.places.models import Area
from portal.topics.models import Topic

from .models import RULES, Adoption, Criterion, Evidence, Practice, PracticeText


class PracticeForm(forms.ModelForm):
    """A practice in one language: its name is enough to save it."""

    evidence = forms.ChoiceField(
        label=_("What is known of its effects"),
        choices=[(level, f"{level.label}: {rule}") for level, rule in RULES.items()],
        initial=Evidence.DESCRIBED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is known of its effects.")},
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics"),
        queryset=Topic.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contact = forms.EmailField(
        label=_("Contact"),
        required=False,
        help_text=Practice._meta.get_field("contact").help_text,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = PracticeText
        fields = PracticeText.WORDS
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in PracticeText.WORDS[1:]}
        error_messages = {PracticeText.WORDS[0]: {"required": _("Give the practice a name.")}}

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in PracticeText.WORDS}

    @property
    def chosen(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("evidence", "topics", "contact")}


class AdoptionForm(forms.ModelForm):
    """An organisation's word on a practice in an area; one of those that the person writes for."""

    area = AreaField(label=_("Area"), error_messages={"required": _("Choose an area.")})
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose an organisation.")},
    )
    field_order = ("organisation", "area", "state", "day", "result")

    class Meta:
        model = Adoption
        fields = ("organisation", "state", "day", "result")
        widgets = {
            "state": forms.RadioSelect,
            "day": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "result": forms.Textarea(attrs={"rows": 3}),
        }
        error_messages = {
            "state": {"required": _("Choose whether it is in use, was tried or has stopped.")},
            "day": {"required": _("Give the day.")},
        }

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["area"].offer(Area.objects.choosable())
        self.fields["state"].choices = Adoption.State.choices


class Filters(forms.Form):
    """What the list is narrowed by: a topic, an area where it is in use, an evidence level."""

    topic = forms.ModelChoiceField(
        label=_("Topic"),
        queryset=Topic.objects.all(),
        to_field_name="key",
        required=False,
        empty_label=_("All"),
    )
    area = AreaField(label=_("In use in the area"), required=False)
    evidence = forms.ChoiceField(
        label=_("What is known of its effects"),
        choices=[("", _("All")), *Evidence.choices],
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].offer(Area.objects.choosable())


class LinesForm(forms.Form):
    """The reviewer's line on each criterion."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for criterion in Criterion:
            self.fields[criterion.value] = forms.CharField(label=criterion.label, max_length=300)


class WordsForm(forms.Form):
    words = forms.CharField(
        label=_("What does it need?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

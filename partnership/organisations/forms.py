"""What an organisation's people fill in."""

from collections.abc import Collection, Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from portal import concurrency
from portal.forms import Fieldset, Groups, InGroups, Words, WordsThatAreSeen
from portal.names import PlainNames
from portal.places.forms import AreasField
from portal.places.models import Area
from portal.topics.models import Topic

from . import business_id, logos
from .models import Membership, Organisation, Representative
from .reach import NAMED

NAMES = ("name_fi", "name_sv", "name_en")
FOR_WHOM = ("for_whom_fi", "for_whom_sv", "for_whom_en")
DESCRIPTIONS = ("description_fi", "description_sv", "description_en")
LONG = {"rows": 6}


class TopicsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(Topic.objects.all(), to_field_name="key", **kwargs)


class OrganisationForm(InGroups, PlainNames, WordsThatAreSeen, forms.ModelForm):
    """What is asked of an organisation in its application, and can be changed later."""

    plain_names: tuple[str, ...] = NAMES

    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "url"}),
    )
    areas = AreasField(
        label=_("Areas"),
        error_messages={"required": _("Choose at least one area.")},
        help_text=_(
            "Where the organisation works: the largest areas that are true. Begin to write a name "
            "and choose it from the list; put a comma between several."
        ),
    )
    topics = TopicsField(label=_("Themes"), help_text=_("What it works with, or knows about."))

    class Meta:
        model = Organisation
        fields = [*NAMES, "kind", *DESCRIPTIONS, "website", "email", "language"]
        error_messages = {
            "name_fi": {"required": _("Enter the official name of the organisation.")}
        }
        widgets = {
            **{name: forms.Textarea(attrs=LONG) for name in DESCRIPTIONS},
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "name_fi": forms.TextInput(attrs={"autocomplete": "organization"}),
            "language": forms.RadioSelect,
        }

    GROUPS: Groups = (
        (
            _("The organisation"),
            _("These tell readers who you are. They are shown on the public profile."),
            (*NAMES, "kind"),
        ),
        (
            _("Where and what"),
            _("Readers find partners by area and theme."),
            ("areas", "topics"),
        ),
        (
            _("Description"),
            _(
                "What you do for integration, what you offer to partners and what you look for. "
                "Write it in at least one language. Readers see their own language if it is there."
            ),
            DESCRIPTIONS,
        ),
        (
            _("Contact"),
            _("The website and the address are public. E-mail goes to the owners' own addresses."),
            ("website", "email", "language"),
        ),
    )

    def clean_website(self):
        """Words before an @ look like another site's address, and could carry a password."""
        website = self.cleaned_data["website"]
        if "@" in urlsplit(website).netloc:
            raise forms.ValidationError(_("Write the address without a user name or a password."))
        return website

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["areas"].offer(Area.objects.choosable().only(*NAMED))
        if self.instance.pk:
            self.initial["areas"] = [area.key for area in self.instance.areas.all()]
            self.initial["topics"] = [topic.key for topic in self.instance.topics.all()]

    def clean(self):
        cleaned = super().clean()
        if not self.has_description(cleaned):
            self.add_error(
                "description_fi", _("Write a description in at least one of the languages.")
            )
        return cleaned

    def has_description(self, cleaned) -> bool:
        """Whether there is one in some language, or one in which something else is wrong."""
        return any(cleaned.get(name) or name in self.errors for name in DESCRIPTIONS)

    @property
    def chosen(self) -> dict[str, Iterable]:
        """The areas and themes that were chosen, as the services take them."""
        return {"areas": self.cleaned_data["areas"], "topics": self.cleaned_data["topics"]}


class Commitment(forms.Form):
    """What an organisation says when it applies: why, and on which terms."""

    motivation = forms.CharField(
        label=_("What would you like to do in the partnership?"),
        error_messages={
            "required": _("Write in a few sentences what the organisation would like to do.")
        },
        help_text=_("A few sentences for the programme team. This is not published."),
        max_length=Membership._meta.get_field("motivation").max_length,
        widget=forms.Textarea(attrs=LONG),
    )
    principles = forms.BooleanField(
        label=_("The organisation commits to the four principles of the programme"),
        error_messages={"required": _("Membership rests on the four principles: accept them.")},
    )
    terms = forms.BooleanField(
        label=_("I have read the terms of use and accept them on behalf of the organisation"),
        error_messages={"required": _("The terms of use must be accepted before applying.")},
    )
    authority = forms.BooleanField(
        label=_("I may act on behalf of the organisation in this matter"),
        error_messages={
            "required": _("Only a person who may act for the organisation can apply for it.")
        },
    )


class Step(NamedTuple):
    """One page of the application: its word in the address, heading, why, and fields."""

    key: str
    title: Words
    why: Words
    fields: tuple[str, ...]


class ApplicationForm(Commitment, OrganisationForm):
    """The application in steps, with seven fields to type in; `only` names those of one page.

    The description is written in one language, that of correspondence; the others and names in
    other languages come with the profile.
    """

    STEPS = (
        Step(
            "organisation",
            _("The organisation"),
            _("These tell readers who you are. They are shown on the public profile."),
            ("business_id", "name_fi", "kind", "body"),
        ),
        Step(
            "work",
            _("Where and what"),
            _("Readers find partners by area and theme, and read what you do."),
            ("areas", "topics", "description"),
        ),
        Step(
            "contact",
            _("Contact and the partnership"),
            _("The website and the address are public. What you would like to do is not."),
            ("email", "website", "language", "motivation"),
        ),
    )
    ACCEPTANCES = ("principles", "terms", "authority")
    GROUPS = tuple((step.title, step.why, step.fields) for step in STEPS)
    plain_names = ("name_fi",)

    class Meta(OrganisationForm.Meta):
        fields = ["business_id", "name_fi", "kind", "website", "email", "language"]

    business_id = forms.CharField(
        label=_("Business ID"),
        error_messages={"required": _("Enter the business ID, for example 1234567-1.")},
        help_text=_("In the form 1234567-1. It tells organisations with similar names apart."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )
    body = forms.CharField(widget=forms.HiddenInput, required=False, max_length=6)
    description = forms.CharField(
        label=_("Description"),
        error_messages={"required": _("Write in a few sentences what the organisation does.")},
        help_text=_(
            "What you do for integration, what you offer to partners and what you look for. Write "
            "it in your language of correspondence; other languages can be added later."
        ),
        max_length=Organisation._meta.get_field("description_fi").max_length,
        widget=forms.Textarea(attrs=LONG),
    )

    def __init__(self, *args, only: Collection[str] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if only is not None and name not in only]:
            del self.fields[name]

    def clean_business_id(self):
        return business_id.normalised(self.cleaned_data["business_id"])

    def has_description(self, cleaned) -> bool:
        return True  # a field of its own asks for it

    def _post_clean(self):
        super()._post_clean()
        language, text = (self.cleaned_data.get(name) for name in ("language", "description"))
        if language and text:
            setattr(self.instance, f"description_{language}", text)

    @property
    def acceptances(self) -> list[BoundField]:
        return [self[name] for name in self.ACCEPTANCES]

    @classmethod
    def typed(cls, data) -> dict[str, str | list[str]]:
        """What a request has of this form's fields, as it can be kept and shown again.

        That something is accepted is said anew each time.
        """
        several = {"areas", "topics"}
        return {
            name: [v[:1000] for v in data.getlist(name)[:400]]
            if name in several
            else data[name][:5000]
            for name in cls.base_fields
            if name in data and name not in cls.ACCEPTANCES
        }

    def shown(self, name: str) -> str:
        """What was filled in in a field, in words: names of areas and themes, labels of choices."""
        value = self.cleaned_data.get(name, self[name].value()) if self.is_bound else None
        if name in ("areas", "topics"):
            return ", ".join(getattr(one, "name", one) for one in value or ())
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, value or ""))


class ProfileForm(OrganisationForm):
    """The profile as its owners change it. `version` is the one that was opened."""

    class Meta(OrganisationForm.Meta):
        fields = [*OrganisationForm.Meta.fields, *FOR_WHOM]
        widgets = {
            **OrganisationForm.Meta.widgets,
            **{name: forms.Textarea(attrs={"rows": 3}) for name in FOR_WHOM},
        }

    GROUPS = (
        *OrganisationForm.GROUPS[:3],
        (
            _("For whom"),
            _("Whom your work is for, in the languages in which you described it."),
            FOR_WHOM,
        ),
        *OrganisationForm.GROUPS[3:],
    )

    version = forms.IntegerField(widget=forms.HiddenInput)
    logo_file = forms.FileField(
        label=_("New logo"),
        required=False,
        help_text=_("A PNG, JPEG or WebP file of at most 2 MB, best on a plain background."),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"}),
    )
    remove_logo = forms.BooleanField(label=_("Remove the present logo"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        if not self.instance.logo_id:
            del self.fields["remove_logo"]

    @property
    def fieldsets(self):
        logo = [self[name] for name in ("logo_file", "remove_logo") if name in self.fields]
        return [
            *super().fieldsets,
            Fieldset(_("Logo"), _("It is shown in the directory and on the profile."), logo),
        ]

    def clean_logo_file(self):
        upload = self.cleaned_data["logo_file"]
        return logos.checked(upload) if upload else None

    @property
    def changed_columns(self):
        return [name for name in self._meta.fields if name in self.changed_data]

    def differences_from(self, saved):
        """How what was typed differs from what is saved; sending again overwrites."""
        self.data = self.data.copy()
        self.data["version"] = saved.version
        return [
            found
            for name in self._meta.fields
            if (
                found := concurrency.difference(
                    name,
                    self.fields[name].label,
                    str(getattr(saved, name)),
                    str(self.cleaned_data[name]),
                )
            )
        ]

    @property
    def changes_logo(self) -> bool:
        return bool(self.cleaned_data["logo_file"] or self.cleaned_data.get("remove_logo"))


class WordsForm(WordsThatAreSeen, forms.Form):
    """Words to the other side: an answer, a reason, a note."""

    text = forms.CharField(
        error_messages={"required": _("Write a sentence or two.")},
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, label, help_text="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label
        self.fields["text"].help_text = help_text


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_(
            "The link in the e-mail works only for the person who has confirmed this address."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Representative.Role,
        initial=Representative.Role.MEMBER,
        help_text=_(
            "Owners change the people and end things, editors write and send in the organisation's "
            "name, members see how things stand."
        ),
        widget=forms.RadioSelect,
    )

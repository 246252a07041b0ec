"""What those who keep an area fill in: contacts, officers, and the integration programme."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from partnership.organisations.models import Organisation, Representative
from partnership.organisations.reach import NAMED
from partnership.organisations.views.contacts import PHONE
from portal.concurrency import VersionedForm
from portal.forms import InGroups, WordsThatAreSeen
from portal.media.attachments import AttachmentField
from portal.names import PlainNames, one_line
from portal.places.forms import AreaField
from portal.places.models import Area

from .models import AreaContact, IntegrationProgramme, Role


def day(label, **kwargs) -> forms.DateField:
    """A day as the browser offers it."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **kwargs)


def website() -> forms.URLField:
    """A web address; one without a scheme gets https."""
    return forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https", "http"])],
    )


class ContactForm(PlainNames, WordsThatAreSeen, VersionedForm, InGroups, forms.ModelForm):
    """One authority's contact; the lead municipality is asked of employment authorities alone."""

    plain_names = ("name_fi", "name_sv", "name_en")
    lead = AreaField(
        label=_("Lead municipality"),
        required=False,
        help_text=_("The municipality that answers for the employment services of the area."),
    )
    website = website()
    GROUPS = (
        (_("Whom to contact"), "", ("name_fi", "matter_fi", "lead")),
        (_("How to reach it"), _("One of these is enough."), ("telephone", "email", "website")),
        (
            _("In other languages"),
            _("Readers in Swedish and English see these; without them, the names above."),
            ("name_sv", "matter_sv", "name_en", "matter_en"),
        ),
    )

    class Meta:
        model = AreaContact
        fields = [
            *("name_fi", "matter_fi", "telephone", "email", "website"),
            *("name_sv", "matter_sv", "name_en", "matter_en"),
        ]
        widgets = {
            "telephone": forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }
        error_messages = {
            "name_fi": {"required": _("Write the name of the office.")},
            "matter_fi": {"required": _("Write in a few words for what it is contacted.")},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["telephone"].validators.append(PHONE)
        if self.instance.role != Role.EMPLOYMENT:
            del self.fields["lead"]
            return
        inside = self.instance.area.consists_of.values("part")
        municipalities = Area.objects.filter(pk__in=inside, kind=Area.Kind.MUNICIPALITY)
        self.fields["lead"].offer(municipalities.only(*NAMED))
        self.initial["lead"] = self.instance.lead.key if self.instance.lead else ""

    def clean(self):
        """One way to reach it is needed; what was typed goes into the row."""
        typed = super().clean()
        wrong = {"telephone", "email", "website"} & self.errors.keys()
        if not (typed.get("telephone") or typed.get("email") or typed.get("website") or wrong):
            self.add_error(
                "telephone", _("Write a telephone number, an e-mail address or a website.")
            )
        if "lead" in self.fields:
            self.instance.lead = typed.get("lead")
        return typed

    def _get_validation_exclusions(self):
        """What makes a row unique and reachable is asked for above, in words of the form."""
        return super()._get_validation_exclusions() | {"role", "area"}


class OfficerForm(forms.Form):
    """One of the people of the organisation that stands for the area."""

    person = forms.ModelChoiceField(
        Representative.objects.none(),
        label=_("Person"),
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=_("Only people of your organisation can be chosen: invite them there first."),
    )

    def __init__(self, data=None, *, organisation: Organisation | None, officers):
        super().__init__(data)
        people = Representative.objects.filter(organisation=organisation).select_related("user")
        named = [officer.user_id for officer in officers]
        person: Any = self.fields["person"]
        person.queryset = people.exclude(user__in=named)


class ProgrammeForm(PlainNames, WordsThatAreSeen, forms.ModelForm):
    """An integration programme: its document, what it is called, from when to when, whose it is."""

    plain_names = ("title",)
    valid_from = day(_("Valid from"), error_messages={"required": _("Choose the first day.")})
    valid_to = day(
        _("Valid to"), required=False, help_text=_("Leave it empty if no last day was decided.")
    )
    upload = AttachmentField(label=_("File"))

    class Meta:
        model = IntegrationProgramme
        fields = ["title", "language", "valid_from", "valid_to"]
        widgets = {"language": forms.RadioSelect}
        error_messages = {"title": {"required": _("Write what the document is called.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].validators.append(one_line)

    def clean(self):
        typed = super().clean()
        if not typed.get("upload") and "upload" not in self.errors:
            self.add_error("upload", _("Choose the file of the programme."))
        begins, ends = typed.get("valid_from"), typed.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", _("The last day is before the first."))
        return typed

    @property
    def words(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

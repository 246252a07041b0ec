"""What an organisation's people fill in, and what the programme team writes back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.organisations.reach import NAMED
from portal.concurrency import VersionedForm
from portal.forms import WordsThatAreSeen
from portal.languages import alphabetical
from portal.names import one_line
from portal.places.forms import AreaField, AreasField
from portal.places.models import Area
from portal.topics.models import Topic

from .models import Interest, Offer


class InterestForm(WordsThatAreSeen, forms.ModelForm):
    """Why an organisation is interested in a call: one box."""

    class Meta:
        model = Interest
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        error_messages = {"text": {"required": _("Write what you would do, with whom and where.")}}


class OfferForm(WordsThatAreSeen, VersionedForm, forms.ModelForm):
    """What an organisation seeks or offers."""

    areas = AreasField(
        label=_("Areas"),
        help_text=_(
            "Where it is sought or offered. Begin to write a name and choose it from the list; put "
            "a comma between several."
        ),
        error_messages={"required": _("Choose at least one area, or the whole country.")},
    )

    class Meta:
        model = Offer
        fields = ["kind", "title", "text", "topics", "language"]
        widgets = {
            "kind": forms.RadioSelect,
            "title": forms.TextInput(attrs={"maxlength": 120}),
            "text": forms.Textarea(attrs={"rows": 6}),
            "topics": forms.CheckboxSelectMultiple,
            "language": forms.RadioSelect,
        }
        error_messages = {
            "kind": {"required": _("Choose whether you seek or offer.")},
            "title": {"required": _("Write in a few words what you seek or offer.")},
            "text": {"required": _("Describe what you seek or offer, and for whom.")},
            "topics": {"required": _("Choose at least one theme.")},
            "language": {"required": _("Choose the language in which you write.")},
        }

    field_order = ["kind", "title", "text", "areas", "topics", "language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].validators.append(one_line)
        self.fields["areas"].offer(Area.objects.choosable().only(*NAMED))
        self.fields["topics"].choices = [
            (topic.pk, topic.name) for topic in alphabetical(Topic.objects.all())
        ]
        self.fields["kind"].choices = Offer.Kind.choices
        if self.instance.pk:
            self.initial["areas"] = [area.key for area in self.instance.areas.all()]

    @property
    def words(self) -> dict[str, Any]:
        """The columns that were filled in, as the services take them."""
        return {name: self.cleaned_data[name] for name in Offer.WORDS}

    @property
    def chosen(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("areas", "topics")}


class CentreForm(forms.Form):
    """Finding the economic development centre of a place."""

    area = AreaField(
        label=_("Municipality or employment area"),
        error_messages={"required": _("Write the name of a municipality or an employment area.")},
    )

    def __init__(self, data=None):
        super().__init__(data)
        places = Area.objects.filter(kind__in=(Area.Kind.MUNICIPALITY, Area.Kind.EMPLOYMENT_AREA))
        self.fields["area"].offer(places.only(*NAMED))


class TakeDownForm(WordsThatAreSeen, forms.Form):
    """Why the programme team closes an offer: its people read it in their letter."""

    reason = forms.CharField(
        label=_("Why it is taken down"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("These words go into the e-mail to the organisation."),
    )

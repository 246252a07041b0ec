"""The form of what was decided over a worksheet."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.commitments.models import Commitment
from portal.casework import DayInput
from portal.concurrency import VersionedForm
from portal.forms import WordsThatAreSeen
from portal.languages import current_language
from portal.places.models import Area

from .models import Decision

MOST = 200


def commitments_of(area: Area) -> list[Commitment]:
    """The running commitments for the area, or of the organisation that stands for it."""
    found = Q(areas=area) | Q(organisation__public_bodies__area=area)
    rows = Commitment.objects.running().filter(found).distinct()
    return list(rows.order_by("title", "pk")[:MOST])


class DecisionForm(WordsThatAreSeen, VersionedForm, forms.ModelForm):
    """Read on, in which body, what was decided, when to follow up; later what came of it.

    `instance` has its area.
    """

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Decision
        fields = (
            "read_on",
            "body",
            "decided",
            "language",
            "follow_up_on",
            "commitment",
            "outcome",
        )
        widgets = {
            "read_on": DayInput,
            "follow_up_on": DayInput,
            "decided": forms.Textarea(attrs={"rows": 4}),
            "outcome": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            del self.fields["outcome"]
            self.initial.setdefault("language", current_language())
        field = self.fields["commitment"]
        offered = commitments_of(self.instance.area)
        if self.instance.commitment and self.instance.commitment not in offered:
            offered.append(self.instance.commitment)
        field.queryset = Commitment.objects.filter(pk__in=[one.pk for one in offered])
        field.empty_label = _("None")
        if not offered:
            del self.fields["commitment"]

    def clean_read_on(self):
        day = self.cleaned_data["read_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Record it when the meeting has been held."))
        return day

    @property
    def words(self) -> dict:
        """What was typed, by the names of the model's fields."""
        return {name: self.cleaned_data[name] for name in self.fields if name in self.Meta.fields}

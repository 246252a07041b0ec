"""Which offers a reader asked for: sought or offered, by area and theme."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.organisations.reach import NAMED, Reach
from portal.errors import BadParameter
from portal.languages import alphabetical
from portal.places.forms import AreaField
from portal.places.models import Area
from portal.topics.models import Topic

from .models import Offer

FACETS = ("kind", "area", "topic")


class Filters(forms.Form):
    """What the address asks for."""

    kind = forms.ChoiceField(
        label=_("Sought or offered"), required=False, choices=[("", _("Both")), *Offer.Kind.choices]
    )
    area = AreaField(label=_("Area"), required=False)
    topic = forms.ChoiceField(label=_("Theme"), required=False)

    def __init__(self, data):
        super().__init__(data)
        self.fields["area"].offer(Area.objects.choosable().only(*NAMED))
        topics = alphabetical(Topic.objects.all())
        self.fields["topic"].choices = [
            ("", _("All themes")),
            *((topic.key, topic.name) for topic in topics),
        ]


@dataclass
class Offers:
    """The open offers for the parameters of an address, the newest first.

    BadParameter for a kind, area or theme that there is not.
    """

    parameters: Mapping[str, str]

    @cached_property
    def filters(self) -> Filters:
        return Filters({name: self.parameters.get(name, "") for name in FACETS})

    @property
    def narrowed(self) -> bool:
        return bool(self.filters.changed_data)

    @cached_property
    def chosen(self):
        """The choices, each as what it names. An area is named by its key alone."""
        form = self.filters
        if not form.is_valid():
            name = next(iter(form.errors))
            raise BadParameter(name, self.parameters.get(name, ""))
        return form.cleaned_data

    @property
    def rows(self):
        rows = Offer.objects.running()
        if self.chosen["kind"]:
            rows = rows.filter(kind=self.chosen["kind"])
        if self.chosen["topic"]:
            rows = rows.filter(topics__key=self.chosen["topic"])
        if area := self.chosen["area"]:
            rows = rows.filter(areas__in=Reach.of(area).near(area.pk)).distinct()
        return with_parts(rows)


def with_parts(rows):
    """Offers with what a row of them shows."""
    return rows.select_related("organisation").prefetch_related("areas", "topics")

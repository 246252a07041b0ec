"""Which commitments a reader asked for, and how they are shown."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partnership.organisations.models import Organisation
from portal.caching.memory import remembered
from portal.errors import BadParameter
from portal.linguistics.typed import text_as_typed
from portal.paging import page_of
from portal.places.models import Area

from .models import Commitment
from .sections import in_order, in_which, with_levels

PER_PAGE = 20
STATES = [(state.value, state.label) for state in Commitment.PUBLIC]


class Filters(forms.Form):
    """Words, area and state; an organisation comes with the address."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    area = forms.ChoiceField(label=_("Area"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *STATES])
    organisation = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = remembered(_areas, "areas-of-commitments")
        self.fields["area"].choices = [*offered, *_named(self.data.get("area", ""), offered)]


def _named(key: str, offered: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """An area that the address names and for which there is no commitment yet, or no more."""
    if key in dict(offered):
        return []
    return [(area.key, area.name) for area in Area.objects.choosable().filter(key=key)]


def _areas() -> list[tuple[str, str]]:
    """The areas for which there is a commitment, by name."""
    of_some = Exists(Commitment.areas.through.objects.filter(area=OuterRef("pk")))
    areas = [(area.key, area.name) for area in Area.objects.filter(of_some)]
    return [("", str(_("All"))), *sorted(areas, key=lambda one: one[1].casefold())]


@dataclass
class Listing:
    """The public commitments that match the parameters of an address, as a page of them."""

    request: HttpRequest

    @cached_property
    def filters(self) -> Filters:
        form = Filters(self.request.GET)
        if not form.is_valid():
            name = next(iter(form.errors))
            raise BadParameter(name, self.request.GET.get(name, ""))
        return form

    @property
    def rows(self):
        """All of them, those in progress and told of last first. BadParameter for no value."""
        chosen = self.filters.cleaned_data
        rows = Commitment.objects.public()
        if chosen["area"]:
            rows = rows.filter(areas__key=chosen["area"])
        if chosen["state"]:
            rows = rows.filter(state=chosen["state"])
        if chosen["organisation"]:
            if self.organisation is None:
                raise BadParameter("organisation", chosen["organisation"])
            rows = rows.filter(in_which(chosen["organisation"]))
        for word in text_as_typed(chosen["q"]).split():
            rows = rows.filter(Q(title__icontains=word) | Q(change__icontains=word))
        return in_order(rows).select_related("organisation")

    @cached_property
    def organisation(self) -> Organisation | None:
        slug = self.filters.cleaned_data["organisation"]
        return Organisation.objects.filter(slug=slug).first() if slug else None

    @property
    def page(self):
        """The page that the address asks for.

        How many there are and which stand on a page is kept for each choice of filters, so that
        a page costs the same however long the list is; the rows themselves are read each time.
        """
        chosen = tuple(self.filters.cleaned_data.values())
        count = remembered(self.rows.count, "commitments", *chosen)
        page = page_of(self.rows, self.request, PER_PAGE, count=count)
        here = page.object_list.values_list("pk", flat=True)
        found = remembered(lambda: list(here), "commitments-on", page.number, *chosen)
        rows = Commitment.objects.public().select_related("organisation").in_bulk(found)
        page.object_list = with_levels(rows[pk] for pk in found if pk in rows)
        return page

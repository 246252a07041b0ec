"""Pages of figures: an area beside others of the reader's choice, and the rule of movement."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.errors import BadParameter
from portal.languages import alphabetical
from portal.menu import crumbs
from portal.page_cache import kept
from portal.places.forms import AreasField
from portal.places.models import Area

from .figures import headline_figures
from .movement import CURRENT, RULES
from .sections import shown
from .similar import FIELDS, STRUCTURE, criteria_of, presets, similar_areas

MOST_BESIDE = 5
PRESET = "similar"


class Compared(forms.Form):
    """Areas to stand beside one: up to five of the same kind."""

    areas = AreasField(
        label=gettext_lazy("Areas to compare with"),
        required=False,
        help_text=gettext_lazy("Up to five. Without any, the five that are most alike."),
    )

    def __init__(self, data, areas):
        super().__init__(data)
        self.fields["areas"].offer(areas)

    def clean_areas(self) -> list[Area]:
        chosen = self.cleaned_data["areas"]
        if len(chosen) > MOST_BESIDE:
            raise forms.ValidationError(_("Choose five areas at most."))
        return chosen


@kept(PRESET, "areas", sought=("areas",))
def area_figures(request: HttpRequest, key: str) -> HttpResponse:
    """The six figures of an area beside five others.

    `similar` is the preset by which they are found, `areas` are keys or names of others to take
    instead. Another preset than those that there are is 400.
    """
    visible = Area.objects.visible_to(request.user).with_page()
    area = get_object_or_404(visible.only(*FIELDS), key=key)
    offered = presets()
    preset = request.GET.get(PRESET, STRUCTURE)
    if preset not in [one.key for one in offered]:
        raise BadParameter(PRESET, preset)
    of_kind = visible.filter(kind=area.kind).exclude(pk=area.pk).only(*FIELDS)
    form = Compared(request.GET or None, of_kind)
    chosen = form.cleaned_data["areas"] if form.is_valid() else []
    beside = chosen or similar_areas(area, preset)
    compared = alphabetical([area, *beside])
    figures = headline_figures(area, beside=beside)
    return render(
        request,
        "areas/figures.html",
        {
            "area": area,
            "form": form,
            "presets": offered,
            "preset": next(one for one in offered if one.key == preset),
            "chosen": chosen,
            "compared": compared,
            "criteria": criteria_of(area, compared, preset),
            "crumbs": crumbs(
                (_("Areas"), reverse("places:index")),
                (area.name, area.get_absolute_url()),
                (_("Figures"), None),
            ),
            **(shown(area, figures) if figures else {}),
        },
    )


@kept()
def movement_rule(request: HttpRequest) -> HttpResponse:
    """When a figure is said to have changed: each version of the rule, the newest first."""
    return render(
        request,
        "areas/movement_rule.html",
        {
            "rule": RULES[CURRENT],
            "versions": sorted(RULES, reverse=True),
            "crumbs": crumbs(
                (_("Datasets"), reverse("datasets:index")), (_("Movement rule"), None)
            ),
        },
    )

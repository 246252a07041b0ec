"""Areas for readers: a page of each (the map is in map_views)."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.caching.memory import papers, remembered, shown_to_all
from portal.languages import alphabetical, current_language
from portal.menu import crumbs
from portal.page_cache import kept
from portal.views.canonical import other_spelling

from .area_sections import sections_of
from .forms import Names
from .models import Area, Belonging
from .outlines import VIEW_BOX
from .paper import pdf_of

Kind = Area.Kind
NAME_FIELDS = ("kind", "code", "key", "name_fi", "name_sv", "name_en")
OF_MUNICIPALITIES = (Kind.COUNTY, Kind.ELY_CENTRE, Kind.DEVELOPMENT_CENTRE)


@dataclass
class Fact:
    """A line of an area's facts: the larger areas of one kind that it lies in."""

    label: str
    areas: list[Area]


def find(request):
    """To the page of the area that `q` names in any of its forms; else to the search for it."""
    words = request.GET.get("q", "").strip()[:100]
    areas = Area.objects.visible_to(request.user).choosable().on(timezone.localdate())
    found = Names(areas.only(*NAME_FIELDS)).find(words) if words else None
    if found:
        return redirect(found)
    return redirect(f"{reverse('places:index')}?{urlencode({'q': words})}")


@kept()
def area_pdf(request, key):
    """The A4 of an area, in the language of the address; the same for every reader."""
    area = get_object_or_404(Area.objects.visible_to(request.user).with_page(), key=key)
    content = remembered(partial(pdf_of, area), "area-pdf", area.key, memory=papers)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{area.key}-{current_language()}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@kept()
def area(request, key):
    """What is known of one area, what it lies in and what lies in it, and the rooms' sections."""
    shown = shown_to_all(request, partial(_about, request.user, key), "area", key)
    if elsewhere := other_spelling(request, shown["area"]):
        return elsewhere
    return render(request, "places/area.html", shown)


def _about(user, key: str) -> dict:
    """What is shown of an area. Raises Http404 when there is none."""
    area = get_object_or_404(Area.objects.visible_to(user).with_page(), key__iexact=key)
    today = timezone.localdate()
    wholes = _wholes(area, today)
    parts = defaultdict(list)
    for part in (
        Area.objects.visible_to(user).with_page().filter(belongs_to__in=area.consists_of.on(today))
    ):
        parts[Kind(part.kind)].append(part)
    municipalities = alphabetical(parts[Kind.MUNICIPALITY])
    return {
        "area": area,
        "languages": _languages(municipalities),
        "facts": _facts([one for one in wholes if one != area])
        if area.kind != Kind.COUNTRY
        else [],
        "municipalities": municipalities,
        "employment_areas": alphabetical(parts[Kind.EMPLOYMENT_AREA]),
        "regions": alphabetical(parts[Kind.REGION]),
        "outside": _is_outside(area, parts, wholes),
        "on_map": _on_map(area, parts, wholes),
        "view_box": VIEW_BOX,
        "sections": sections_of(area, user),
        "crumbs": _crumbs((area.name, None)),
    }


def _wholes(area: Area, today) -> list[Area]:
    """The larger areas that an area lies in, and those that have ended.

    A region and an employment area lie in the counties and centres of their municipalities.
    """
    rows = Belonging.objects.filter(
        Q(part=area) | Q(part__belongs_to__whole=area, whole__kind__in=OF_MUNICIPALITIES)
    )
    return list(
        Area.objects.filter(
            Q(pk__in=rows.on(today).values("whole"))
            | Q(pk__in=rows.filter(whole__valid_to__lt=today).values("whole"))
        )
    )


def _facts(wholes: list[Area]) -> list[Fact]:
    labels = {
        Kind.EMPLOYMENT_AREA: _("Employment area"),
        Kind.REGION: _("Region"),
        Kind.COUNTY: _("Wellbeing services county"),
        Kind.DEVELOPMENT_CENTRE: _("Economic development centre"),
        Kind.ELY_CENTRE: _("ELY Centre"),
    }
    of_kind = defaultdict(list)
    for whole in wholes:
        of_kind[Kind(whole.kind)].append(whole)
    return [
        Fact(label, alphabetical(of_kind[kind])) for kind, label in labels.items() if of_kind[kind]
    ]


def _languages(municipalities: list[Area]) -> str:
    """How many municipalities have which languages, most first; "" when none has said.

    The first count names what is counted: "2 bilingual municipalities, 1 Finnish-speaking".
    """
    counts = Counter(_spoken(one) for one in municipalities if one.language_status)
    said: list[str] = []
    for languages, count in counts.most_common():
        whole, short = _of_languages(languages, count)
        said.append((short if said else whole) % {"count": count})
    return ", ".join(said)


def _spoken(municipality: Area) -> str:
    """fi, sv or both: of the bilingual it is not told here which language is the larger."""
    alone = (Area.LanguageStatus.FINNISH, Area.LanguageStatus.SWEDISH)
    return municipality.language_status if municipality.language_status in alone else "both"


def _of_languages(languages: str, count: int) -> tuple[str, str]:
    """The words for a count of municipalities, with the noun and without."""
    if languages == "fi":
        return (
            ngettext(
                "%(count)s Finnish-speaking municipality",
                "%(count)s Finnish-speaking municipalities",
                count,
            ),
            ngettext("%(count)s Finnish-speaking", "%(count)s Finnish-speaking", count),
        )
    if languages == "sv":
        return (
            ngettext(
                "%(count)s Swedish-speaking municipality",
                "%(count)s Swedish-speaking municipalities",
                count,
            ),
            ngettext("%(count)s Swedish-speaking", "%(count)s Swedish-speaking", count),
        )
    return (
        ngettext("%(count)s bilingual municipality", "%(count)s bilingual municipalities", count),
        ngettext("%(count)s bilingual", "%(count)s bilingual", count),
    )


def _is_outside(area: Area, parts, wholes: list[Area]) -> bool:
    """Whether a region or a municipality is outside the employment areas, as those of Åland are."""
    if area.kind == Kind.REGION:
        return not parts[Kind.EMPLOYMENT_AREA]
    return area.kind == Kind.MUNICIPALITY and all(
        whole.kind != Kind.EMPLOYMENT_AREA for whole in wholes
    )


def _on_map(area: Area, parts, wholes: list[Area]) -> list[Area]:
    """The drawn areas that show where this one is: itself, its parts, or what it lies in."""
    for candidates in ([area], parts[Kind.EMPLOYMENT_AREA], wholes):
        drawn = [one for one in candidates if one.map_path]
        if drawn:
            return drawn if area.kind != Kind.COUNTRY else []
    return []


def _crumbs(*further):
    return crumbs((_("Areas"), reverse("places:index")), *further)

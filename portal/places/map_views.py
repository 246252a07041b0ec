"""The map of areas, as the way in and as a picture: the same with scripts and without.

Everything that is chosen stands in the address: `?figure=` colours the map, `?area=` opens the
card of one area, `?region=` and `?q=` narrow the map and the list along with it.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, partial
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.caching.memory import remembered
from portal.errors import BadParameter
from portal.languages import alphabetical, sort_key
from portal.menu import crumbs
from portal.page_cache import kept

from . import area_map, labels
from .area_map import Choice, Coloured, Shade
from .forms import Names
from .labels import Label
from .models import Area, AreaQuerySet, Belonging
from .outlines import VIEW_BOX

Kind = Area.Kind
NAME_FIELDS = ("kind", "code", "key", "name_fi", "name_sv", "name_en")
DRAWN_FIELDS = (*NAME_FIELDS, "map_path", "population", "population_on")
MOST_FOUND = 40
PLAIN = "none"  # `?figure=none`: the map without colours
CARD = "#area-card"


@dataclass(frozen=True)
class Drawn:
    """An area on the map: where its name stands if there is room, and what it is coloured by."""

    area: Area
    label: Label | None
    shade: Shade | None
    in_capital: bool
    counts: list[tuple[str | Promise, int]]

    @property
    def title(self) -> str:
        return f"{self.area.name}: {self.shade.said}" if self.shade else self.area.name


@dataclass(frozen=True)
class Picture:
    """All that the map shows for one choice of figure, the same for everybody."""

    drawn: list[Drawn]
    regions: list[tuple[Area, list[Drawn]]]
    aland: Drawn | None
    country: Area | None
    choices: list[tuple[str, list[Choice]]]
    coloured: Coloured | None


@dataclass(frozen=True)
class Shape:
    """A drawn area as the template draws it: the address of its card, and whether it is meant."""

    drawn: Drawn
    url: str
    dim: bool
    here: bool

    @property
    def look(self) -> str:
        """The classes of its shape: which colour, and whether others are meant or it alone."""
        level = f"map__m{self.drawn.shade.level}" if self.drawn.shade else ""
        outside = self.drawn.area.kind == Kind.REGION
        words = (
            "map__outside" if outside else level,
            "map__dim" * self.dim,
            "map__here" * self.here,
        )
        return " ".join(filter(None, words))


@kept("figure", "area", "region", sought=("q",))
def index(request: HttpRequest) -> HttpResponse:
    """The employment areas on a map and by region; `?q=` finds areas by any of their names.

    A figure, an area or a region that there is not is a 400 that names it. What readers without an
    account see of a choice is laid out once in a version (`for_all`).
    """
    asked = request.GET.get("figure", "")
    picture: Picture = remembered(partial(_picture, asked), "areas-map", asked)
    words = request.GET.get("q", "").strip()[:100]
    found = _found(words) if words else []
    region = _chosen(request, "region", [region for region, _areas in picture.regions])
    card = _chosen(request, "area", [one.area for one in picture.drawn])
    meant = _meant(picture, found, region)
    chosen = {
        "figure": asked,
        "region": region.key if region else "",
        "q": words,
    }
    choice = ("areas", asked, chosen["region"], card.key if card else "")
    return render(
        request,
        "places/index.html",
        {
            "for_all": None if words or request.user.is_authenticated else choice,
            "picture": picture,
            "shapes": cache(partial(_shapes, picture, chosen, meant, card)),
            "card": next((one for one in picture.drawn if one.area == card), None),
            "without_card": _address(chosen),
            "regions": cache(partial(_narrowed, picture, meant, region)),
            "region": region,
            "narrowed": bool(meant),
            "asked": asked,
            "plain": PLAIN,
            "view_box": VIEW_BOX,
            "capital_view_box": labels.CAPITAL_VIEW_BOX,
            "words": words,
            "count": len(found),
            "found": found[:MOST_FOUND],
            "crumbs": crumbs((_("Areas"), None)),
        },
    )


def _shapes(
    picture: Picture, chosen: dict[str, str], meant: set[int], card: Area | None
) -> list[Shape]:
    """Every area as it is drawn for this choice."""
    return [
        Shape(
            one,
            _address(chosen, one.area.key),
            bool(meant) and one.area.pk not in meant,
            one.area == card,
        )
        for one in picture.drawn
    ]


def _picture(asked: str) -> Picture:
    """The map as a figure colours it; without one in the address, as the first of them does."""
    today = timezone.localdate()
    choices = area_map.choices()
    if asked not in ("", PLAIN, *(one.key for one in choices)):
        raise BadParameter("figure", asked)
    key = asked or (choices[0].key if choices else PLAIN)
    coloured = None if key == PLAIN else area_map.coloured(key)
    counts = area_map.counts()
    areas = alphabetical(Area.objects.on(today).exclude(map_path="").only(*DRAWN_FIELDS))
    places = labels.place((area.pk, area.name, area.map_path) for area in areas)
    drawn = [
        Drawn(
            area,
            places.get(area.pk),
            coloured.areas.get(area.pk) if coloured else None,
            labels.in_capital(area.map_path),
            [(title, by_area.get(area.pk, 0)) for title, by_area in counts]
            if area.kind == Kind.EMPLOYMENT_AREA
            else [],
        )
        for area in areas
    ]
    by_pk = {one.area.pk: one for one in drawn}
    by_region = defaultdict(list)
    for row in (
        Belonging.objects.on(today)
        .filter(part__kind=Kind.EMPLOYMENT_AREA, whole__kind=Kind.REGION)
        .select_related("whole", "part")
        .defer("whole__map_path", "part__map_path")
    ):
        one = by_pk.get(row.part_id) or Drawn(row.part, None, None, False, [])
        by_region[row.whole].append(one)
    grouped: dict[str, list[Choice]] = {}
    for choice in choices:
        grouped.setdefault(choice.group, []).append(choice)
    country = Area.objects.on(today).filter(kind=Kind.COUNTRY).only(*NAME_FIELDS).first()
    return Picture(
        drawn,
        [
            (region, sorted(by_region[region], key=lambda one: sort_key(one.area.name)))
            for region in alphabetical(by_region)
        ],
        next((one for one in drawn if one.area.kind == Kind.REGION), None),
        country,
        list(grouped.items()),
        coloured,
    )


def _chosen(request: HttpRequest, name: str, among: list[Area]) -> Area | None:
    """The area that a parameter names by its key; raises BadParameter for what is not there."""
    key = request.GET.get(name, "")
    found = next((area for area in among if area.key == key), None)
    if key and found is None:
        raise BadParameter(name, key)
    return found


def _meant(picture: Picture, found: list[Area], region: Area | None) -> set[int]:
    """The drawn areas that the words and the region leave; none when nothing narrows them."""
    drawn = {one.area.pk for one in picture.drawn}
    of_region = {whole.pk: {one.area.pk for one in parts} for whole, parts in picture.regions}
    named = set()
    for area in found:
        named |= {area.pk, *of_region.get(area.pk, ())}
        named |= {row.whole_id for row in area.belongs_to.all() if not _is_whole(area, row)}
    named &= drawn
    if region is None:
        return named
    parts = of_region[region.pk]
    return parts & named if named else parts


def _is_whole(area: Area, row: Belonging) -> bool:
    """Whether a row says in which region an employment area lies: it names no area of its own."""
    return row.whole.kind == Kind.REGION and area.kind == Kind.EMPLOYMENT_AREA


def _narrowed(
    picture: Picture, meant: set[int], region: Area | None
) -> list[tuple[Area, list[Drawn]]]:
    """The list by region, of what is meant."""
    if not meant:
        return picture.regions
    left = [
        (whole, [one for one in parts if one.area.pk in meant])
        for whole, parts in picture.regions
        if region is None or whole == region
    ]
    return [(whole, parts) for whole, parts in left if parts]


def _address(chosen: dict[str, str], area: str = "") -> str:
    """The address of the map as it is now, with the card of an area or without one."""
    query = {name: value for name, value in {**chosen, "area": area}.items() if value}
    return f"?{urlencode(query)}{CARD if area else '#on-map'}"


def _found(words: str) -> list[Area]:
    """Areas by name, those that begin with the words first; municipalities know where they lie.

    Where no name holds the words, they may be a case of one (Helsingissä).
    """
    today = timezone.localdate()
    areas: AreaQuerySet = Area.objects.on(today).with_page()
    larger = Prefetch(
        "belongs_to",
        Belonging.objects.on(today)
        .filter(whole__kind__in=[Kind.EMPLOYMENT_AREA, Kind.REGION])
        .select_related("whole")
        .defer("whole__map_path")
        .order_by("whole__kind", "whole__code"),
    )
    found: AreaQuerySet = areas.defer("map_path").prefetch_related(larger)
    named = list(found.named(words))
    if not named and (meant := Names(areas.defer("map_path")).find(words)):
        named = list(found.filter(pk=meant.pk))
    return sorted(
        alphabetical(named),
        key=lambda area: not area.name.casefold().startswith(words.casefold()),
    )

"""The programme's page, and a page of each measure of its plan."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404, render

from partnership.organisations.models.periods import PRINCIPLES, Period
from partnership.programme import figures, happening
from partnership.programme.listing import with_parts
from partnership.programme.models import Call, Figure, Measure, Offer
from portal.caching.memory import shown_to_all
from portal.languages import alphabetical
from portal.page_cache import kept
from portal.places.models import Area
from portal.places.outlines import VIEW_BOX

from .crumbs import programme

Kind = Area.Kind
EVENTS = 8
CALLS = 4
OFFERS = 4
STEPS = (0, 1, 3, 6)  # the least number of members of each shade of the map


@dataclass(frozen=True)
class Shaded:
    """An employment area on the map, with how many take part and how dark that is."""

    area: Area
    number: int

    @property
    def shade(self) -> int:
        return max(step for step, least in enumerate(STEPS) if self.number >= least)


@kept()
def index(request):
    """The plan, what is happening, who takes part, open calls, and what is sought and offered."""
    shown = shown_to_all(request, lambda: _about(request.user), "programme")
    return render(request, "programme/index.html", shown)


def _about(user) -> dict:
    period = Period.objects.current() or Period.objects.last()
    measures = Measure.objects.visible_to(user).filter(period=period)
    offers = Offer.objects.running()
    counted = figures.counted()
    country = figures.by_area(Kind.COUNTRY)
    return {
        "crumbs": programme(),
        "period": period,
        "principles": PRINCIPLES,
        "measures": list(measures.select_related("responsible", "period")),
        "events": happening.latest(EVENTS),
        "calls": list(Call.objects.open_now().order_by("closes_on", "pk")[:CALLS]),
        "offers": list(with_parts(offers)[:OFFERS]),
        "counted": list(counted.values()),
        "whole": list(zip(counted.values(), country[0].numbers, strict=True)) if country else [],
        "regions": _alphabetical(figures.by_area(Kind.REGION)),
        "centres": _alphabetical(figures.by_area(Kind.DEVELOPMENT_CENTRE)),
        "drawn": _drawn(next(iter(counted))),
        "steps": _steps(),
        "counted_at": Figure.objects.order_by("-counted_at")
        .values_list("counted_at", flat=True)
        .first(),
        "view_box": VIEW_BOX,
    }


def _alphabetical(rows: list[figures.Row]) -> list[figures.Row]:
    order = {area.pk: place for place, area in enumerate(alphabetical(row.area for row in rows))}
    return sorted(rows, key=lambda row: order[row.area.pk])


def _drawn(key: str) -> list[Shaded]:
    """The areas that have an outline, with the first of the figures."""
    rows = Figure.objects.filter(key=key).exclude(area__map_path="").select_related("area")
    numbers = {row.area: row.number for row in rows}
    return [Shaded(area, numbers[area]) for area in alphabetical(numbers)]


def _steps() -> list[tuple[int, int, int | None]]:
    """The key of the map: each shade with its least and its largest number."""
    largest = [least - 1 for least in STEPS[1:]]
    return list(zip(range(len(STEPS)), STEPS, [*largest, None], strict=True))


@kept()
def measure(request, slug):
    """One measure of the plan: what is done, who answers for it, where it stands."""
    rows = Measure.objects.visible_to(request.user).select_related("period", "responsible")
    row = get_object_or_404(rows, slug=slug)
    context = {"measure": row, "crumbs": programme((row.name, None))}
    return render(request, "programme/measure.html", context)

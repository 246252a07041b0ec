"""Indicators for readers: the list, an indicator with its chart, table and words, and its file."""

from datetime import date
from functools import partial
from itertools import groupby

from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from law.impact_reviews import open_reviews, under_review
from portal.api.responses import LICENCE, LICENCE_URL
from portal.caching.memory import shown_to_all
from portal.errors import BadParameter
from portal.languages import alphabetical
from portal.menu import crumbs
from portal.operations.starter import pending
from portal.page_cache import kept
from portal.places.forms import AreaFilter, by_its_key, is_typed
from portal.places.models import Area
from portal.sheets import Writer

from . import charts, numbers, periods, summaries
from .files import COLUMNS
from .latest import COUNTRY, latest_values
from .models import Indicator, IndicatorSection, Observation
from .series import observations, read
from .services import KEY

MARK = "\ufeff"
FIGURES = "monitoring.indicators.starter.load_values"


@kept()
def index(request):
    """All indicators by domain, each with the country's latest value."""
    indicators = Indicator.objects.visible_to(request.user).with_latest(COUNTRY)
    indicators = indicators.annotate(under_review=under_review(KEY, "pk"))
    order = list(Indicator.Domain)
    rows = sorted(latest_values(indicators), key=lambda row: order.index(row.indicator.domain))
    domains = [
        (Indicator.Domain(domain), sorted(found, key=lambda row: row.indicator.name.casefold()))
        for domain, found in groupby(rows, key=lambda row: row.indicator.domain)
    ]
    context = {"domains": domains, "crumbs": _crumbs(), "loading": pending(FIGURES)}
    return render(request, "monitoring/index.html", context)


@kept("area", "time")
def indicator(request, slug):
    """An indicator in one area: `?area=` (the country when there is none) and `?time=2024`."""
    gather = partial(_about, request, slug)
    if is_typed(request.GET):
        return _named(request, gather())
    shown = shown_to_all(request, gather, "indicator", slug, request.GET.urlencode())
    loading = pending(FIGURES)
    if loading:
        shown = shown | {"loading": loading, "fragment": None}
    return render(request, "monitoring/indicator.html", shown)


def _named(request, shown: dict):
    """The area that somebody named: its own address, or what was meant when there is none."""
    form = AreaFilter(request.GET, shown["areas"])
    if form.is_valid():
        return by_its_key(request, form.cleaned_data["area"])
    shown |= {"form": form, "fragment": None}
    return render(request, "monitoring/indicator.html", shown, status=400)


def _about(request, slug: str) -> dict:
    """What is shown of an indicator. Raises Http404 when there is none."""
    sections = IndicatorSection.objects.select_related("section__act")
    found = get_object_or_404(
        Indicator.objects.visible_to(request.user).prefetch_related(
            "topics", Prefetch("section_links", queryset=sections)
        ),
        slug=slug,
    )
    areas = alphabetical(_areas(found, request.user))
    area = (None if is_typed(request.GET) else _area(request, areas)) or _usual(areas)
    series = read(found, area, _span(request)) if area else None
    return {
        "indicator": found,
        "areas": areas,
        "form": AreaFilter({"area": area.key if area else ""}, areas),
        "area": area,
        "series": series,
        "impact_reviews": open_reviews(KEY, [str(found.pk)]).get(str(found.pk), []),
        "sections": [link.section for link in found.section_links.all()],
        "topics": found.topics.all(),
        **(_told(series) if series else {}),
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "query": request.GET.urlencode(),
        "crumbs": _crumbs((found.name, None)),
    }


def _told(series):
    """The series in a number, in words and as a chart."""
    name, area = series.indicator.name, series.area.name
    chart = charts.draw(series)
    is_share = series.indicator.kind == Indicator.Kind.PERCENT
    return {
        "amount": series.amount(series.latest.value) if series.latest else "",
        "age": summaries.age(series, timezone.localdate()),
        "change": summaries.change(series),
        "summary": summaries.sentences(series),
        "chart": chart,
        "share": str(series.latest.value) if is_share and series.latest and not chart else "",
        "chart_title": f"{name}, {area} ({series.indicator.unit})",
    }


@kept("area", "time")
def as_csv(request, slug):
    """The values of an indicator, all or those of `?area=` and `?time=`, as a file.

    UTF-8 with its mark, RFC 4180, the columns of an import file (docs/monitoring.md). Text that a
    spreadsheet would take for a formula has an apostrophe before it.
    """
    found = get_object_or_404(Indicator.objects.visible_to(request.user), slug=slug)
    area = _area(request, _areas(found, request.user)) if "area" in request.GET else None
    response = HttpResponse(MARK, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.csv"'
    writer = Writer(response)
    writer.writerow(COLUMNS)
    rows = observations(found, area, _span(request)).order_by("area__key", "start")
    for key, start, period, value, status, source_url, note in rows.values_list(
        "area__key", "start", "period", "value", "status", "source_url", "note"
    ):
        number = "" if value is None else numbers.plain(value, found.decimals)
        time = periods.Period(start, period)
        writer.writerow([found.slug, key, time, number, status, source_url, note])
    return response


def _areas(found: Indicator, user) -> list[Area]:
    """The areas that have values of the indicator."""
    values = Observation.objects.filter(indicator=found, area=OuterRef("pk"))
    return list(Area.objects.visible_to(user).filter(Exists(values)).defer("map_path"))


def _area(request, areas: list[Area]) -> Area | None:
    """The area that the address asks for; one that has no values of the indicator is refused."""
    key = request.GET.get("area", "")
    if not key:
        return None
    for area in areas:
        if area.key == key:
            return area
    raise BadParameter("area", key)


def _usual(areas: list[Area]) -> Area | None:
    """The country when it has values, or else the first area that has."""
    return next((area for area in areas if area.key == COUNTRY), areas[0] if areas else None)


def _span(request) -> tuple[date, date] | None:
    text = request.GET.get("time", "")
    if not text:
        return None
    found = periods.span(text)
    if found is None:
        raise BadParameter("time", text)
    return found


def _crumbs(*further):
    return crumbs((_("Indicators"), reverse("monitoring:index")), *further)

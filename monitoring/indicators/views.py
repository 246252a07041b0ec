"""Indicators for readers: the list, and one with its picture, table, words and standing."""

from functools import partial
from itertools import groupby

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from law.impact_reviews import open_reviews, under_review
from monitoring.charts import drawing
from monitoring.charts.figures import table
from monitoring.charts.summaries import sentences
from portal.api.responses import LICENCE, LICENCE_URL
from portal.caching.memory import shown_to_all
from portal.languages import alphabetical
from portal.menu import crumbs
from portal.operations.starter import pending
from portal.page_cache import kept
from portal.places.forms import AreaFilter, by_its_key, is_typed
from portal.places.models import Area

from . import figures, summaries
from .asked import area_asked, areas_of, span_asked, usual
from .downloads import drawn, reuse_of
from .latest import COUNTRY, latest_values
from .models import Indicator, IndicatorSection
from .series import Series
from .services import KEY
from .standing import standing

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
    areas = alphabetical(areas_of(found, request.user))
    area = (None if is_typed(request.GET) else area_asked(request, areas)) or usual(areas)
    series, reference = drawn(found, area, areas, span_asked(request)) if area else (None, None)
    return {
        "indicator": found,
        "areas": areas,
        "form": AreaFilter({"area": area.key if area else ""}, areas),
        "area": area,
        "series": series,
        "impact_reviews": open_reviews(KEY, [str(found.pk)]).get(str(found.pk), []),
        "sections": [link.section for link in found.section_links.all()],
        "topics": found.topics.all(),
        **(_told(series, reference, request.GET.urlencode()) if series else {}),
        **(_among(series, areas) if series else {}),
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "query": request.GET.urlencode(),
        "crumbs": _crumbs((found.name, None)),
    }


def _told(series, reference, query: str):
    """The series in a number, in words and as a picture, beside the same of the country."""
    figure = figures.of_series(series, reference)
    chart = drawing.picture(figure) if figure.can_be_drawn else ""
    is_share = series.indicator.kind == Indicator.Kind.PERCENT
    return {
        "amount": series.amount(series.latest.value) if series.latest else "",
        "age": summaries.age(series, timezone.localdate()),
        "change": summaries.change(series),
        "summary": sentences(figure),
        "chart": chart,
        "reuse": reuse_of(series, query, has_picture=bool(chart)),
        "share": str(series.latest.value) if is_share and series.latest and not chart else "",
    }


def _among(series: Series, areas: list[Area]) -> dict:
    """Where the area stands among those of its kind, in words and as a picture."""
    found = standing(series, areas)
    if found is None:
        return {}
    picture = drawing.picture(found.figure) if found.figure.can_be_drawn else ""
    return {"standing": found, "among": picture, "among_rows": table(found.figure)}


def _crumbs(*further):
    return crumbs((_("Indicators"), reverse("monitoring:index")), *further)

"""The search page, and the suggestions of the search field."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import menu
from portal.days import asked_day
from portal.errors import BadParameter
from portal.fragments import cache
from portal.languages import LANGUAGES, current_language
from portal.places.models import Area
from portal.running.starter import pending
from portal.topics.models import Topic
from search.documents import KINDS
from search.engines import CAP, Filters
from search.models import PUBLIC, Document, audiences
from search.queries import (
    FACETS,
    MOST_CHARACTERS,
    PER_PAGE,
    Question,
    Results,
    instead,
    reader,
    search,
    suggestions,
)
from search.queue import BUILT_BY

AREAS_SHOWN = 12
SUGGESTIONS_KEPT = 60  # seconds
IN_LANGUAGE = {"fi": "suomi", "sv": "svenska", "en": "English"}


@dataclass(frozen=True)
class Choice:
    """One value of a filter: what it is called, how many results it leaves, if it is chosen.

    `query` is the address that chooses it, or lets it go when it is chosen.
    """

    name: str | Promise
    count: int
    chosen: bool
    query: str
    language: str = ""


@dataclass(frozen=True)
class Facet:
    """A filter with its choices, those that leave nothing left out."""

    parameter: str
    title: str
    choices: list[Choice]

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.chosen), None)


@require_safe
def results(request):
    """What the portal has on the words of `q`, ten a page.

    `kind`, `topic`, `area` and `language` narrow it, each by a key; `on` is a day such as
    2025-06-01, on which what is found holds; `page` is a number from 1.
    A value that cannot be one is 400 and named. Without words the page says what can be found.
    While the first index is being built the page says so, and that not all is found yet.
    """
    asked = Question(" ".join(request.GET.get("q", "").split()))
    language = current_language()
    topics = {topic.key: topic.name for topic in Topic.objects.all()}
    filters = _filters(request, topics)
    number = _page_number(request)
    context = {
        "question": asked,
        "no_index": True,
        "language": language,
        "chosen": filters.chosen,
        "on": filters.on,
        "loading": pending(BUILT_BY),
    }
    if context["loading"] and not Document.objects.exists():
        return render(request, "search/building.html", context | {"rooms": _rooms(language)})
    if not asked.match:
        return render(request, "search/start.html", context | _start(language))
    found = search(asked, filters, language, number)
    if number > 1 and not found.results:
        raise BadParameter("page", str(number))
    context |= {
        "found": found,
        "cap": CAP,
        "page_obj": Paginator(range(found.total), PER_PAGE).get_page(number),
        "facets": _facets(request, found, filters, topics),
        "names": IN_LANGUAGE,
    }
    if not found.unfiltered:
        context |= {"instead": instead(asked, filters, language), "rooms": _rooms(language)}
    return render(request, "search/results.html", context)


@require_safe
def suggest(request):
    """At most eight things whose title has a word that begins with `q`, as JSON.

    {"suggestions": [{"title", "url", "kind"}]}, those in the language of the address first.
    """
    text = " ".join(request.GET.get("q", "").lower().split())[:MOST_CHARACTERS]
    language = current_language()
    public = audiences(request.user) == [PUBLIC]
    key = f"search:suggest:{language}:{text.encode().hex()}"[:240]
    found = cache.get(key) if public else None
    if found is None:
        found = [
            {
                "title": document.title,
                "url": document.path,
                "kind": str(KINDS[document.kind].name)
                + ("" if document.language == language else f" · {IN_LANGUAGE[document.language]}"),
            }
            for document in suggestions(text, language, request.user)
        ]
        if public:
            cache.set(key, found, SUGGESTIONS_KEPT)
    response = JsonResponse({"suggestions": found})
    patch_cache_control(response, private=True, max_age=SUGGESTIONS_KEPT)
    return response


def _filters(request, topics: dict[str, str]) -> Filters:
    chosen = {name: request.GET.get(name, "") for name in FACETS}
    known = {"kind": set(KINDS), "topic": set(topics), "language": set(LANGUAGES)}
    for name, values in known.items():
        if chosen[name] and chosen[name] not in values:
            raise BadParameter(name, chosen[name])
    area = chosen["area"]
    if area and not Area.objects.with_page().filter(key=area).exists():
        raise BadParameter("area", area)
    return reader(request.user, on=asked_day(request), **chosen)


def _page_number(request) -> int:
    value = request.GET.get("page", "1")
    if not (value.isascii() and value.isdecimal() and 1 <= int(value[:9]) <= CAP // PER_PAGE):
        raise BadParameter("page", value)
    return int(value[:9])


def _facets(request, found: Results, filters: Filters, topics: dict[str, str]) -> list[Facet]:
    """The filters with what each choice would leave: themes and areas with most results first."""
    languages = {code: IN_LANGUAGE[code] for code in LANGUAGES}
    kinds = {key: kind.plural for key, kind in KINDS.items()}
    facets = [
        _facet(request, found, "kind", _("Kind"), kinds),
        _facet(request, found, "topic", _("Theme"), topics),
        _facet(request, found, "area", _("Area"), _area_names(found, filters)),
        _facet(request, found, "language", _("Language"), languages),
    ]
    return [facet for facet in facets if len(facet.choices) > 1 or facet.chosen]


def _facet(request, found: Results, parameter: str, title: str, names) -> Facet:
    counts, chosen = found.facets[parameter], request.GET.get(parameter)
    choices = [
        Choice(
            name,
            counts.get(value, 0),
            value == chosen,
            _query(request, parameter, "" if value == chosen else value),
            value if parameter == "language" else "",
        )
        for value, name in names.items()
        if counts.get(value) or value == chosen
    ]
    if parameter in ("topic", "area"):
        choices.sort(key=lambda choice: (not choice.chosen, -choice.count, str(choice.name)))
    return Facet(parameter, title, choices)


def _query(request, parameter: str, value: str) -> str:
    """The address of the same search with a filter set, or without it when there is no value."""
    query = {name: request.GET.get(name, "") for name in ("q", "on", *FACETS)} | {parameter: value}
    return "?" + urlencode({name: value for name, value in query.items() if value})


def _area_names(found: Results, filters: Filters) -> dict[str, str]:
    """The areas with most results, and the one that is chosen, by name; of one name with kind."""
    counts = found.facets["area"]
    if not counts:
        return {}
    areas = Area.objects.with_page().filter(key__in=counts)
    areas = sorted(areas, key=lambda area: (area.key != filters.area, -counts[area.key]))
    shown = areas[:AREAS_SHOWN]
    named = Counter(area.name for area in shown)
    return {area.key: area.name if named[area.name] == 1 else _with_kind(area) for area in shown}


def _with_kind(area: Area) -> str:
    """North Karelia (region): a region and an employment area may have the same name."""
    kind = str(area.get_kind_display())
    return _("%(name)s (%(kind)s)") % {"name": area.name, "kind": kind[:1].lower() + kind[1:]}


def _start(language: str) -> dict:
    """What can be found, before anything is asked: how many of each kind, and examples."""
    counts = dict(
        Document.objects.filter(audience=PUBLIC, language=language)
        .values_list("kind")
        .annotate(Count("pk"))
    )
    return {
        "kinds": [(kind.plural, counts[key]) for key, kind in KINDS.items() if key in counts],
        "examples": [
            _("integration plan"),
            _("imputed reimbursement"),
            _("employment areas"),
            _("section 14"),
        ],
        "rooms": _rooms(language),
    }


def _rooms(language: str) -> list[menu.Item]:
    """Where one can go and look instead of searching."""
    return [*menu.pages(language).top, *menu.rooms(menu.ROOMS)]

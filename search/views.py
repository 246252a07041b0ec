"""The search page, and the suggestions of the search field."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote_plus, urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import menu
from portal.caching.fragments import cache
from portal.caching.memory import remembered
from portal.days import asked_day
from portal.errors import BadParameter
from portal.languages import LANGUAGES, current_language
from portal.links import Link
from portal.operations.starter import pending
from portal.places.models import Area
from portal.resources import main_menu
from portal.search_api import answers
from portal.topics.models import Topic
from search import empty_searches
from search.documents import kinds as kinds_found
from search.engines import CAP, Filters
from search.models import PUBLIC, Document
from search.queries import (
    FACETS,
    PER_PAGE,
    Results,
    instead,
    reader,
    search,
)
from search.question import MOST_CHARACTERS, Question
from search.queue import BUILT_BY
from search.suggestions import suggestions

AREAS_SHOWN = 12
SUGGESTIONS_KEPT = 60  # seconds
DESCRIBED_FOR = 86_400  # seconds
IN_LANGUAGE = {"fi": "suomi", "sv": "svenska", "en": "English"}


@dataclass(frozen=True)
class Choice:
    """One value of a filter: what it is called, how many results it leaves, if it is chosen.

    `query` is the address that chooses it, or lets it go when it is chosen.
    """

    name: str
    count: int
    chosen: bool
    query: str
    language: str = ""


@dataclass(frozen=True)
class Facet:
    """A filter with its choices, those that leave nothing left out."""

    parameter: str
    title: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.chosen), None)


class AreaName(NamedTuple):
    """`with_kind` is North Karelia (region): an employment area may have the same name.

    `place` is where it stands among the areas, those with as many results in their own order.
    """

    name: str
    with_kind: str
    place: int


@require_safe
def results(request):
    """What the portal has on the words of `q`, ten a page.

    `kind`, `topic`, `area` and `language` narrow it, each by a key; `on` is a day such as
    2025-06-01, on which what is found holds; `page` is a number from 1. With `typed` no spelling is
    put right.
    A value that cannot be one is 400 and named. Without words the page says what can be found.
    While the first index is being built the page says so, and that not all is found yet.
    """
    asked = Question(" ".join(request.GET.get("q", "").split()))
    language = current_language()
    topics = remembered(_topic_names, "search", "topics")
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
    as_typed = bool(request.GET.get("typed"))
    found = search(asked, filters, language, number, as_typed=as_typed)
    context["answers"] = answers(asked.words) if number == 1 and not filters.chosen else []
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
        empty_searches.count(asked, language)
        context |= {"instead": instead(asked, filters, language), "rooms": _rooms(language)}
    else:
        context["shown"] = _shown(request, found, context["facets"])
    return render(request, "search/results.html", context)


def _shown(request, found: Results, facets: list[Facet]) -> Hashable:
    """All that the page shows of what was found: the same values make the same page again."""
    counts = (found.total, found.capped, found.unfiltered, found.loosened, found.reduced)
    return (
        request.GET.urlencode(),
        tuple(found.results),
        counts,
        found.respelt,
        tuple(found.renamed),
        tuple(facets),
    )


@require_safe
def suggest(request):
    """At most eight things whose title has a word that begins with `q`, as JSON.

    {"suggestions": [{"title", "url", "kind"}]}, those in the language of the address first. With
    `as=opensearch` in the form that browsers ask for: the words, then titles, kinds and addresses.
    """
    text = " ".join(request.GET.get("q", "").lower().split())[:MOST_CHARACTERS]
    language = current_language()
    public = not request.user.is_authenticated
    key = f"search:suggest:{language}:{text.encode().hex()}"[:240]
    found = cache.get(key) if public else None
    if found is None:
        every = kinds_found()
        found = [
            {
                "title": document.title,
                "url": document.path,
                "kind": str(every[document.kind].searchable.name)
                + ("" if document.language == language else f" · {IN_LANGUAGE[document.language]}"),
            }
            for document in suggestions(text, language, request.user)
        ]
        if public:
            cache.set(key, found, SUGGESTIONS_KEPT)
    shown: dict | list = {"suggestions": found}
    if request.GET.get("as") == "opensearch":
        shown = [text, *([one[name] for one in found] for name in ("title", "kind", "url"))]
    response = JsonResponse(shown, safe=False)
    patch_cache_control(response, private=True, max_age=SUGGESTIONS_KEPT)
    return response


@require_safe
def opensearch(request):
    """What a browser needs to search the portal from its own field (OpenSearch 1.1), as XML."""
    addresses = {
        name: request.build_absolute_uri(reverse(f"search:{name}"))
        for name in ("results", "suggest")
    }
    response = render(
        request,
        "search/opensearch.xml",
        {"addresses": addresses},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )
    patch_cache_control(response, public=True, max_age=DESCRIBED_FOR)
    return response


def _filters(request, topics: dict[str, str]) -> Filters:
    chosen = {name: request.GET.get(name, "") for name in FACETS}
    known = {"kind": set(kinds_found()), "topic": set(topics), "language": set(LANGUAGES)}
    for name, values in known.items():
        if chosen[name] and chosen[name] not in values:
            raise BadParameter(name, chosen[name])
    area = chosen["area"]
    if area and area not in remembered(_areas, "search", "areas"):
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
    kinds = {key: str(kind.searchable.plural) for key, kind in kinds_found().items()}
    facets = [
        _facet(request, found, "kind", _("Kind"), kinds),
        _facet(request, found, "topic", _("Theme"), topics),
        _facet(request, found, "area", _("Area"), _area_names(found, filters)),
        _facet(request, found, "language", _("Language"), languages),
    ]
    return [facet for facet in facets if len(facet.choices) > 1 or facet.chosen]


def _facet(request, found: Results, parameter: str, title: str, names) -> Facet:
    counts, chosen = found.facets[parameter], request.GET.get(parameter)
    without = _query(request, parameter)
    choices = [
        Choice(
            name,
            counts.get(value, 0),
            value == chosen,
            without if value == chosen else f"{without}&{parameter}={quote_plus(value)}",
            value if parameter == "language" else "",
        )
        for value, name in names.items()
        if counts.get(value) or value == chosen
    ]
    if parameter in ("topic", "area"):
        choices.sort(key=lambda choice: (not choice.chosen, -choice.count, choice.name))
    return Facet(parameter, title, tuple(choices))


def _query(request, parameter: str) -> str:
    """The address of the same search without a filter; the words always stand in it."""
    names = [
        name
        for name in ("q", "on", "typed", *FACETS)
        if name != parameter and request.GET.get(name)
    ]
    return "?" + urlencode({name: request.GET[name] for name in names})


def _area_names(found: Results, filters: Filters) -> dict[str, str]:
    """The areas with most results, and the one that is chosen, by name; of one name with kind."""
    counts = found.facets["area"]
    areas = remembered(_areas, "search", "areas")
    most = sorted(
        counts.keys() & areas.keys(),
        key=lambda key: (key != filters.area, -counts[key], areas[key].place),
    )[:AREAS_SHOWN]
    named = Counter(areas[key].name for key in most)
    return {
        key: areas[key].name if named[areas[key].name] == 1 else areas[key].with_kind
        for key in most
    }


def _areas() -> dict[str, AreaName]:
    """What the areas that have a page are called, by key and in their own order."""
    return {
        area.key: AreaName(area.name, _with_kind(area), place)
        for place, area in enumerate(Area.objects.choosable())
    }


def _with_kind(area: Area) -> str:
    kind = str(area.get_kind_display())
    return _("%(name)s (%(kind)s)") % {"name": area.name, "kind": kind[:1].lower() + kind[1:]}


def _topic_names() -> dict[str, str]:
    return {topic.key: topic.name for topic in Topic.objects.all()}


def _start(language: str) -> dict:
    """What can be found, before anything is asked: how many of each kind, and examples."""
    counts = dict(
        Document.objects.filter(audience=PUBLIC, language=language)
        .values_list("kind")
        .annotate(Count("pk"))
    )
    return {
        "kinds": [
            (kind.searchable.plural, counts[key])
            for key, kind in kinds_found().items()
            if key in counts
        ],
        "examples": [
            _("integration plan"),
            _("imputed reimbursement"),
            _("employment areas"),
            _("section 14"),
        ],
        "rooms": _rooms(language),
    }


def _rooms(language: str) -> list[Link]:
    """Where one can go and look instead of searching."""
    return [*menu.pages(language).top, *menu.rooms(main_menu())]

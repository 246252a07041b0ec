"""Answer cards of the search: words that name an area and a figure are answered with its value.

“työllisyysaste Kuopiossa”, “Kuopios sysselsättningsgrad”, “employment rate Kuopio”: names are read
in any case and any of the three languages, by the analysis that the search itself uses. What is
known of names is remembered, so words that name no area cost a look into a dictionary.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from monitoring.datasets import paths
from monitoring.datasets.models import AREA, Code, Dataset
from portal.caching.memory import remembered
from portal.languages import LANGUAGES
from portal.linguistics.analysis import analyse, is_stopword
from portal.places.forms import Names
from portal.places.models import Area
from portal.search_api import Answer

from .figures import figure_of

LEAST_NAMED = 0.3  # of the letters of a dataset's name
LONGEST_NAME = 4  # words
ORDER = (
    Area.Kind.EMPLOYMENT_AREA,
    Area.Kind.MUNICIPALITY,
    Area.Kind.REGION,
    Area.Kind.COUNTRY,
)
Forms = frozenset[str]
Places = dict[str, list[tuple[tuple[Forms, ...], int]]]


@dataclass
class Known:
    """The names of areas and datasets, by the forms of their words."""

    areas: Places
    cases: Names
    datasets: list[tuple[int, str, list[tuple[Forms, int]]]] = field(default_factory=list)


def answer(words: Sequence[str]) -> Answer | None:
    """The card for a question that names an area and one dataset, or None.

    A question that does not name an area costs no query. Otherwise a fixed number of them.
    """
    known = remembered(_known, "areas", "answers")
    read = [_forms(word) for word in words]
    named, places = _area_in(words, read, known)
    if not named:
        return None
    rest = [at for at in range(len(words)) if at not in places]
    pk = _dataset_of([(words[at], read[at]) for at in rest], known)
    if pk is None:
        return None
    return _card(pk, named)


def _card(pk: int, named: Sequence[int]) -> Answer | None:
    dataset = Dataset.objects.published().get(pk=pk)
    codes = Code.objects.filter(dimension__dataset=pk, dimension__key=AREA, area__in=named)
    there = [code.area for code in codes.select_related("area").defer("area__map_path")]
    areas = sorted(
        (area for area in there if area and area.kind in ORDER),
        key=lambda area: ORDER.index(Area.Kind(area.kind)),
    )
    if not areas:
        return None
    figure = figure_of(dataset, areas[0], beside=())
    return Answer(
        title=figure.name,
        about=f"{figure.area.name} · {figure.area.get_kind_display()}",
        value=figure.text,
        known=figure.value is not None,
        when=figure.period,
        sentence=figure.sentence_here,
        source=dataset.source,
        url=figure.url,
        example=figure.example,
        note=figure.revised_words,
    )


def _area_in(
    words: Sequence[str], read: Sequence[Forms], known: Known
) -> tuple[list[int], set[int]]:
    """The areas of the longest name among the words, with the places where it stands."""
    found: dict[int, None] = {}
    places: set[int] = set()
    for at, forms in enumerate(read):
        for form in forms:
            for name, pk in known.areas.get(form, ()):
                there = read[at : at + len(name)]
                same = len(there) == len(name) and all(
                    own & asked for own, asked in zip(name, there, strict=True)
                )
                if same and len(name) > len(places):
                    found, places = {pk: None}, set(range(at, at + len(name)))
                elif same and places == set(range(at, at + len(name))):
                    found[pk] = None
    if not found:
        for at, word in enumerate(words):
            if len(word) > 3 and (one := known.cases.find(word)):
                again = known.areas.get(one.name_fi.casefold(), ())
                pks = [pk for name, pk in again if len(name) == 1] or [one.pk]
                return pks, {at}
    return list(found), places


def _dataset_of(words: Sequence[tuple[str, Forms]], known: Known) -> int | None:
    """The dataset whose name has all the words in one language, and a good part of it."""
    scores: dict[int, float] = {}
    for pk, language, name in known.datasets:
        asked = [forms for word, forms in words if not is_stopword_in(word, language)]
        if not asked or not all(any(own & forms for own, _size in name) for forms in asked):
            continue
        said = sum(size for own, size in name if any(own & forms for forms in asked))
        scores[pk] = max(scores.get(pk, 0), said / sum(size for _own, size in name))
    best = sorted(scores, key=lambda pk: -scores[pk])
    if not best or scores[best[0]] < LEAST_NAMED:
        return None
    if len(best) > 1 and scores[best[0]] == scores[best[1]]:
        return None
    return best[0]


def is_stopword_in(word: str, language: str) -> bool:
    """Whether a word of a question is too common to name anything."""
    return any(is_stopword(token, language) for token in analyse(word, language))


def _forms(word: str) -> Forms:
    """By what a word may be known, in any of the languages."""
    return frozenset(
        form
        for language in LANGUAGES
        for token in analyse(word, language)
        for form in token.reading.asked
    )


def _known() -> Known:
    """All names, read once in a version of what is on show: two queries."""
    fields = ("pk", "kind", "code", "key", "name_fi", "name_sv", "name_en")
    rows = Area.objects.with_page().order_by("kind", "code").values_list(*fields)
    places, cases = _of_areas(tuple(rows))
    known = Known(places, cases)
    datasets = Dataset.objects.published().exclude(dimensions__key=paths.STEP)
    for pk, *names in datasets.values_list("pk", *(f"name_{one}" for one in LANGUAGES)):
        for language, name in zip(LANGUAGES, names, strict=True):
            if words := _named(name, language):
                known.datasets.append((pk, language, words))
    return known


@lru_cache(maxsize=2)
def _of_areas(rows: tuple[tuple[Any, ...], ...]) -> tuple[Places, Names]:
    """The names of areas by the forms of their words: made anew only when a name changes."""
    places: Places = {}
    areas = []
    for pk, kind, code, key, fi, sv, en in rows:
        area = Area(pk=pk, kind=kind, code=code, key=key, name_fi=fi, name_sv=sv, name_en=en)
        areas.append(area)
        for name in dict.fromkeys((fi, sv, en)):
            forms = tuple(_forms(word) for word in name.split())
            for form in {*forms[0], name.casefold()} if len(forms) <= LONGEST_NAME else ():
                places.setdefault(form, []).append((forms, pk))
    return places, Names(areas)


@lru_cache(maxsize=500)
def _named(name: str, language: str) -> list[tuple[Forms, int]]:
    """The words of a dataset's name that are not too common, with their lengths."""
    return [
        (frozenset(token.reading.asked), len(token.word))
        for token in analyse(name, language)
        if not is_stopword(token, language)
    ]

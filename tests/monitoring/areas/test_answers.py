"""Answer cards: words that name an area and a figure are answered with its value."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from monitoring.areas.answers import answer
from monitoring.datasets.models import Observation
from portal.caching.cache_version import asked_once
from portal.places.models import Area
from tests.factories.datasets import released_dataset
from tests.factories.monitoring import AreaFactory

NAMES = {
    "name_fi": "Ulkomaalaistaustaisten työllisyysaste",
    "name_sv": "Sysselsättningsgrad bland personer med utländsk bakgrund",
    "name_en": "Employment rate of people with a foreign background",
}


def place(kind, code, fi, sv, en):
    return AreaFactory(kind=kind, code=code, name_fi=fi, name_sv=sv, name_en=en)


@pytest.fixture
def places(db):
    return [
        AreaFactory(),
        place(Area.Kind.EMPLOYMENT_AREA, "17", "Kuopio", "Kuopio", "Kuopio"),
        place(Area.Kind.MUNICIPALITY, "297", "Kuopio", "Kuopio", "Kuopio"),
        place(Area.Kind.EMPLOYMENT_AREA, "41", "Turku", "Åbo", "Turku"),
        place(Area.Kind.REGION, "11", "Pohjois-Savo", "Norra Savolax", "North Savo"),
    ]


@pytest.fixture
def rate(places):
    shown = [area for area in places if area.kind != Area.Kind.MUNICIPALITY]
    return released_dataset(
        shown, slug="rate", unit_fi="%", unit_sv="%", unit_en="%", decimals=1, **NAMES
    )


def asked(words, language):
    with override(language):
        return answer(words.split())


@pytest.mark.parametrize(
    ("words", "language", "about"),
    [
        ("Kuopio työllisyysaste", "fi", "Kuopio · Työllisyysalue"),
        ("työllisyysaste Kuopiossa", "fi", "Kuopio · Työllisyysalue"),
        ("ulkomaalaistaustaisten työllisyysaste Turussa", "fi", "Turku · Työllisyysalue"),
        ("Åbos sysselsättningsgrad", "sv", "Åbo · Sysselsättningsområde"),
        ("sysselsättningsgrad i Norra Savolax", "sv", "Norra Savolax · Landskap"),
        ("employment rate in North Savo", "en", "North Savo · Region"),
        ("Kuopio’s employment rate", "en", "Kuopio · Employment area"),
        ("työllisyysaste Kuopio", "en", "Kuopio · Employment area"),
    ],
)
def test_a_question_that_names_an_area_and_a_figure_has_its_card(rate, words, language, about):
    card = asked(words, language)

    assert card is not None, words
    assert card.about.casefold() == about.casefold()
    assert card.value in ("10.0%", "10,0\u00a0%")
    assert card.url.endswith(("REF_AREA=TA17", "REF_AREA=TA41", "REF_AREA=MK11"))
    assert (card.when, card.example) == ("2024", True)


@pytest.mark.parametrize(
    "words",
    [
        "Kuopio",
        "employment rate",
        "Kuopio integration plan",
        "employment rate Kuopio history museum",
        "the of in",
    ],
)
def test_any_other_question_has_none(rate, words):
    assert asked(words, "en") is None


def test_words_that_fit_two_datasets_alike_have_none(rate, places):
    released_dataset(places[:2], slug="other", **NAMES)

    assert asked("Kuopio employment rate", "en") is None


def test_a_hidden_value_is_not_told(rate):
    rows = Observation.objects.filter(area__key="TA17", time=2024)
    rows.update(value=None, status="suppressed")
    card = asked("Kuopio employment rate", "en")

    assert (card.known, card.value) == (False, "Suppressed: too few people")
    assert "10" not in card.value + card.sentence.replace("2024", "")


def test_a_question_that_names_no_area_costs_no_query(rate, places):
    with asked_once():
        asked("Kuopio employment rate", "en")
        with CaptureQueriesContext(
            connection,
        ) as none:
            asked("integration plan and training", "en")
        with CaptureQueriesContext(connection) as card:
            asked("Kuopio employment rate", "en")
    assert len(none) == 0
    assert len(card) <= 9


def test_the_card_stands_over_the_results(rate, client):
    page = client.get("/en/search/", {"q": "employment rate Kuopio"})
    card = BeautifulSoup(page.content, "html.parser").select_one(".answer-card")

    assert "10.0%" in card.get_text()
    assert "Example figures" in card.get_text()
    assert card.a["href"] == "/en/datasets/rate/?REF_AREA=TA17"
    narrowed = client.get("/en/search/", {"q": "employment rate Kuopio", "kind": "dataset"})
    assert b"answer-card" not in narrowed.content

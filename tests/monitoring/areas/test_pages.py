"""Figures on the page of an area and beside chosen ones, and the page of the movement rule."""

import re

import pytest
from bs4 import BeautifulSoup

from monitoring.areas.movement import CURRENT
from monitoring.areas.similar import GROWTH_DATASET
from monitoring.datasets.models import Observation
from portal.places.models import Area, Belonging
from tests.factories.datasets import changed, released_dataset
from tests.factories.monitoring import AreaFactory
from tests.queries import queries_of_page

PAGE, FIGURES = "/en/areas/TA04/", "/en/areas/TA04/figures/"


def soup(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def names_beside(found):
    return [cell.get_text(strip=True) for cell in found.select("table.beside")[0].select("th")][1:]


def test_the_page_of_an_area_has_six_figures_each_with_its_link_mark_and_sentence(
    six_datasets, client
):
    found = soup(client, PAGE).find(id="panel-figures").parent

    cards = found.select(".area-figures > li")
    assert len(cards) == 6
    for card in cards:
        assert "REF_AREA=TA04" in card.a["href"]
        assert "Example figures" in card.get_text()
        assert card.select_one("svg.spark")["aria-label"]
        assert "Area 4: 10" in card.get_text()
        assert "no clear change since 2023" in card.get_text()
    assert "Population 40,000" in found.get_text()


def test_similar_areas_stand_in_the_order_of_their_names_whatever_their_figures(
    six_datasets, client
):
    """Whether values rise or fall with the names, the order is the same."""
    for sign in (1, -1):
        for number, area in enumerate(Area.objects.filter(kind="employment_area").order_by("code")):
            rows = Observation.objects.filter(area=area, time=2024)
            rows.update(value=500 + sign * number * 50)
        for address in (PAGE, FIGURES):
            names = [name for name in names_beside(soup(client, address)) if name[:4] == "Area"]
            assert names == sorted(names) and len(names) == 6


def test_a_hidden_figure_says_why_and_nothing_else(six_datasets, client):
    rows = Observation.objects.filter(dataset=six_datasets[0], area__key="TA04")
    rows.filter(time=2024).update(value=None, status="suppressed")
    card = soup(client, PAGE).select_one(".area-figures > li")

    assert "Suppressed: too few people" in card.get_text()
    assert "Area 4’s figure is missing in 2024" in card.get_text()


def test_a_revised_figure_says_since_when(six_datasets, client):
    changed(six_datasets[0], 40, area__key="TA04", time=2024)

    assert "Revised since" in soup(client, PAGE).select_one(".area-figures > li").get_text()


def test_a_municipality_without_figures_leads_to_the_areas_it_lies_in(six_datasets, client):
    town = AreaFactory(kind=Area.Kind.MUNICIPALITY, code="297", name_en="Kuopio")
    Belonging.objects.create(part=town, whole=Area.objects.get(key="TA04"))
    found = soup(client, "/en/areas/KU297/").find(id="panel-figures").parent

    assert [link["href"] for link in found.select("a")] == ["/en/areas/TA04/"]


def test_the_reader_chooses_the_preset_and_the_areas(six_datasets, client, eight_areas):
    assert "Similar areas by" not in soup(client, FIGURES).get_text()
    released_dataset(eight_areas, slug=GROWTH_DATASET, years=(2019, 2024))

    by_growth = soup(client, f"{FIGURES}?similar=growth")
    assert by_growth.select_one("option[selected]")["value"] == "growth"
    assert "First integration plans for every 1,000 inhabitants" in by_growth.get_text()
    assert len(by_growth.find(id="criteria").parent.select(".tag--warning")) == 1
    chosen = soup(client, f"{FIGURES}?areas=TA07&areas=Area 1")
    assert names_beside(chosen)[:3] == ["Area 1", "Area 4", "Area 7"]


@pytest.mark.parametrize("query", ["similar=rank", "similar="])
def test_a_preset_that_there_is_not_is_a_bad_address(six_datasets, client, query):
    assert client.get(f"{FIGURES}?{query}").status_code == 400


def test_more_than_five_areas_are_refused_in_words(six_datasets, client):
    query = "&".join(f"areas=TA0{number}" for number in (1, 2, 3, 5, 6, 7))

    assert "Choose five areas at most." in soup(client, f"{FIGURES}?{query}").get_text()


def test_a_page_of_figures_costs_the_same_for_more_areas(six_datasets, client):
    few = queries_of_page(client, FIGURES)
    for number in range(10, 20):
        AreaFactory(kind=Area.Kind.EMPLOYMENT_AREA, code=str(number), population=1000)

    assert queries_of_page(client, FIGURES) == few


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/movement-rule/", ("no clear change", "1 percentage point", "5 per cent")),
        ("/fi/muutossaanto/", ("ei selvää muutosta", "1 prosenttiyksikkö", "5 prosenttia")),
        ("/sv/forandringsregel/", ("ingen klar förändring", "1 procentenhet", "5 procent")),
    ],
)
def test_the_rule_of_movement_is_public_in_three_languages(db, client, address, words):
    said = re.sub(r"\s+", " ", soup(client, address).get_text())

    for one in words:
        assert one in said.lower().replace("\xa0", " "), one
    assert str(CURRENT) in said


def test_the_api_tells_the_figures_with_their_verdicts(six_datasets, client):
    answer = client.get("/api/v1/areas/TA04/figures").json()

    assert len(answer["items"]) == 6
    first = answer["items"][0]
    assert first["movement"] == {
        "verdict": "no-clear-change",
        "reason": "",
        "rule": CURRENT,
        "base": "2023",
    }
    assert [one["area"] for one in first["similar"]] == ["TA02", "TA03", "TA05", "TA06", "TA07"]
    assert first["sentences"]["fi"].startswith(f"{first['names']['fi']}, Alue 4: 10")
    assert first["example"] is True

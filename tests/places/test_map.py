"""The map of areas: coloured by a figure, a card for each area, and the list narrowed along."""

import pytest
from bs4 import BeautifulSoup

from portal.places.area_map import Choice, Coloured, LegendRow, MapCount, MapFigures, Shade
from portal.places.labels import place
from portal.places.models import Area
from portal.resources import ResourceType

pytestmark = pytest.mark.django_db


def pks(*keys):
    return dict(Area.objects.filter(key__in=keys).values_list("key", "pk"))


@pytest.fixture
def room(finland, only_room):
    """A later room with one figure, which has no value for Tampere, and a count."""
    areas = pks("TA39", "TA01")

    def coloured(key):
        shades = {areas["TA39"]: Shade(0, "Suppressed"), areas["TA01"]: Shade(4, "61.2%")}
        return key == "rate" and Coloured(
            "rate",
            "Rate of something",
            "2025, per cent",
            "2025",
            "/en/somewhere/",
            "A source",
            [LegendRow(4, "60–70")],
            shades,
            country="63.0%",
            missing=True,
            example=True,
        )

    figures = MapFigures(lambda: [Choice("rate", "Rate of something", "Work")], coloured)
    count = MapCount("Partners of ours", lambda: {areas["TA39"]: 1234})
    only_room(ResourceType("figures", can=(figures, count)))


def read(client, query=""):
    return BeautifulSoup(client.get(f"/en/areas/{query}").content, "html.parser")


def shape(page, key):
    return page.select_one(f"#m-{key}").parent


def test_the_map_is_coloured_in_classes_with_a_legend_and_missing_values_are_hatched(client, room):
    page = read(client)

    assert "map__m4" in shape(page, "TA01")["class"]
    assert "map__m0" in shape(page, "TA39")["class"]
    assert shape(page, "TA39").title.string == f"{name('TA39')}: Suppressed"
    legend = page.select_one(".map-classes").get_text(" ", strip=True)
    assert legend == "60–70 no value"
    assert "The whole country: 63.0%" in page.select_one(".areas__map").get_text(" ", strip=True)
    assert page.select_one("#no-value")
    assert "Example figures" in page.select_one(".areas__map").get_text()


def name(key):
    return Area.objects.get(key=key).name_en


def test_the_map_can_be_without_a_figure(client, room):
    page = read(client, "?figure=none")

    assert not page.select(".map-classes")
    assert not page.select("[class*=map__m4]")


def test_the_shape_of_an_area_leads_to_its_card(client, room):
    way = shape(read(client, "?figure=rate&region=MK06"), "TA39")["href"]
    assert way == "?figure=rate&region=MK06&area=TA39#area-card"

    card = read(client, way.partition("#")[0]).select_one("#area-card")
    words = card.get_text(" ", strip=True)
    assert card.h3.a["href"] == "/en/areas/TA39/"
    assert "Rate of something Suppressed 2025, example" in words
    assert "Partners of ours 1,234" in words
    population = Area.objects.get(key="TA39").population
    assert f"Population {population:,}" in words
    closing = card.select("a")[-1]["href"]
    assert closing == "?figure=rate&region=MK06#on-map"
    assert not read(client, closing.partition("#")[0]).select("#area-card")


def test_the_list_shows_the_figure_of_each_area(client, room):
    rows = {li.a["href"]: li.get_text(" ", strip=True) for li in read(client).select(".regions li")}

    assert rows["/en/areas/TA01/"].endswith("61.2%")
    assert rows["/en/areas/TA39/"].endswith("Suppressed")


def test_a_region_narrows_the_list_and_the_map(client, room):
    page = read(client, "?region=MK06")

    listed = {a["href"] for a in page.select(".regions ul a")}
    assert "/en/areas/TA39/" in listed and "/en/areas/TA01/" not in listed
    assert "map__dim" in shape(page, "TA01")["class"]
    assert "map__dim" not in shape(page, "TA39").get("class", [])
    assert page.select_one("#area-region option[selected]")["value"] == "MK06"


def test_words_narrow_the_list_and_the_map_to_where_a_municipality_lies(client, finland):
    page = read(client, "?q=Nokia")  # a municipality of the region of Tampere

    assert [a["href"] for a in page.select(".regions ul a")] == ["/en/areas/TA39/"]
    assert "map__dim" in shape(page, "TA01")["class"]
    assert "map__dim" not in shape(page, "TA39").get("class", [])


@pytest.mark.parametrize("query", ["figure=nothing", "area=TA99", "area=KU091", "region=TA01"])
def test_what_there_is_not_is_named(client, room, query):
    answer = client.get(f"/en/areas/?{query}")

    assert answer.status_code == 400
    assert query.split("=")[1] in answer.content.decode()


def test_names_stand_where_there_is_room_and_none_over_another(finland):
    areas = Area.objects.exclude(map_path="")
    labels = place((area.pk, area.name_fi, area.map_path) for area in areas)

    named = {area.key for area in areas if area.pk in labels}
    assert len(labels) > 30
    assert {"TA39", "TA45"} & named
    helsinki = Area.objects.filter(kind="employment_area", name_en__contains="Helsinki").first()
    assert labels[helsinki.pk].inside


def test_small_areas_are_drawn_once_more_and_reached_once_by_keyboard(client, finland):
    page = read(client)

    inset = page.select_one(".map-inset")
    assert inset["aria-hidden"] == "true"
    again = inset.select("a")
    assert again and {a["tabindex"] for a in again} == {"-1"}
    assert all(page.select_one(a.use["href"]) for a in again)

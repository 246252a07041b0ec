import gzip

import pytest

from portal.places.area_sections import AreaSection
from portal.places.models import Area
from portal.resources import ResourceType
from tests.factories.places import AreaFactory, BelongingFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(only_room, settings, tmp_path):
    """A section of a later room, that shows a word and hides itself on the page of the country."""
    (tmp_path / "panel.html").write_text("<p>{{ word }} of {{ area.key }}</p>")
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], tmp_path]}]
    shown = AreaSection(
        "partners",
        "Partners here",
        "panel.html",
        lambda area, user: None if area.key == "FI" else {"word": "Partners"},
    )
    only_room(ResourceType("partner", can=(shown,)))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/fi/alueet/", ["Alueet", "Tampereen seutu", "Ahvenanmaa"]),
        ("/sv/omraden/", ["Områden", "Tammerforsregionen", "Åland"]),
        ("/en/areas/", ["Areas", "Tampere region", "Åland"]),
    ],
)
def test_the_map_is_in_three_languages(finland, client, path, words):
    page = client.get(path).content.decode()

    assert page.count('<path id="m-') == 46
    for word in words:
        assert word in page


def test_every_drawn_area_is_a_link_with_a_name(finland, client):
    page = client.get("/en/areas/").content.decode()

    for area in Area.objects.exclude(map_path=""):
        assert f'<a href="/en/areas/{area.key}/"' in page
        assert f"<title>{area.name_en}</title>" in page


def test_the_map_and_an_area_keep_within_their_weight(finland, client):
    assert len(gzip.compress(client.get("/fi/alueet/").content)) <= 14_000
    assert len(gzip.compress(client.get("/fi/alueet/MK01/").content)) <= 9_000


def test_each_kind_of_page_can_be_read(finland, client):
    for key in ["FI", "MK06", "MK21", "TA39", "KU837", "KU035", "HVA06", "EVK01"]:
        for path in [f"/fi/alueet/{key}/", f"/sv/omraden/{key}/", f"/en/areas/{key}/"]:
            assert client.get(path).status_code == 200


def test_a_municipality_says_what_it_lies_in_and_since_when(finland, client):
    page = client.get("/en/areas/KU837/").content.decode().replace("\xa0", " ")

    assert '<a href="/en/areas/TA39/">Tampere region</a>' in page
    assert '<a href="/en/areas/MK06/">Pirkanmaa</a>' in page
    assert "Pirkanmaa wellbeing services county" in page
    assert "until 31 December 2025" in page
    assert "from 1 January 2026" in page


def test_aland_says_that_it_is_outside(finland, client):
    for key in ["MK21", "KU478"]:
        assert (
            "Åland is outside the employment areas"
            in client.get(f"/en/areas/{key}/").content.decode()
        )


def test_an_employment_area_names_the_county_of_its_municipalities(finland, client):
    page = client.get("/en/areas/TA01/").content.decode()

    assert "West Uusimaa wellbeing services county" in page
    assert "Uusimaa ELY Centre" in page


@pytest.mark.parametrize(("typed", "key"), [("fi", "FI"), ("ta39", "TA39"), ("Ku091", "KU091")])
def test_other_letter_case_leads_to_the_address(finland, client, typed, key):
    response = client.get(f"/en/areas/{typed}/?a=1")

    assert response.status_code == 301
    assert response["Location"] == f"/en/areas/{key}/?a=1"


@pytest.mark.parametrize("key", ["ELY01", "TA99", "x"])
def test_areas_without_a_page_are_not_found(finland, client, key):
    assert client.get(f"/en/areas/{key}/").status_code == 404


def test_a_municipality_is_found_by_its_name_in_any_language(finland, client):
    page = client.get("/en/areas/", {"q": "Åbo"}).content.decode()

    assert '<a href="/en/areas/KU853/">Turku</a>' in page
    assert "Southwest Finland" in page


@pytest.mark.parametrize(("typed", "key"), [("Turussa", "KU853"), ("Uudellamaalla", "MK01")])
def test_an_area_is_found_by_a_case_of_its_name(finland, client, typed, key):
    page = client.get("/en/areas/", {"q": typed})

    assert [area.key for area in page.context["found"]] == [key]


def test_words_that_name_no_area_are_kept_and_said(finland, client):
    page = client.get("/en/areas/", {"q": 'x"><b>'}).content.decode()

    assert "No area has this name" in page
    assert "x&quot;&gt;&lt;b&gt;" in page


def test_a_later_app_shows_its_panel_and_can_hide_it(finland, section, client):
    assert "<p>Partners of TA39</p>" in client.get("/en/areas/TA39/").content.decode()
    assert "Partners here" not in client.get("/en/areas/FI/").content.decode()


def test_sections_stand_by_their_order_whatever_the_order_of_rooms(finland, only_room, client):
    def shown(name, order):
        section = AreaSection(name, name, "places/names.html", lambda area, user: {}, order=order)
        return ResourceType(name, can=(section,))

    for name, order in [("programme", 60), ("law", 30), ("authorities", 10)]:
        only_room(shown(name, order))
    page = client.get("/en/areas/TA39/")

    found = [section.anchor for section, _variables in page.context["sections"]]
    assert found == ["authorities", "law", "programme"]


@pytest.mark.parametrize("key", ["FI", "MK01", "TA39", "KU091"])
def test_an_area_page_costs_few_queries(finland, client, key, django_assert_max_num_queries):
    client.get(f"/en/areas/{key}/")

    with django_assert_max_num_queries(9):
        client.get(f"/en/areas/{key}/")


def test_six_municipalities_cost_the_queries_of_one(client):
    area = AreaFactory()
    region = AreaFactory(kind=Area.Kind.REGION)
    BelongingFactory(whole=area)
    path = f"/en/areas/{area.key}/"
    of_one = queries_of_page(client, path)
    for _n in range(5):
        part = BelongingFactory(whole=area).part
        BelongingFactory(part=part, whole=region)

    assert queries_of_page(client, path) == of_one


def test_six_areas_on_the_map_and_in_the_search_cost_the_queries_of_one(client):
    def one_more():
        area = AreaFactory(map_path="M0 0l1 1z")
        BelongingFactory(part=area, whole=AreaFactory(kind=Area.Kind.REGION))
        BelongingFactory(whole=area)

    one_more()
    of_one = [queries_of_page(client, f"/en/areas/{query}") for query in ("", "?q=example")]
    for _n in range(5):
        one_more()

    assert [queries_of_page(client, f"/en/areas/{query}") for query in ("", "?q=example")] == of_one


def test_a_larger_area_tells_the_languages_of_its_municipalities(client):
    area = AreaFactory()
    for status in ["fi", "fi-sv", "sv-fi", ""]:
        BelongingFactory(whole=area, part__language_status=status)

    page = client.get(f"/en/areas/{area.key}/")

    assert page.context["languages"] == "2 bilingual municipalities, 1 Finnish-speaking"
    assert "2 bilingual municipalities, 1 Finnish-speaking" in page.content.decode()


def test_an_area_of_one_municipality_tells_its_languages_in_the_singular(client):
    part = BelongingFactory(part__language_status="sv").whole

    page = client.get(f"/en/areas/{part.key}/")

    assert page.context["languages"] == "1 Swedish-speaking municipality"


@pytest.mark.parametrize("typed", ["Turku", "turussa", "Åbo", "KU853"])
def test_one_field_leads_to_the_page_of_ones_area(finland, client, typed):
    answer = client.get("/en/areas/find/", {"q": typed})

    assert (answer.status_code, answer["Location"]) == (302, "/en/areas/KU853/")


@pytest.mark.parametrize("typed", ["", "Turk", "nowhere"])
def test_what_names_no_area_leads_to_the_search_for_one(finland, client, typed):
    answer = client.get("/en/areas/find/", {"q": typed}, follow=True)

    assert answer.redirect_chain == [(f"/en/areas/?q={typed}", 302)]
    assert answer.status_code == 200


def test_a_county_and_a_centre_have_pages_that_their_municipalities_lead_to(finland, client):
    page = client.get("/en/areas/KU837/").content.decode()
    for key in ("HVA08", "EVK04"):
        assert f'href="/en/areas/{key}/"' in page

    county = client.get("/en/areas/HVA08/")

    assert "Tampere" in [one.name for one in county.context["municipalities"]]
    assert county.context["area"] not in [one for f in county.context["facts"] for one in f.areas]

"""The list of datasets: by domain, narrowed, and how one comes to it."""

import pytest
from bs4 import BeautifulSoup

from tests.factories.datasets import released_dataset
from tests.factories.monitoring import AreaFactory, IndicatorFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def datasets(db):
    areas = [AreaFactory()]
    rows = {
        "plans": ("employment", "service", "jobseekers"),
        "orientation": ("participation", "service", "outside"),
        "rate": ("employment", "phenomenon", ""),
        "odd": ("", "", ""),
    }
    return [
        released_dataset(
            areas, slug=slug, name_en=f"The {slug}", domain=domain, track=track, clients=clients
        )
        for slug, (domain, track, clients) in rows.items()
    ]


def read(client, query=""):
    return BeautifulSoup(client.get(f"/en/datasets/{query}").content, "html.parser")


def listed(page):
    return {
        section.h2.get_text(): [a.get_text() for a in section.select("li a")]
        for section in page.select("main section")
    }


def test_datasets_stand_in_short_lines_under_their_domains(client, datasets):
    page = read(client)

    assert listed(page) == {
        "Employment": ["The plans", "The rate"],
        "Participation": ["The orientation"],
        "Other": ["The odd"],
    }
    line = page.find("a", string="The plans").find_parent("li").get_text(" ", strip=True)
    assert "persons, 2023–2024" in line and "Jobseekers" in line and "example figures" in line


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?domain=employment", ["The plans", "The rate"]),
        ("?track=service", ["The plans", "The orientation"]),
        ("?clients=outside", ["The orientation"]),
        ("?q=RATE", ["The rate"]),
        ("?q=keksitty+odd", ["The odd"]),  # in its Finnish description, and its name
        ("?q=nothing", []),
    ],
)
def test_filters_and_words_narrow_the_list(client, datasets, query, found):
    page = read(client, query)

    assert [name for names in listed(page).values() for name in names] == found
    assert page.find("a", string="Show all")


@pytest.mark.parametrize("name", ["domain", "track", "clients"])
def test_a_value_that_there_is_not_is_named(client, datasets, name):
    answer = client.get(f"/en/datasets/?{name}=x")

    assert answer.status_code == 400
    assert name in answer.content.decode()


def test_more_datasets_cost_no_more_queries(client, datasets):
    few = queries_of_page(client, "/en/datasets/")
    for _number in range(4):
        released_dataset([AreaFactory()])

    assert queries_of_page(client, "/en/datasets/") == few


def test_one_entry_of_the_menu_leads_to_all_of_monitoring(client, datasets):
    page = read(client)
    entry = page.select_one(".site-nav a[aria-current]")
    assert (entry.get_text(), entry["aria-current"]) == ("Monitoring", "true")

    for address in (entry["href"], "/en/datasets/", "/en/situation/"):
        rooms = BeautifulSoup(client.get(address).content, "html.parser").select(
            ".monitoring-rooms a"
        )
        assert [a.get_text() for a in rooms] == [
            "Integration now",
            "Indicators",
            "Datasets",
            "Release calendar",
            "Corrected figures",
        ]
        assert [a["href"] for a in rooms if a.get("aria-current")] == [address]


def test_the_page_of_an_indicator_leads_to_the_datasets_of_its_domain(client, datasets):
    indicator = IndicatorFactory(domain="employment")

    page = client.get(f"/en/indicators/{indicator.slug}/").content.decode()

    assert 'href="/en/datasets/?domain=employment"' in page

"""Datasets in /api/v1/: what is published, chosen by the words of the page, and its releases."""

import csv
from io import StringIO

import pytest

from monitoring.datasets.models import Release
from portal.places.models import Area
from tests.factories.datasets import changed, released_dataset
from tests.factories.places import AreaFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
API = "/api/v1/datasets"


def an_area(code):
    return AreaFactory(kind=Area.Kind.EMPLOYMENT_AREA, code=code)


@pytest.fixture
def dataset():
    return released_dataset([an_area("01"), an_area("02")], slug="clients")


def observations(client, **query):
    return client.get(f"{API}/clients/observations", query)


def test_a_dataset_tells_its_structure(client, dataset):
    body = client.get(f"{API}/clients").json()["item"]

    assert [(one["key"], len(one["codes"])) for one in body["dimensions"]] == [
        ("REF_AREA", 2),
        ("SEX", 3),
    ]
    assert (body["periods"], body["example"], body["period"]) == (["2023", "2024"], True, "year")
    assert body["pxweb"].endswith("/pxweb/api/v2/tables/clients")


def test_values_are_chosen_by_the_words_of_the_page(client, dataset):
    body = observations(client, REF_AREA="TA02,TA01", SEX="F", TIME_PERIOD="2024").json()

    assert [item["codes"] for item in body["items"]] == [
        {"REF_AREA": "TA02", "SEX": "F"},
        {"REF_AREA": "TA01", "SEX": "F"},
    ]
    assert {(item["value"], item["period"], item["status"]) for item in body["items"]} == {
        (10, "2024", "")
    }
    assert body["meta"]["example"] is True and body["meta"]["licence"] == "CC BY 4.0"


def test_pages_follow_each_other_without_loss(client, dataset):
    found, address = [], f"{API}/clients/observations?limit=5"
    while address:
        body = client.get(address).json()
        found += [(*item["codes"].values(), item["period"]) for item in body["items"]]
        address = body["links"]["next"]

    assert len(found) == len(set(found)) == body["meta"]["total"] == 12


def test_what_was_corrected_is_known_before_and_after(client, dataset):
    release = changed(dataset, 12, area__key="TA02", time=2024, cell=1)
    chosen = {"REF_AREA": "TA02", "SEX": "F", "TIME_PERIOD": "2024"}

    [now] = observations(client, **chosen).json()["items"]
    first = dataset.releases.exclude(pk=release.pk).get()
    [then] = observations(client, **chosen, release=first.pk).json()["items"]

    assert (now["value"], now["revised"], now["revised_since"]) == (12, True, None)
    assert (then["value"], then["revised"]) == (10, False)
    assert then["revised_since"].startswith("2025-04-03")


def test_csv_has_the_same_page_and_says_that_it_is_an_example(client, dataset):
    answer = observations(client, SEX="F", limit=2, format="csv", language="en")
    rows = list(csv.DictReader(StringIO(answer.content.decode())))

    assert [(row["REF_AREA"], row["OBS_VALUE"], row["NOTE"]) for row in rows] == [
        ("TA01", "10", "Example"),
        ("TA01", "10", "Example"),
    ]
    assert "page=2" in answer["Link"] and 'rel="license"' in answer["Link"]
    assert answer["ETag"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"SEX": "X"}, "SEX"),
        ({"AGE": "Y15"}, "AGE"),
        ({"TIME_PERIOD": "1999"}, "TIME_PERIOD"),
        ({"release": "999999"}, "release"),
        ({"sex": "F"}, "sex"),
        ({"limit": "10001"}, "limit"),
    ],
)
def test_what_there_is_not_is_named(client, dataset, query, named):
    answer = observations(client, **query)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == named


def test_releases_tell_what_came_and_what_was_corrected_and_nothing_before(client, dataset):
    changed(dataset, 12, area__key="TA02", time=2024, cell=1)
    Release.objects.create(
        dataset=dataset, file_name="canary.csv", checksum="1", changes=[{"old": "1", "new": "2"}]
    )

    every = client.get(f"{API}/clients/releases").json()["items"]

    assert [(one["kind"], one["changed"]) for one in every] == [("corrected", 1), ("published", 0)]
    assert len(client.get(f"{API}/clients/releases?kind=corrected").json()["items"]) == 1
    assert len(client.get(f"{API}/clients/releases?since=2025-04-01").json()["items"]) == 1
    assert "canary" not in str(every)


def test_what_is_not_released_is_not_there(client, dataset):
    dataset.released_at = None
    dataset.save()

    assert client.get(API).json()["items"] == []
    for tail in ("", "/observations", "/releases"):
        assert client.get(f"{API}/clients{tail}").status_code == 404


def test_more_values_cost_no_more_queries_and_a_page_reads_only_its_areas(client, dataset):
    released_dataset([an_area(f"{code}") for code in range(10, 40)], slug="more")
    few = queries_of_page(client, f"{API}/clients/observations?limit=3")

    assert queries_of_page(client, f"{API}/more/observations?limit=100") == few

"""What is told of a dataset besides its values, wherever it is met."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.contrib.auth.models import AnonymousUser

from monitoring.datasets import documents, following
from monitoring.datasets.models import Break, Dataset
from portal import search_api
from tests.factories.datasets import released_dataset
from tests.factories.places import AreaFactory

pytestmark = pytest.mark.django_db
API = "/api/v1/datasets/told"
PXWEB = "/pxweb/api/v2/tables/told"


@pytest.fixture
def dataset():
    words = {
        f"{name}_{language}": f"{name} in {language}"
        for name in ("coverage", "method", "limits", "name")
        for language in ("fi", "sv", "en")
    }
    dataset = released_dataset(
        [AreaFactory(code="01")],
        slug="told",
        domain="education",
        track="service",
        clients="outside",
        direction="down",
        source_type="system",
        **words,
    )
    Break.objects.create(
        dataset=dataset, time=2027, text_fi="Muuttuu", text_sv="Ändras", text_en="It changes"
    )
    return dataset


def test_the_api_tells_it_in_three_languages(client, dataset):
    body = client.get(API).json()["item"]

    assert body["limits"] == {"fi": "limits in fi", "sv": "limits in sv", "en": "limits in en"}
    assert (body["domain"], body["track"], body["clients"]) == ("education", "service", "outside")
    assert (body["direction"], body["source_type"], body["aggregation"]) == ("down", "system", "")
    assert body["breaks"] == [
        {"period": "2027", "texts": {"fi": "Muuttuu", "sv": "Ändras", "en": "It changes"}}
    ]


def test_a_break_may_lie_ahead_and_is_told_to_programs_then(client, dataset):
    [announced] = dataset.breaks.all()

    assert announced.lies_ahead(date(2026, 12, 31)) and not announced.lies_ahead(date(2027, 1, 1))
    assert "2027: It changes" in client.get(f"{PXWEB}/metadata?lang=en").json()["note"]


def test_its_page_tells_it_in_the_readers_language(client, dataset):
    page = client.get("/sv/datamangder/told/", follow=True).content.decode()

    for words in ("coverage in sv", "method in sv", "limits in sv", "Ändras"):
        assert words in page


def test_a_dataset_is_found_in_each_language_when_it_is_released(dataset):
    released_dataset([AreaFactory(code="02")], slug="hidden")
    Dataset.objects.filter(slug="hidden").update(released_at=None)
    entries = list(documents.datasets(search_api.open_to_all(Dataset)))

    assert {(entry.language, entry.title) for entry in entries} == {
        (language, f"name in {language}") for language in ("fi", "sv", "en")
    }
    assert all("SEX" in entry.body and "limits" in entry.body for entry in entries)
    assert documents.examples([entries[0].key]) == {str(dataset.pk)}


def test_a_dataset_can_be_followed_and_one_that_is_not_released_cannot(client, dataset):
    found = following.find_datasets(["told", "nothing"], AnonymousUser(), "sv")

    assert {slug: target.title for slug, target in found.items()} == {"told": "name in sv"}
    assert "what=dataset:told" in client.get("/en/datasets/told/").content.decode()
    Dataset.objects.update(released_at=None)
    assert following.find_datasets(["told"], AnonymousUser(), "sv") == {}


@pytest.mark.parametrize(
    "address",
    [
        "/en/datasets/told/",
        "/en/datasets/told.csv",
        f"{API}?language=en",
        f"{API}/observations?language=en",
        f"{API}/observations?language=en&format=csv",
        f"{API}/releases?language=en",
        f"{PXWEB}?lang=en",
        f"{PXWEB}/metadata?lang=en",
        f"{PXWEB}/data?lang=en",
        f"{PXWEB}/data?lang=en&outputFormat=csv",
        f"{PXWEB}/data?lang=en&outputFormat=xlsx",
        "/catalog.ttl",
    ],
)
def test_each_place_says_of_invented_figures_and_of_them_alone(client, dataset, address):
    assert says_example(client.get(address))

    Dataset.objects.update(example=False)

    assert not says_example(client.get(address))


def says_example(answer) -> bool:
    """Whether an answer calls the figures an example; Area names and hosts do not count."""
    content = answer.getvalue()
    if answer["Content-Type"].startswith("application/vnd"):
        sheets = openpyxl.load_workbook(BytesIO(content)).worksheets
        text = str([list(sheet.iter_rows(values_only=True)) for sheet in sheets])
    else:
        text = content.decode()
    text = text.replace("Example area", "").replace("portal.example.org", "")
    return "Example" in text or '"example": true' in text

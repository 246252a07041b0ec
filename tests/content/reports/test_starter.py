"""The example report: in three languages, once, and only on the example datasets."""

import pytest

from content.reports import starter
from content.reports.blocks import Part
from content.reports.models import AnnualReportPage, ReportFigure
from monitoring.datasets import example
from monitoring.datasets.models import Dataset
from portal.topics import starter as topics_starter

pytestmark = pytest.mark.django_db


@pytest.fixture
def datasets(dataset, monkeypatch):
    """One small dataset in the place of all that the report names."""
    named = {entry.get("dataset") for one in starter.words() for entry in one.text["body"]}
    monkeypatch.setattr(
        starter,
        "words",
        lambda words=starter.words: [
            one.__class__(one.key, one.kind, one.language, one.about, _small(one.text))
            for one in words()
        ],
    )
    assert len(named - {None}) > 20
    return dataset


def _small(text: dict) -> dict:
    body = [
        {"type": "figure", "dataset": example.SLUG} if entry["type"] == "figure" else entry
        for entry in text["body"]
    ]
    return {**text, "body": body}


@pytest.fixture
def topics(db):
    topics_starter.load()


def test_it_waits_for_its_datasets(topics, three_areas):
    starter.load()

    assert not AnnualReportPage.objects.exists()


def test_it_is_published_in_three_languages_with_every_chapter_and_frozen(client, topics, datasets):
    starter.load()
    starter.load()

    pages = AnnualReportPage.objects.live()
    assert sorted(page.language for page in pages) == ["en", "fi", "sv"]
    assert len({page.translation_key for page in pages}) == 1
    for page in pages:
        assert page.example
        assert set(page.parts) == set(Part)
        assert client.get(page.url_path).status_code == 200
    assert ReportFigure.objects.filter(key__startswith="annex:").exists()
    assert not Dataset.objects.filter(example=False).exists()

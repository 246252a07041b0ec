"""The example datasets: the whole set of indicators, invented, the same each time, and marked."""

import time
from io import StringIO

import pytest
from django.core.management import call_command

from monitoring.datasets import bulk, example_data
from monitoring.datasets.cubes import Cube
from monitoring.datasets.models import Dataset, Observation, Release, SourceValue
from portal.places import starter as places
from portal.places.models import Area
from tests.factories.places import AreaFactory, BelongingFactory
from tests.proofs import PROVING

pytestmark = pytest.mark.django_db
MOST_OF_THE_DEMO = 150_000
SECONDS = 5  # of work: the clock also counts what else the machine does
MUST = {
    "example-b11-by-skill": ("service", "jobseekers"),
    "example-literacy-places": ("service", "outside"),
    "example-literacy-waiting": ("service", "outside"),
    "example-plan-in-time": ("service", "jobseekers"),
    "example-koto-aj-coverage": ("service", "outside"),
    "example-path-jobseekers": ("service", "jobseekers"),
    "example-path-outside": ("service", "outside"),
}


@pytest.fixture
def few_places():
    """The country, a region and two employment areas, of three municipalities."""
    country = AreaFactory(kind=Area.Kind.COUNTRY, code="FI")
    region = AreaFactory(kind=Area.Kind.REGION, code="01")
    first, second = AreaFactory(code="01"), AreaFactory(code="02")
    for code, whole, people in (
        ("001", first, 60_000),
        ("002", first, 9_000),
        ("003", second, 20_000),
    ):
        part = AreaFactory(kind=Area.Kind.MUNICIPALITY, code=code, population=people)
        for larger in (whole, region, country):
            BelongingFactory(part=part, whole=larger)


@pytest.fixture
def few_specs(monkeypatch):
    """One dataset of each kind: a count, a share, a survey and a path."""
    every = example_data.specs
    kinds = {
        *("example-first-plans", "example-plan-in-time"),
        *("example-belonging", "example-path-outside"),
    }
    monkeypatch.setattr(
        example_data, "specs", lambda full: [one for one in every(full) if one.slug in kinds]
    )


def shown():
    rows = Observation.objects.order_by("dataset__slug", "time", "area__key", "cell")
    return list(rows.values_list("dataset__slug", "time", "area__key", "cell", "value", "status"))


def test_the_whole_set_is_there_for_each_year_and_marked_as_an_example(few_places):
    example_data.make()
    datasets = {one.slug: one for one in Dataset.objects.all()}

    assert {slug: (datasets[slug].track, datasets[slug].clients) for slug in MUST} == MUST
    assert all(one.example and one.released_at for one in datasets.values())
    assert {one.domain for one in datasets.values()} == {
        *("employment", "education", "health", "housing", "participation", "two-way")
    }
    yearly = datasets["example-plan-in-time"]
    assert yearly.times == list(range(2015, 2026))
    assert [str(one.period) for one in datasets["example-koto-aj-coverage"].breaks.all()] == [
        "2027Q1"
    ]
    assert [str(one.period) for one in yearly.breaks.all()] == ["2025"]


def test_counts_add_up_over_areas_and_groups_and_intervals_of_paths(few_places):
    example_data.make()
    for dataset in Dataset.objects.exclude(slug="example-clients"):
        relations = list(Cube.of(dataset).relations())
        for number in dataset.times[:2]:
            rows = Observation.objects.filter(dataset=dataset, time=number)
            values = {
                (area, cell): v for area, cell, v in rows.values_list("area", "cell", "value")
            }
            for total, parts in relations:
                found = [values[part] for part in parts]
                if None not in found:
                    assert values[total] == sum(found), dataset.slug


def test_what_is_published_is_what_was_received(few_places, few_specs):
    example_data.make()

    assert Observation.objects.count() == SourceValue.objects.filter(held=True).count() > 0
    columns = ("dataset", "time", "area", "cell", "value", "status")
    assert set(Observation.objects.values_list(*columns)) == set(
        SourceValue.objects.values_list(*columns)
    )


def test_the_same_seed_makes_the_same_figures_and_another_one_others(few_places, few_specs):
    example_data.make(seed=1)
    first = shown()
    slugs = list(Dataset.objects.values_list("slug", flat=True))
    example_data.forget(slugs)
    assert not Dataset.objects.exists() and not Release.objects.exists()
    example_data.make(seed=1)
    assert shown() == first
    example_data.forget(slugs)
    example_data.make(seed=2)
    assert shown() != first


def test_what_is_released_stays_and_in_full_it_is_made_anew(few_places, few_specs):
    example_data.make()
    releases = set(Release.objects.values_list("pk", flat=True))
    assert example_data.make() == 0
    assert set(Release.objects.values_list("pk", flat=True)) == releases

    call_command("make_example_data", "--full", stdout=StringIO())
    assert not releases & set(Release.objects.values_list("pk", flat=True))
    municipalities = Observation.objects.filter(area__kind=Area.Kind.MUNICIPALITY)
    assert municipalities.exists()


def test_a_survey_tells_nothing_of_a_small_area_and_says_why(few_places, few_specs):
    example_data.make()
    rows = Observation.objects.filter(dataset__slug="example-belonging")

    assert set(rows.filter(area__key="TA02").values_list("value", "status")) == {
        (None, "unreliable")
    }
    assert not rows.filter(area__key="FI", value=None).exists()


def test_a_dataset_that_hides_small_counts_is_not_loaded_around_its_rules(few_places):
    dataset = Dataset(slug="protected", smallest_shown=5)

    with pytest.raises(bulk.Protected):
        bulk.release(dataset, [], "x.csv", "")


@pytest.mark.proof
def test_the_demos_share_is_small_and_loads_in_seconds(request, few_places, record_property):
    if PROVING:
        Area.objects.all().delete()
        places.load()
    started, worked = time.monotonic(), time.process_time()
    number = example_data.make()
    wall, seconds = time.monotonic() - started, time.process_time() - worked

    record_property("values", f"{number} in {seconds:.1f} s of work, {wall:.1f} s by the clock")
    assert 0 < number <= MOST_OF_THE_DEMO
    if PROVING:
        assert seconds <= SECONDS

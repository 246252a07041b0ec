"""A dataset on the map of areas: the classes of its values, and what is not shown of it."""

import pytest
from django.utils.translation import override

from monitoring.datasets import on_map
from monitoring.datasets.models import Dataset
from portal.places.models import Area

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def by_key(coloured):
    keys = dict(Area.objects.values_list("pk", "key"))
    return {keys[pk]: shade for pk, shade in coloured.areas.items()}


def test_a_dataset_that_is_not_released_is_no_choice(dataset):
    assert on_map.choices() == []
    assert on_map.coloured(dataset.slug) is None


def test_a_released_dataset_colours_the_areas_by_class(released):
    Dataset.objects.update(domain="education", track="service")

    [choice] = on_map.choices()
    assert (choice.key, choice.group) == (
        released.dataset.slug,
        "Education and skills – Integration services",
    )
    coloured = on_map.coloured(released.dataset.slug)
    shades = by_key(coloured)
    assert set(shades) == {"TA01", "TA02", "TA03"}
    assert {row.level for row in coloured.legend} >= {shade.level for shade in shades.values()}
    assert shades["TA02"].said == "1,000\u00a0persons"
    assert coloured.example and coloured.period == "2024"


def test_a_value_that_is_not_there_has_no_class_and_says_why(released):
    rows = released.dataset.observations.current().filter(area__key="TA02")
    rows.update(value=None, status="suppressed")

    coloured = on_map.coloured(released.dataset.slug)

    assert by_key(coloured)["TA02"] == on_map.Shade(0, "Suppressed: too few people")
    assert coloured.missing


def test_a_map_costs_a_fixed_number_of_queries(released, django_assert_num_queries):
    with django_assert_num_queries(8):  # dataset, structure (4), outlines, values and moments
        on_map.coloured(released.dataset.slug)

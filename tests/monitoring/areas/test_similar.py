"""Similar areas: the nearest of a kind, in the order of their names and never by value."""

import pytest
from django.utils.translation import override

from monitoring.areas import similar
from portal.places.models import Area, Belonging
from tests.factories.datasets import released_dataset
from tests.factories.monitoring import AreaFactory


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def town(code, name, population, status="fi", kind="urban"):
    return AreaFactory(
        kind=Area.Kind.MUNICIPALITY,
        code=code,
        name_fi=name,
        name_sv=name,
        name_en=name,
        population=population,
        language_status=status,
        settlement_type=kind,
    )


@pytest.fixture
def towns(db):
    return [
        town("001", "Zeta", 50_000),
        town("002", "Beta", 52_000),
        town("003", "Alfa", 45_000),
        town("004", "Delta", 60_000),
        town("005", "Gamma", 40_000),
        town("006", "Eta", 70_000),
        town("007", "Village", 900, kind="rural"),
        town("008", "Swedish", 50_000, status="sv"),
    ]


def test_the_five_most_alike_stand_in_the_order_of_their_names(towns):
    assert [one.name for one in similar.similar_areas(towns[0])] == [
        "Alfa",
        "Beta",
        "Delta",
        "Eta",
        "Gamma",
    ]


def test_by_what_areas_are_likened_is_shown(towns):
    said = {str(one.name): one.value for one in similar.criteria(towns[0])}

    assert said["Population"] == "50,000"
    assert said["Share living in urban municipalities"] == "100%"
    assert "Number of municipalities" not in said


def test_an_employment_area_is_likened_by_its_municipalities(towns):
    areas = [
        AreaFactory(kind=Area.Kind.EMPLOYMENT_AREA, code=f"{number:02}", name_en=f"Area {number}")
        for number in range(1, 4)
    ]
    for whole, parts in zip(areas, (towns[:1], towns[1:2], towns[2:7]), strict=True):
        for part in parts:
            Belonging.objects.create(part=part, whole=whole)

    said = {str(one.name): one.value for one in similar.criteria(areas[2])}
    assert said["Number of municipalities"] == "5"
    assert len(similar.similar_areas(areas[0])) == 2


def test_share_and_growth_are_offered_only_where_there_are_figures(eight_areas):
    assert [one.key for one in similar.presets()] == ["structure"]
    released_dataset(eight_areas, slug=similar.GROWTH_DATASET, years=(2019, 2024))

    [_structure, growth] = similar.presets()
    assert growth.example
    assert [one.name for one in similar.similar_areas(eight_areas[1], "growth")] == [
        f"Area {number}" for number in range(2, 7)
    ]
    said = {str(one.name): one.value for one in similar.criteria(eight_areas[1], "growth")}
    assert said["Change of them in five years"] == "0%"


def test_the_country_is_like_nothing_and_an_unknown_preset_is_an_error(eight_areas):
    assert similar.similar_areas(eight_areas[0]) == []
    assert similar.criteria(eight_areas[0]) == []
    with pytest.raises(LookupError):
        similar.similar_areas(eight_areas[1], "rank")

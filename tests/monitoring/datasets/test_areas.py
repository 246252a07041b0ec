"""Areas as they were when a value was published, and as they are today."""

from datetime import date
from decimal import Decimal

import pytest

from monitoring.datasets.areas import NotAdditive, members, of_today, years_of
from monitoring.datasets.cubes import Cube
from monitoring.datasets.models import Observation
from monitoring.datasets.observations import published
from portal.places.models import Area
from tests.factories.datasets import changed, released_dataset
from tests.factories.places import AreaFactory, BelongingFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
TODAY = date(2024, 7, 1)
LAST_OF_2023 = date(2023, 12, 31)


@pytest.fixture
def areas():
    """Until 2023 Area 01 had two municipalities and Area 02 one; one has moved since."""
    stays, moves, other = (
        AreaFactory(kind=Area.Kind.MUNICIPALITY, code=code) for code in ("001", "002", "003")
    )
    first, second = AreaFactory(code="01"), AreaFactory(code="02")
    BelongingFactory(part=stays, whole=first)
    BelongingFactory(part=moves, whole=first, valid_to=LAST_OF_2023)
    BelongingFactory(part=moves, whole=second, valid_from=date(2024, 1, 1))
    BelongingFactory(part=other, whole=second)
    return [first, second, stays, moves, other]


@pytest.fixture
def dataset(areas):
    """Municipalities have 1, 2 and 4; the areas what they had then."""
    dataset = released_dataset(areas, aggregation="sum", slug="additive")
    for area, values in zip(areas, ((3, 1), (4, 6), (1, 1), (2, 2), (4, 4)), strict=True):
        for year, value in zip((2023, 2024), values, strict=True):
            rows = Observation.objects.filter(dataset=dataset, area=area, time=year)
            rows.update(value=value)
    return dataset


def numbers(table):
    return [
        (area.code, table.cube.period(time).start.year, cell.value)
        for area, _others, time, cell in table.rows()
    ]


def asked(dataset):
    return published(Cube.of(dataset), {"REF_AREA": ["TA01", "TA02"], "SEX": ["_T"]})


def test_the_past_of_todays_areas_is_reckoned_from_their_municipalities(dataset):
    table = asked(dataset)

    assert numbers(table) == [
        *(("TA01", 2023, 3), ("TA01", 2024, 1)),
        *(("TA02", 2023, 4), ("TA02", 2024, 6)),
    ]
    assert numbers(of_today(table, TODAY)) == [
        *(("TA01", 2023, 1), ("TA01", 2024, 1)),
        *(("TA02", 2023, 6), ("TA02", 2024, 6)),
    ]


def test_membership_is_known_by_year(dataset, areas):
    assert years_of(Cube.of(dataset), areas[0], [2023, 2024]) == {
        2023: {"KU001", "KU002"},
        2024: {"KU001"},
    }


def test_a_sum_of_which_a_part_is_hidden_is_not_there_either(dataset, areas):
    rows = Observation.objects.filter(dataset=dataset, area=areas[3], time=2023)
    rows.update(value=None, status="suppressed")
    cells = {(a.code, t): cell for a, _o, t, cell in of_today(asked(dataset), TODAY).rows()}

    assert (cells["TA02", 2023].value, cells["TA02", 2023].status) == (None, "suppressed")
    assert cells["TA01", 2023].value == Decimal(1)


def test_a_sum_of_which_a_part_was_corrected_is_revised(dataset, areas):
    changed(dataset, 7, area=areas[3], time=2023)
    cells = {(a.code, t): cell for a, _o, t, cell in of_today(asked(dataset), TODAY).rows()}

    assert (cells["TA02", 2023].value, cells["TA02", 2023].revised) == (11, True)
    assert not cells["TA01", 2023].revised


def test_an_area_of_which_the_dataset_lacks_a_part_stays_as_published(dataset, areas):
    BelongingFactory(whole=areas[0], part__code="009")

    assert members(Cube.of(dataset), TODAY).keys() == {areas[1].pk}
    assert numbers(of_today(asked(dataset), TODAY))[:2] == [("TA01", 2023, 3), ("TA01", 2024, 1)]


def test_what_is_no_sum_is_never_put_together(dataset, client):
    dataset.aggregation = ""
    dataset.save()

    with pytest.raises(NotAdditive):
        of_today(asked(dataset), TODAY)
    answer = client.get("/api/v1/datasets/additive/observations?areas=today")
    assert answer.status_code == 400


def test_the_api_gives_todays_areas_for_the_asking(dataset, client, time_machine):
    time_machine.move_to("2024-07-01T12:00:00+00:00", tick=False)
    chosen = {"REF_AREA": "TA02", "SEX": "_T", "TIME_PERIOD": "2023"}
    address = "/api/v1/datasets/additive/observations"

    [then] = client.get(address, chosen).json()["items"]
    [now] = client.get(address, chosen | {"areas": "today"}).json()["items"]

    assert (then["value"], now["value"]) == (4, 6)


def test_more_areas_cost_no_more_queries(dataset):
    table = asked(dataset)
    one = published(table.cube, {"REF_AREA": ["TA01"], "SEX": ["_T"]})

    assert queries_of(lambda: of_today(one, TODAY)) == queries_of(lambda: of_today(table, TODAY))

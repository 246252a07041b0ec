"""What is published of a dataset, as everything that shows it reads it."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from monitoring import datasets
from monitoring.datasets.cubes import Cube
from monitoring.datasets.observations import NOTHING, UnknownCode, published
from tests.factories.datasets import released_dataset
from tests.monitoring.datasets.making import correct
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
WRITERS = {
    *("models", "observations.py", "services.py"),
    *("suppression.py", "revisions.py", "uses.py", "following.py"),
    *("bulk.py", "example_data.py"),
}
READS = re.compile(r"\bObservation\b|datasets_observation")
BIG = {"REF_AREA": ["TA03"], "SEX": ["M"], "AGE": ["Y55T64"], "TIME_PERIOD": ["2024"]}
SMALL = {"REF_AREA": ["TA01"], "SEX": ["F"], "AGE": ["Y15T24"], "TIME_PERIOD": ["2024"]}


def only(table):
    [(_area, _others, _time, cell)] = table.rows()
    return cell


def test_a_cell_has_its_value_or_why_not_and_since_when(released):
    cube = Cube.of(released.dataset)
    shown, hidden = only(published(cube, BIG)), only(published(cube, SMALL))

    assert (shown.value, shown.status, shown.revised) == (Decimal(100), "", False)
    assert (shown.released, shown.since, shown.release) == (released.released_at, None, released.pk)
    assert (hidden.value, hidden.status) == (None, "suppressed")


def test_cells_come_in_the_order_that_is_asked_for_and_all_without_a_wish(dataset, released):
    cube = Cube.of(released.dataset)
    some = published(cube, {"REF_AREA": ["TA03", "FI"], "SEX": ["M"], "AGE": ["_T"]})

    assert [area.code for area, *_rest in some.rows()] == ["TA03", "FI"]
    assert published(cube).size == [4, 3, 6, 1]


def test_what_an_earlier_release_showed_stays_known(released, figures):
    later = correct(released, figures, TA03_M_Y55T64=130)
    cube = Cube.of(released.dataset)

    now, then = only(published(cube, BIG)), only(published(cube, BIG, release=released))

    assert (now.value, now.revised, now.release) == (130, True, later.pk)
    assert (then.value, then.revised) == (100, False)
    assert then.since == later.released_at
    assert only(published(cube, BIG, release=later)) == now


def test_what_there_is_not_is_told_by_name(released):
    cube = Cube.of(released.dataset)
    for selection in ({"SEX": ["X"]}, {"TIME_PERIOD": ["1999"]}, {"NOTHING": ["F"]}):
        with pytest.raises(UnknownCode):
            published(cube, selection)


def test_a_crossing_that_nothing_ever_came_to_was_not_collected(released):
    cube = Cube.of(released.dataset)
    table = published(cube)

    assert table.cell(cube.areas.codes[0], [axis.codes[0] for axis in cube.others], 1) == NOTHING


def test_more_cells_cost_no_more_queries(released):
    cube = Cube.of(released.dataset)
    few = queries_of(lambda: list(published(cube, BIG).rows()))

    assert queries_of(lambda: list(published(cube).rows())) == few


def test_a_table_reads_only_the_rows_that_it_shows(three_areas):
    """However many periods and areas there are: a page costs the same at a million values."""
    few = released_dataset(three_areas, years=(2023, 2024))
    many = released_dataset(three_areas, years=range(1950, 2025))
    chosen = {"REF_AREA": ["TA01"], "TIME_PERIOD": ["2024"]}

    read = [len(published(Cube.of(dataset), chosen).found) for dataset in (few, many)]

    assert read == [3, 3]


def test_nothing_reads_published_values_around_it():
    """Pages, files and answers would each need disclosure control's care: one door has it."""
    folder = Path(datasets.__file__).parent
    around = [
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        if "migrations" not in path.parts
        and path.relative_to(folder).parts[0] not in WRITERS
        and READS.search(path.read_text())
    ]

    assert around == []

"""Service paths: shares of a cohort at each step, what is not yet complete, time to the middle."""

from datetime import date
from decimal import Decimal

import pytest

from monitoring.charts import drawing
from monitoring.charts.figures import Kind
from monitoring.datasets import bulk, example_data, figures, paths
from monitoring.datasets.cubes import Cube
from monitoring.datasets.paths import has_passed, is_path, path
from monitoring.indicators.periods import parse
from portal.languages import in_language
from tests.factories.datasets import released_dataset
from tests.factories.monitoring import AreaFactory

pytestmark = pytest.mark.django_db
SPEC = next(one for one in example_data.specs(full=False) if one.slug == "example-path-outside")
QUARTER = "2024Q4"
REACHED = {"REG": (200, 0, 0, 0), "PLAN": (60, 60, 20, 10)}


@pytest.fixture
def area(db):
    return AreaFactory()


@pytest.fixture
def cube(area):
    """One cohort of 200, of which two steps are known; the last two intervals have not passed."""
    dataset = example_data.make_structure(SPEC, fixed_places(area))
    cube = Cube.of(dataset)
    steps, since = ({code.code: code.position for code in axis.codes} for axis in cube.others)
    time = parse(QUARTER, "quarter").position
    rows = []
    for step, counts in REACHED.items():
        numbers = [("_T", 200), *zip(paths.MONTHS, counts, strict=True)]
        for name, count in numbers:
            passed = name not in ("M24", "NOT")
            status = "" if passed else "not-yet-published"
            cell = cube.cell([steps[step], since[name]])
            rows.append(bulk.Value(time, area.pk, cell, count if passed else None, status))
    bulk.release(dataset, rows, "path.csv", "")
    return cube


def fixed_places(area):
    places = example_data.Places(full=False)
    places.all = [example_data.Place(area, 1000, ())]
    return places


def of(steps, code):
    return next(step for step in steps if step.code.code == code)


def test_what_was_reached_by_a_month_is_the_sum_of_the_intervals(cube):
    plan = of(path(cube, "FI", QUARTER, {}), "PLAN")

    assert plan.cohort == 200
    assert [(one.months, one.count, one.share) for one in plan.reached[:3]] == [
        (3, 60, 30),
        (6, 120, 60),
        (12, 140, 70),
    ]


def test_an_interval_that_has_not_passed_says_so_and_so_does_all_after_it(cube):
    with in_language("en"):
        plan = of(path(cube, "FI", QUARTER, {}), "PLAN")

    assert (plan.reached[3].count, plan.reached[3].reason) == (None, "Not yet published")


def test_the_middle_is_reached_between_the_months_that_are_known(cube):
    steps = path(cube, "FI", QUARTER, {})

    assert of(steps, "PLAN").middle == Decimal(5)  # 30 % at three months, 60 % at six
    assert of(steps, "WORK").middle is None  # nothing of it has come


def test_an_interval_passes_for_all_who_started_in_the_quarter():
    cohort = parse("2024Q4", "quarter")

    assert has_passed(cohort, "M12", date(2026, 1, 1))
    assert not has_passed(cohort, "M12", date(2025, 12, 31))
    assert not has_passed(cohort, "NOT", date(2026, 12, 31))
    assert has_passed(cohort, "NOT", date(2027, 1, 1))


def test_the_steps_are_linked_for_disclosure_control(cube):
    """Each step is parted by when it was reached: a sum of the cohort, as any sum of a table."""
    totals = [cube.words(relation.total)[1:] for relation in cube.relations()]

    assert ["PLAN", "_T"] in totals
    assert all(len(relation.parts) == 5 for relation in cube.relations())


def test_what_is_no_path_is_told(area):
    cube = Cube.of(released_dataset([area]))

    assert not is_path(cube)
    with pytest.raises(ValueError, match="STEP"):
        path(cube, "FI", "2024", {})


def test_a_path_is_drawn_step_by_step_with_the_time_to_its_middle(cube):
    with in_language("en"):
        shown = figures.figure(figures.Asked.read(cube, {"TIME_PERIOD": QUARTER}))
        drawn = drawing.file(shown)

    cells = {slot.name: shown.main[0].cells[at] for at, slot in enumerate(shown.slots)}
    assert shown.kind is Kind.PATH
    assert (cells["Plan made"].value, cells["Plan made"].months) == (70, 5)
    assert cells["Assessed"].value is None and cells["Assessed"].reason
    assert "70.0%, half within 5 months" in drawn
    assert figures.kinds_of(cube) == [Kind.PATH]

"""What was frozen stays as it was, and says what has become of it."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone, translation

from monitoring.datasets import example, frozen, services
from monitoring.datasets.cubes import Cube
from monitoring.datasets.models import Dataset
from monitoring.datasets.uses import Use, touched
from tests.monitoring.datasets.making import approved, correct

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def cube(released) -> Cube:
    return Cube.of(Dataset.objects.get(pk=released.dataset_id))


def key(cube: Cube, area: str, sex: str = "_T", age: str = "_T") -> frozen.CellKey:
    axes = dict(zip(("SEX", "AGE"), cube.others, strict=True))
    places = [axes["SEX"].by_code[sex].position, axes["AGE"].by_code[age].position]
    return cube.dataset.times[-1], cube.area_of_code[area], cube.cell(places)


def test_a_frozen_value_stays_and_says_what_it_is_now(cube, released, figures):
    one, other = key(cube, "TA03", "M", "Y55T64"), key(cube, "TA02")
    figure = frozen.freeze(cube.dataset, [one, other])
    assert not frozen.revised(figure)

    correct(released, figures, TA03_M_Y55T64=130)
    found = frozen.shown(figure)

    assert (found[one].value, found[one].now) == (Decimal(100), Decimal(130))
    assert found[one].words.startswith("revised since ")
    assert found[one].words.endswith(": now 130")
    assert (found[other].value, found[other].words) == (Decimal(1000), "")
    assert [(each.old, each.new) for each in frozen.revised(figure)] == [(100, 130)]
    assert figure.release == released


def test_a_reason_for_no_value_is_frozen_too(cube):
    small = key(cube, "TA01", "F", "Y15T24")

    figure = frozen.freeze(cube.dataset, [small])

    cell = frozen.shown(figure)[small]
    assert cell.value is None
    assert cell.status == "suppressed"


def test_what_was_withdrawn_is_told_without_a_number_even_if_another_came(cube, released, figures):
    wrong = key(cube, "TA03", "M", "Y55T64")
    figure = frozen.freeze(cube.dataset, [wrong])

    second = correct(released, figures, TA03_M_Y55T64=3)
    gone = frozen.shown(figure)[wrong]
    assert gone.value is None
    assert gone.now is None
    assert "withdrawn" in gone.words

    correct(second, figures, TA03_M_Y55T64=90)
    assert frozen.shown(figure)[wrong].value is None


def test_freezing_at_a_moment_keeps_what_was_public_then(cube, released, figures):
    wrong = key(cube, "TA03", "M", "Y55T64")
    before = released.released_at
    figures["TA03", 2024, "M", "Y55T64"] = 130
    content = BytesIO(example.as_csv(figures))
    later = approved(services.bring(cube.dataset, content, "later.csv"))
    services.publish(later, now=before + timedelta(days=3))

    then = frozen.freeze(cube.dataset, [wrong], moment=before + timedelta(days=1))
    now = frozen.freeze(cube.dataset, [wrong], moment=before + timedelta(days=4))

    assert frozen.shown(then)[wrong][0] == Decimal(100)
    assert frozen.shown(then)[wrong].now == Decimal(130)
    assert frozen.shown(now)[wrong][:3] == (Decimal(130), "", False)


def test_nothing_is_frozen_of_what_was_not_released(cube, released):
    with pytest.raises(frozen.NothingReleased):
        frozen.freeze(cube.dataset, [], moment=released.released_at - timedelta(days=1))


def test_a_release_in_the_middle_of_freezing_leaves_no_gap(cube, released, figures, monkeypatch):
    """The release is what was read, not the clock: a correction of that very second is one."""
    wrong = key(cube, "TA03", "M", "Y55T64")
    figure = frozen.freeze(cube.dataset, [wrong])
    correct(released, figures, TA03_M_Y55T64=130)
    type(figure).objects.update(frozen_at=timezone.now() + timedelta(days=1))
    figure.refresh_from_db()

    assert [each.new for each in frozen.revised(figure)] == [130]


def test_a_frozen_definition_does_not_follow_the_dataset(cube):
    figure = frozen.freeze(cube.dataset, [key(cube, "TA02")])
    Dataset.objects.update(name_en="Renamed", unit_en="households")

    kept = frozen.cube_of(figure).dataset

    assert kept.name_en == "Clients of integration services by employment area, sex and age"
    assert kept.unit_en == "persons"


def test_a_correction_lists_the_places_of_what_it_touches(cube, released, figures):
    mine = frozen.freeze(cube.dataset, [key(cube, "TA03")])
    frozen.freeze(cube.dataset, [key(cube, "TA02")])
    second = correct(released, figures, TA03_M_Y55T64=130)
    uses = frozen.frozen_uses("Sheets", lambda keys: [Use(str(pk), "/") for pk in keys])

    assert [use.title for use in uses.of(touched(second))] == [str(mine.pk)]

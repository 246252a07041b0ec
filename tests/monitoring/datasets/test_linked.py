"""Datasets that give one another away are protected together: shares, and tables of one crowd."""

from io import BytesIO, StringIO

import pytest

from monitoring.datasets import example, paths, services
from monitoring.datasets.cubes import Cube
from monitoring.datasets.linking import Group, Place
from monitoring.datasets.models import AREA, TIME, VALUE, Breakdown, Dataset, Observation
from portal.sheets import Writer
from tests.monitoring.datasets.making import approved, correct

pytestmark = pytest.mark.django_db
SMALL = ("TA01", "F")


@pytest.fixture
def counts(dataset, figures) -> Dataset:
    """Women of the first area are two in all, in one age group."""
    dataset.slug = "counts"
    dataset.save()
    for age, *_names in example.AXES[1][2][1:]:
        figures["TA01", 2024, "F", age] = 0
    figures["TA01", 2024, "F", "Y15T24"] = 2
    return dataset


@pytest.fixture
def by_sex(three_areas, counts) -> Dataset:
    """Another dataset, by area and sex alone."""
    other = example.make_structure(three_areas[0], three_areas[1:])
    other.slug = "by-sex"
    other.save()
    other.dimensions.get(key="AGE").delete()
    return other


def release(dataset: Dataset, content: bytes):
    brought = approved(services.bring(dataset, BytesIO(content), "file.csv"))
    services.publish(brought)
    return brought


def sums(figures, divide=None) -> bytes:
    """The totals over age as a file by area and sex, or their shares of `divide`, in per cent."""
    target = StringIO()
    writer = Writer(target)
    writer.writerow([AREA, "SEX", TIME, VALUE])
    whole = {row[:4]: row[4] for row in example.rows(divide or {})}
    for area, sex, age, year, number in example.rows(figures):
        if age == example.TOTAL:
            share = 100 * number // whole[area, sex, age, year] if divide else number
            writer.writerow([area, sex, year, share])
    return target.getvalue().encode()


def public(dataset: Dataset) -> set[tuple[str, ...]]:
    cube = Cube.of(dataset)
    rows = Observation.objects.current().filter(dataset=dataset, value__isnull=False)
    return {
        tuple(cube.words(Place(dataset.pk, *key))) for key in rows.values_list("area_id", "cell")
    }


def hidden_sums(dataset: Dataset) -> set[tuple[str, str]]:
    """The areas and sexes whose total over age the public does not get."""
    shown = {(area, sex) for area, sex, age in public(dataset) if age == example.TOTAL}
    areas = [code.code for code in Cube.of(dataset).areas.codes]
    return {(area, sex) for area in areas for sex in ("_T", "F", "M")} - shown


def test_what_two_tables_of_the_same_people_have_in_common_is_hidden_in_both(
    counts, by_sex, figures
):
    by_sex.same_people.add(counts)
    release(counts, example.as_csv(figures))
    assert SMALL in hidden_sums(counts)

    release(by_sex, sums(figures))

    assert not hidden_sums(counts) & public(by_sex)
    assert public(by_sex)


def test_a_share_is_published_only_where_both_its_counts_may_be(
    three_areas, counts, by_sex, figures
):
    whole = example.make_structure(three_areas[0], three_areas[1:])
    by_sex.numerator, by_sex.denominator = counts, whole
    by_sex.smallest_shown = 0
    by_sex.save()
    persons = {key: number + 900 for key, number in figures.items()}
    release(counts, example.as_csv(figures))
    release(whole, example.as_csv(persons))

    shares = release(by_sex, sums(figures, persons))

    shown = public(by_sex)
    assert SMALL in hidden_sums(counts)
    assert shown
    assert not hidden_sums(counts) & shown
    assert shares.linked > 72 * 2


def test_a_share_without_its_counts_is_not_published(three_areas, counts, by_sex, figures):
    by_sex.numerator = by_sex.denominator = counts
    by_sex.save()

    release(by_sex, sums(figures, figures))

    assert not public(by_sex)


def test_what_a_share_leaves_out_is_asked_about_where_both_counts_are_out(
    three_areas, counts, by_sex, figures
):
    """Men of the second area: 500 of 502, which tells of two who are not in it."""
    whole = example.make_structure(three_areas[0], three_areas[1:])
    by_sex.numerator, by_sex.denominator = counts, whole
    by_sex.save()
    persons = {key: number + 900 for key, number in figures.items()}
    for age, *_names in example.AXES[1][2][1:]:
        persons["TA02", 2024, "M", age] = figures["TA02", 2024, "M", age]
    persons["TA02", 2024, "M", "Y15T24"] += 2
    release(whole, example.as_csv(persons))

    release(counts, example.as_csv(figures))

    assert ("TA02", "M", "Y15T24") not in public(counts)


def test_linked_datasets_are_found_from_either_and_through_others(three_areas, counts, by_sex):
    alone = example.make_structure(three_areas[0], three_areas[1:])
    by_sex.same_people.add(counts)

    assert Group(counts).datasets == Group(by_sex).datasets == [counts, by_sex]
    assert Group(alone).datasets == [alone]


def test_a_correction_of_one_keeps_the_other_protected(counts, by_sex, figures):
    by_sex.same_people.add(counts)
    first = release(counts, example.as_csv(figures))
    release(by_sex, sums(figures))

    correct(first, figures, TA03_M_Y55T64=130)

    # the other one still says 500 and 1500: those sums are wrong there, and its next file mends it
    assert not hidden_sums(counts) & public(by_sex)


@pytest.fixture
def path(dataset) -> Dataset:
    """A service path of three steps; the codes of age are its intervals."""
    step, since = (dataset.dimensions.get(key=key) for key in ("SEX", "AGE"))
    Breakdown.objects.filter(total__dimension=step).delete()
    step.codes.filter(code="_T").update(code="REG")
    for dimension, key in ((step, paths.STEP), (since, paths.SINCE)):
        dimension.key = key
        dimension.save()
    return dataset


def steps(small: int) -> bytes:
    """Of the first area `small` reached the second step early; cohorts are one number."""
    target = StringIO()
    writer = Writer(target)
    writer.writerow([AREA, paths.STEP, paths.SINCE, TIME, VALUE])
    intervals = [age for age, *_names in example.AXES[1][2][1:]]
    sums: dict[tuple[str, str, str], int] = {}
    for area in ("TA01", "TA02", "TA03"):
        for step in ("REG", "F", "M"):
            early = small if area == "TA01" else 60
            counts = [early, 100, 100, 100, 100] if step == "F" else [early + 40, 90, 90, 90, 90]
            for interval, count in zip(intervals, counts, strict=True):
                for place in (area, "FI"):
                    for key in (interval, paths.TOTAL):
                        sums[place, step, key] = sums.get((place, step, key), 0) + count
    for (area, step, interval), count in sums.items():
        writer.writerow([area, step, interval, 2024, count])
    return target.getvalue().encode()


def test_the_whole_cohort_is_hidden_at_every_step_or_at_none(path):
    """Else a step whose whole is shown gives away the small number of another."""
    release(path, steps(small=6))

    release(path, steps(small=3))

    shown = public(path)
    assert ("TA01", "F", "Y15T24") not in shown
    for area in ("TA01", "TA02", "TA03", "FI"):
        assert len({(area, step, paths.TOTAL) in shown for step in ("REG", "F", "M")}) == 1
    assert ("TA01", "F", paths.TOTAL) not in shown

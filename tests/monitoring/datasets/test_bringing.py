"""A file is taken whole or not at all, and each message names the cell and what was expected."""

import tracemalloc
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command

from monitoring.datasets import example, services
from monitoring.datasets.cubes import Cube
from monitoring.datasets.models import Observation, Release, SourceValue
from monitoring.datasets.reading import rows
from monitoring.indicators.files import Errors
from tests.monitoring.datasets.making import approved
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
HEADER = b"REF_AREA,SEX,AGE,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
GOOD = b"TA01,F,Y15T24,2024,12,\n"


def bring(dataset, content, **kwargs):
    return services.bring(dataset, BytesIO(content), "file.csv", **kwargs)


def whole(figures):
    return example.as_csv(figures)


def test_a_file_is_kept_beside_what_is_public(dataset, figures):
    release = bring(dataset, whole(figures))

    assert (release.state, release.rows, release.new) == (Release.State.CHECKED, 72, 72)
    assert SourceValue.objects.filter(release=release, held=False).count() == 72
    assert not Observation.objects.exists()


def test_all_errors_are_told_at_once(open_dataset):
    content = HEADER + b"TA99,X,Y,1,z,q\n" * 600

    with pytest.raises(services.Refused) as refused:
        bring(open_dataset, content)

    assert refused.value.errors.total == 600 * 6
    assert len(refused.value.errors.shown) == 500


def test_a_total_that_its_parts_do_not_make_is_refused(open_dataset, figures):
    content = whole(figures).replace(b"TA02,_T,_T,2024,1000", b"TA02,_T,_T,2024,1001")

    with pytest.raises(services.Refused) as refused:
        bring(open_dataset, content)

    told = {(error.column, error.value) for error in refused.value.errors.shown}
    assert told == {("OBS_VALUE", "1001"), ("OBS_VALUE", "3000")}
    assert any("1000" in error.expected for error in refused.value.errors.shown)


@pytest.mark.parametrize(
    "write",
    [
        lambda content: b"\xef\xbb\xbf" + content,
        lambda content: content.decode().encode("utf-16"),
        lambda content: content.replace(b",", b";"),
        lambda content: content.replace(b",", b"\t"),
        lambda content: content.replace(b"\r\n", b"\n"),
        lambda content: content.replace(b"REF_AREA", b"ref_area"),
        lambda content: content + b"\r\n,,,,\r\n\r\n",
    ],
)
def test_a_file_may_be_written_in_several_ways(open_dataset, figures, write):
    assert bring(open_dataset, write(whole(figures))).new == 72


def test_values_far_from_those_of_the_period_before_are_pointed_out(open_dataset, figures):
    figures |= {(area, 2025, *rest): number for (area, _year, *rest), number in figures.items()}
    figures["TA01", 2025, "F", "Y15T24"] = 1000

    release = bring(open_dataset, whole(figures))

    assert ("OBS_VALUE", "1000") in {(one["column"], one["value"]) for one in release.warnings}


def test_a_value_within_its_own_history_is_not_pointed_out(open_dataset, figures):
    for year, number in ((2023, 400), (2025, 380)):
        figures |= {(area, year, *rest): number for (area, _y, *rest) in list(figures)}

    release = bring(open_dataset, whole(figures))

    told = {one["row"]: one["words"] for one in release.warnings}
    assert told and not any("," in words for words in told.values())  # one period before 2024


def test_what_changes_is_shown_with_the_value_before(released, figures):
    figures["TA02", 2024, "M", "Y25T34"] = 150

    release = bring(released.dataset, whole(figures))

    assert (release.new, release.changed, release.unchanged) == (0, 8, 64)
    assert release.kind == Release.Kind.CORRECTED
    assert {"old": "100", "new": "150", "codes": "TA02 M Y25T34", "time": "2024"}.items() <= next(
        one for one in release.changes if one["codes"] == "TA02 M Y25T34"
    ).items()
    assert SourceValue.objects.filter(release=release).count() == 8


def test_the_same_file_again_changes_nothing(released, figures):
    with pytest.raises(services.NothingChanges):
        bring(released.dataset, whole(figures))

    assert Release.objects.count() == 1


def test_one_release_of_a_dataset_at_a_time(dataset, figures):
    first = bring(dataset, whole(figures))

    with pytest.raises(services.AnotherIsOpen) as other:
        bring(dataset, whole(figures))
    assert other.value.release == first

    services.drop(first, by=None)
    assert bring(dataset, whole(figures)).pk != first.pk
    assert not SourceValue.objects.filter(release=first).exists()


def test_provisional_values_make_a_provisional_release_and_then_no_correction(open_dataset):
    first = bring(open_dataset, HEADER + GOOD.replace(b"12,", b"12,provisional"))
    assert first.kind == Release.Kind.PROVISIONAL
    services.publish(approved(first))

    assert bring(open_dataset, HEADER + GOOD.replace(b"12", b"14")).kind == Release.Kind.PUBLISHED


def test_more_rows_cost_no_more_queries(open_dataset, figures):
    few = HEADER + GOOD
    many = whole(figures)

    def brought(content):
        services.drop(bring(open_dataset, content), by=None)

    brought(few)
    assert queries_of(lambda: brought(many)) <= queries_of(lambda: brought(few))


def test_memory_does_not_grow_with_the_file(open_dataset):
    cube = Cube.of(open_dataset)

    def peak(repeats):
        header = b"REF_AREA,SEX,AGE,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
        stream = BytesIO(header + GOOD * repeats)
        tracemalloc.start()
        for _row in rows(stream, cube, Errors()):
            pass
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(20_000) < peak(2_000) + 100_000


def test_the_command_brings_a_file_and_tells_what_is_wrong_with_one(
    open_dataset, figures, tmp_path
):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(whole(figures))
    bad.write_bytes(HEADER + GOOD.replace(b"TA01", b"TA99"))
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match="1 problems"):
        call_command("import_dataset", open_dataset.slug, bad, stdout=out, stderr=err)
    call_command("import_dataset", open_dataset.slug, good, stdout=out)

    assert "row 2\tREF_AREA\tTA99" in err.getvalue()
    assert "new 72, changed 0, unchanged 0" in out.getvalue()
    assert Release.objects.get().state == Release.State.CHECKED

"""A large file is checked, compared and released as a small one is, in memory that stays."""

import resource
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from monitoring.datasets import example, services
from monitoring.datasets.cubes import Cube
from monitoring.datasets.models import Observation, SourceValue
from monitoring.datasets.models.structure import Code
from monitoring.datasets.reading import rows
from monitoring.indicators.files import Errors
from portal.places.models import Area
from tests.factories.monitoring import AreaFactory
from tests.monitoring.datasets.making import approved
from tests.proofs import PROVING, size

CODES = 100
TIMES = 6  # how many times the bare load of the same rows checking and comparing may take
SECONDS = 5  # from sending 50,000 rows to the page that shows what they change
MEGABYTES = 250  # more than before, at any size: a few periods are in memory, never the file


@pytest.fixture
def wide_dataset(db):
    """45 areas by sex and 100 codes: 13,800 values a year."""
    country = AreaFactory()
    areas = [
        AreaFactory(kind=Area.Kind.EMPLOYMENT_AREA, code=f"{number:02}") for number in range(1, 46)
    ]
    dataset = example.make_structure(country, areas)
    dataset.smallest_shown = 0
    dataset.save()
    age = dataset.dimensions.get(key="AGE")
    Code.objects.bulk_create(
        Code(dimension=age, code=f"A{n}", position=n, name_fi=n, name_sv=n, name_en=n)
        for n in range(6, CODES)
    )
    return dataset


def write(path, dataset, number):
    """So many rows, without the codes that are sums of others."""
    cube = Cube.of(dataset)
    parts = [axis.codes[1:] for axis in cube.axes]
    with path.open("w") as file:
        file.write("REF_AREA,SEX,AGE,TIME_PERIOD,OBS_VALUE\n")
        places = ((a, s, g) for a in parts[0] for s in parts[1] for g in parts[2])
        combinations = [f"{a.code},{s.code},{g.code}" for a, s, g in places]
        for row in range(number):
            year, place = divmod(row, len(combinations))
            file.write(f"{combinations[place]},{1900 + year},{row % 997}\n")


def bare_load(path, dataset):
    """The time that writing the same rows takes, without looking at them."""
    release = services.Release.objects.create(dataset=dataset, file_name="bare", checksum="")
    with path.open("rb") as stream:
        found = list(rows(stream, Cube.of(dataset), Errors()))
    began = time.perf_counter()
    services._stage(release, found, Errors(), lambda done, total: None)
    took = time.perf_counter() - began
    release.delete()
    return took


def check(path, dataset):
    """Bring a file as the worker does: every cell judged, then all of it compared and kept."""
    began = time.perf_counter()
    with path.open("rb") as stream:
        services.judge(dataset, stream, heard=lambda number: None)
        stream.seek(0)
        release = services.bring(dataset, stream, path.name)
    return release, time.perf_counter() - began


@pytest.mark.proof
def test_a_large_file_is_brought_and_released_whole(wide_dataset, tmp_path, record_property):
    number = size(20_000, 1_000_000)
    path = tmp_path / "large.csv"
    write(path, wide_dataset, number)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    release, took = check(path, wide_dataset)

    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert (release.rows, release.new) == (number, number)
    began = time.perf_counter()
    services.publish(approved(release))
    record_property("seconds to check, compare and keep", f"{took:.1f}")
    record_property("seconds to release", f"{time.perf_counter() - began:.1f}")
    record_property("megabytes", f"{grown:.0f}")
    assert Observation.objects.current().filter(dataset=wide_dataset).count() == number
    assert SourceValue.objects.filter(dataset=wide_dataset, held=True).count() == number
    assert grown < MEGABYTES
    if PROVING:
        bare = bare_load(path, wide_dataset)
        record_property("seconds of the bare load", f"{bare:.1f}")
        assert took <= TIMES * bare, f"{took:.1f} s, the bare load {bare:.1f} s"


@pytest.mark.proof
def test_a_file_of_some_size_shows_its_difference_while_one_waits(
    client, people, wide_dataset, tmp_path, record_property
):
    """50,000 rows, of which every tenth is another than in force: sent, and the page of it read."""
    number = size(5_000, 50_000)
    path = tmp_path / "first.csv"
    write(path, wide_dataset, number)
    services.publish(approved(check(path, wide_dataset)[0]))
    header, *lines = path.read_text().splitlines(keepends=True)
    changed = [
        line if place % 10 else line.rpartition(",")[0] + ",1999\n"
        for place, line in enumerate(lines)
    ]
    client.force_login(people["statistician"])
    file = SimpleUploadedFile("second.csv", "".join([header, *changed]).encode())
    began = time.perf_counter()

    answer = client.post(
        reverse("dataset_releases:send"), {"dataset": wide_dataset.slug, "file": file}, follow=True
    )

    took = time.perf_counter() - began
    record_property("seconds to the page with the difference", f"{took:.1f}")
    assert answer.context["case"].changed == number // 10
    assert "1999" in answer.content.decode()
    if PROVING:
        assert took <= SECONDS, f"{took:.1f} s"

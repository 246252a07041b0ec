"""A large file is checked, compared and released as a small one is, in memory that stays."""

import resource
import time

import pytest

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
MEGABYTES = 250  # more than before, at any size: two periods are in memory, never the file


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


@pytest.mark.proof
def test_a_large_file_is_brought_and_released_whole(wide_dataset, tmp_path):
    number = size(20_000, 1_000_000)
    path = tmp_path / "large.csv"
    write(path, wide_dataset, number)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()

    with path.open("rb") as stream:
        release = services.bring(wide_dataset, stream, path.name)

    took = time.perf_counter() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert (release.rows, release.new) == (number, number)
    services.publish(approved(release))
    assert Observation.objects.current().filter(dataset=wide_dataset).count() == number
    assert SourceValue.objects.filter(dataset=wide_dataset, held=True).count() == number
    assert grown < MEGABYTES
    if PROVING:
        bare = bare_load(path, wide_dataset)
        assert took <= TIMES * bare, f"{took:.1f} s, the bare load {bare:.1f} s"

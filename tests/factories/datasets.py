"""Datasets as they are when something has been released, without the way there."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import count

from monitoring.datasets import example
from monitoring.datasets.cubes import Cube
from monitoring.datasets.models import AREA, Code, Dataset, Dimension, Observation, Release
from portal.places.models import Area

RELEASED = datetime(2025, 3, 3, 6, 0, tzinfo=UTC)
SEXES = (("_T", "Total"), ("F", "Women"), ("M", "Men"))
numbers = count(1)


def released_dataset(areas: list[Area], years=(2023, 2024), **fields) -> Dataset:
    """A dataset of areas by sex, all of whose values are 10, released at one moment."""
    slug = fields.pop("slug", f"dataset-{next(numbers)}")
    dataset = Dataset.objects.create(
        **{**example.WORDS, "period": "year", "example": True, **fields},
        slug=slug,
        released_at=RELEASED,
        times=list(years),
    )
    places = _dimension(dataset, 0, AREA)
    for position, area in enumerate(areas):
        _code(places, position, area.key, area.name_en, area=area)
    sexes = _dimension(dataset, 1, "SEX")
    for position, (code, name) in enumerate(SEXES):
        _code(sexes, position, code, name)
    release = Release.objects.create(
        dataset=dataset,
        state=Release.State.RELEASED,
        file_name="made.csv",
        checksum=slug,
        released_at=RELEASED,
        new=len(areas) * len(SEXES) * len(years),
    )
    cube = Cube.of(dataset)
    Observation.objects.bulk_create(
        Observation(
            dataset=dataset, release=release, time=year, area=area, cell=cube.cell([sex]), value=10
        )
        for area in areas
        for sex in range(len(SEXES))
        for year in years
    )
    return dataset


def changed(dataset: Dataset, value: int, **where) -> Release:
    """A correction of the values that match."""
    release = Release.objects.create(
        dataset=dataset,
        state=Release.State.RELEASED,
        kind=Release.Kind.CORRECTED,
        file_name="corrected.csv",
        checksum="0",
        released_at=RELEASED.replace(month=4),
        changed=1,
        reason="It was wrong.",
    )
    for old in Observation.objects.current().filter(dataset=dataset, **where):
        Observation.objects.filter(pk=old.pk).update(until=release)
        old.pk, old.release, old.value, old.revised = None, release, Decimal(value), True
        old.save()
    return release


def _dimension(dataset, position, key):
    return Dimension.objects.create(
        dataset=dataset, position=position, key=key, name_fi=key, name_sv=key, name_en=key
    )


def _code(dimension, position, code, name, area=None):
    return Code.objects.create(
        dimension=dimension,
        position=position,
        code=code,
        area=area,
        name_fi=name,
        name_sv=name,
        name_en=name,
    )

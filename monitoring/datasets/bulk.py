"""Values in bulk: what is released as it is made, without a file, a check or a second person.

For example figures, whose datasets have no rule of disclosure; what statisticians bring goes
through monitoring.datasets.services.
"""

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from .models import Dataset, Release

BATCH = 10_000
COPY = """
    COPY datasets_sourcevalue
        (dataset_id, release_id, time, area_id, cell, value, status, hidden, held, row)
    FROM STDIN
"""
INSERT = """
    INSERT INTO datasets_sourcevalue
        (dataset_id, release_id, time, area_id, cell, value, status, hidden, held, row)
    VALUES (%s, %s, %s, %s, %s, %s, %s, '', %s, 0)
"""
PUBLISH = """
    INSERT INTO datasets_observation
        (dataset_id, release_id, time, area_id, cell, value, status, revised)
    SELECT dataset_id, release_id, time, area_id, cell, value, status, %s
    FROM datasets_sourcevalue WHERE release_id = %s
"""


class Value(NamedTuple):
    """A value, or in `status` why there is none, at the numbers of its period, area and codes."""

    time: int
    area: int
    cell: int
    value: float | int | None
    status: str = ""


class Protected(ValueError):
    """Values of a dataset with a rule of disclosure are released by its own way alone."""


@transaction.atomic
def release(dataset: Dataset, values: Iterable[Value], name: str, reason: str) -> Release:
    """Keep and publish the values as the first release of a dataset; nobody is named for it.

    Raises Protected for a dataset that hides small counts.
    """
    if dataset.is_protected:
        raise Protected(dataset.slug)
    moment = timezone.now()
    made = Release.objects.create(
        dataset=dataset,
        state=Release.State.RELEASED,
        file_name=name,
        checksum="",
        reason=reason,
        release_at=moment,
        released_at=moment,
    )
    times = set()
    number = 0

    def rows():
        nonlocal number
        for one in values:
            number += 1
            times.add(one.time)
            yield dataset.pk, made.pk, *one

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(COPY) as copy:
                for row in rows():
                    copy.write_row((*row, "", True, 0))
        else:
            iterator = rows()
            while batch := [(*row, True) for row in islice(iterator, BATCH)]:
                cursor.executemany(INSERT, batch)
        cursor.execute(PUBLISH, [False, made.pk])
    made.rows = made.new = number
    made.save(update_fields=["rows", "new"])
    dataset.released_at, dataset.times = moment, sorted(times)
    dataset.save(update_fields=["released_at", "times"])
    return made

"""What the publication of a report freezes: its bound figures, and those of the area annexes."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from monitoring.datasets.bound import freeze_figure
from monitoring.datasets.models import FrozenFigure

from .figures import key_of, parameters_of


def freeze(values: Iterable[Any], known: Collection[str]) -> Iterator[tuple[str, FrozenFigure]]:
    """Freeze the figures that blocks are bound to, each under its key, without those known.

    What is frozen under a key stays: a republication changes words, and no figure.
    """
    done = set(known)
    for value in values:
        dataset = value.get("dataset")
        if dataset is None or (key := key_of(value)) in done:
            continue
        if frozen := freeze_figure(dataset, parameters_of(value)):
            done.add(key)
            yield key, frozen

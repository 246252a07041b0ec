"""The figures of a report: what they are bound to, and what readers get of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from monitoring.charts.figures import Figure
from monitoring.datasets import frozen
from monitoring.datasets.bound import current_figure, frozen_figure
from monitoring.datasets.models import Dataset, FrozenFigure
from portal.api.responses import LICENCE

from .blocks import parameters_of

__all__ = ["Shown", "key_of", "of_report", "parameters_of", "shown"]


@dataclass(frozen=True)
class Shown:
    """A figure with where it is from; `kept` is None in a draft, which shows today's values."""

    key: str
    dataset: Dataset
    figure: Figure
    kept: FrozenFigure | None

    @property
    def is_example(self) -> bool:
        return self.dataset.example

    @property
    def citation(self) -> str:
        """Source, dataset, release and licence, in one line."""
        day = self.kept.release.released_at if self.kept else self.dataset.released_at
        return _("%(source)s: %(name)s, released on %(day)s (%(licence)s).") % {
            "source": self.figure.source,
            "name": self.figure.name,
            "day": date_format(localtime(day)) if day else "",
            "licence": LICENCE,
        }

    @property
    def revised(self) -> bool:
        """Whether something of it was corrected since it was frozen."""
        return self.kept is not None and bool(frozen.revised(self.kept))


def key_of(value: Any) -> str:
    """What a block is bound to, in a word: the same for the same figure in every language."""
    asked = {"dataset": value["dataset"].slug, **parameters_of(value)}
    said = json.dumps({name: word for name, word in asked.items() if word}, sort_keys=True)
    return sha256(said.encode()).hexdigest()[:16]


def shown(page: Any, value: Any, *, draft: bool = False) -> Shown | None:
    """The frozen figure, in a draft that has none today's; None when there is nothing to show."""
    dataset = value.get("dataset")
    if dataset is None:
        return None
    key = key_of(value)
    kept = page.kept.get(key)
    if kept is not None:
        return Shown(key, dataset, frozen_figure(kept), kept)
    if not draft:
        return None
    figure = current_figure(dataset, parameters_of(value))
    return Shown(key, dataset, figure, None) if figure else None


def of_report(page: Any) -> Iterator[Shown]:
    """The frozen figures of a published report, in the order of its body, each once."""
    keys = set()
    for value in page.bound:
        found = shown(page, value)
        if found is not None and found.key not in keys:
            keys.add(found.key)
            yield found

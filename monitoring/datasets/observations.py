"""What is published of a dataset: whatever shows its values, in any form, reads them through here.

Disclosure control has left them as they are here; what was received is out of reach. Beside this,
only the release of new values (services), disclosure control and word to followers know the rows.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice, product
from math import prod
from typing import NamedTuple

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from monitoring.indicators import periods

from .cubes import Cube
from .models import TIME, Code, Dataset, Observation, Release
from .models.releases import Status

MOST_CELLS_NAMED = 1000  # more are read all, and left out here
REVISED = "revised"


class UnknownCode(LookupError):
    """A selection names a dimension, a code or a period that the dataset does not have."""

    def __init__(self, key: str, code: str = ""):
        self.key, self.code = key, code
        super().__init__(f"{key} {code}".strip())


class Cell(NamedTuple):
    """What is published at a crossing of codes: a value, or in `status` the reason for none.

    `released` is when it came out. `revised` says that a correction changed it then; `since`, in a
    table of an earlier release, when a later one replaced it. `release` is its number, and `before`
    what was shown before it was revised. A frozen cell has in `now` what has taken its place since
    `released`.
    """

    value: Decimal | None
    status: str
    revised: bool
    released: datetime | None = None
    since: datetime | None = None
    release: int | None = None
    before: Decimal | None = None
    now: Decimal | None = None

    @property
    def mark(self) -> str:
        """What a program is told besides the value; "" for a final value as it always was."""
        return REVISED if self.revised and self.value is not None else self.status

    @property
    def words(self) -> str:
        """The mark for people: of a revision its day, and what was shown before.

        What was taken back is told without a number: it was wrong, and is not to be guessed.
        """
        if not self.revised:
            return str(Status(self.status).label) if self.status else ""
        words = {"day": date_format(localtime(self.released)) if self.released else ""}
        if self.value is None:
            return _("withdrawn on %(day)s, was wrong") % words
        if self.now is not None:
            words["new"] = number_format(self.now.normalize(), force_grouping=True)
            return _("revised since %(day)s: now %(new)s") % words
        if self.before is None or self.before == self.value:
            return _("revised since %(day)s") % words
        words["old"] = number_format(self.before.normalize(), force_grouping=True)
        return _("revised since %(day)s, was %(old)s") % words


Shown = tuple[Code, tuple[Code, ...], int, Cell]  # area, other codes, period, what is there
Selection = Mapping[str, Sequence[str]]
NOTHING = Cell(None, Status.NOT_COLLECTED.value, False)


@dataclass(frozen=True)
class Table:
    """Codes chosen in each dimension, and the cells at their crossings, areas first, time last."""

    cube: Cube
    areas: Sequence[Code]
    others: Sequence[Sequence[Code]]
    times: Sequence[int]
    found: Mapping[tuple[int, int, int], Cell]

    @property
    def size(self) -> list[int]:
        return [len(self.areas), *(len(codes) for codes in self.others), len(self.times)]

    @property
    def periods(self) -> list[periods.Period]:
        return [self.cube.period(time) for time in self.times]

    def cell(self, area: Code, others: Sequence[Code], time: int) -> Cell:
        """What is at a crossing; nothing collected where nothing ever came."""
        number = self.cube.cell([code.position for code in others])
        return self.found.get((time, area.area_id or 0, number), NOTHING)

    def rows(self) -> Iterator[Shown]:
        """Every crossing in the order of the dimensions, time changing fastest."""
        for area in self.areas:
            for others in product(*self.others):
                number = self.cube.cell([code.position for code in others])
                for time in self.times:
                    cell = self.found.get((time, area.area_id or 0, number), NOTHING)
                    yield area, others, time, cell


def published(
    cube: Cube,
    selection: Selection | None = None,
    *,
    release: Release | None = None,
) -> Table:
    """The cells that the public sees at the crossings of the codes that are selected.

    `selection` has codes by the key of their dimension (`{"SEX": ["F"], "TIME_PERIOD": ["2025"]}`);
    a dimension that it leaves out has all its codes. With `release`, what the public saw when that
    one had come out. Two queries, with a release three. Raises UnknownCode.
    """
    return read(cube, *chosen(cube, selection, release), release)


def crossings(
    cube: Cube,
    selection: Selection | None = None,
    *,
    release: Release | None = None,
) -> "Crossings":
    """The same as a sequence, of which only what a slice needs is read. Raises UnknownCode."""
    return Crossings(cube, *chosen(cube, selection, release), release)


class Crossings(Sequence[Shown]):
    """The rows of a table that may be too large to be read whole: each slice is two queries."""

    def __init__(
        self,
        cube: Cube,
        areas: Sequence[Code],
        others: Sequence[Sequence[Code]],
        times: Sequence[int],
        release: Release | None,
    ):
        self.cube, self.areas, self.others, self.times = cube, areas, others, times
        self.release = release
        self._of_an_area = prod(len(codes) for codes in others) * len(times)

    def __len__(self) -> int:
        return len(self.areas) * self._of_an_area

    def table(self) -> Table:
        """All of them at once."""
        return read(self.cube, self.areas, self.others, self.times, self.release)

    def __getitem__(self, wanted):
        """A slice by the areas that it touches; a single row by its place."""
        if isinstance(wanted, int):
            return self[wanted : wanted + 1][0]
        start, stop, _step = wanted.indices(len(self))
        if start >= stop:
            return []
        first = start // self._of_an_area
        areas = self.areas[first : (stop - 1) // self._of_an_area + 1]
        table = read(self.cube, areas, self.others, self.times, self.release)
        before = first * self._of_an_area
        return list(islice(table.rows(), start - before, stop - before))


def chosen(
    cube: Cube, selection: Selection | None = None, release: Release | None = None
) -> tuple[Sequence[Code], list[Sequence[Code]], Sequence[int]]:
    """Codes of the areas, of the other dimensions in their order, and periods, for `read`."""
    wanted = dict(selection or {})
    axes = {axis.key: axis for axis in cube.axes}
    for key in wanted:
        if key != TIME and key not in axes:
            raise UnknownCode(key)
    codes: dict[str, Sequence[Code]] = {}
    for key, axis in axes.items():
        codes[key] = axis.codes
        if key in wanted:
            codes[key] = [_known(axis.by_code, key, code) for code in wanted[key]]
    times: Sequence[int] = _times(cube, release)
    if TIME in wanted:
        by_name = {str(cube.period(time)): time for time in times}
        times = [_known(by_name, TIME, name) for name in wanted[TIME]]
    return codes[cube.areas.key], [codes[axis.key] for axis in cube.others], times


def _known(known: Mapping, key: str, name: str):
    if name not in known:
        raise UnknownCode(key, name)
    return known[name]


def _times(cube: Cube, release: Release | None) -> Sequence[int]:
    """The periods of which something is published, now or when a release had come out."""
    if release is None:
        return cube.dataset.times
    rows = _of(cube.dataset, release).order_by("time").values_list("time", flat=True)
    return list(rows.distinct())


def _of(dataset: Dataset, release: Release | None) -> QuerySet[Observation]:
    """What is public now, or was after a release: those of a dataset come one after the other."""
    rows = Observation.objects.filter(dataset=dataset)
    if release is None:
        return rows.current()
    return rows.filter(_as_of(release))


def _as_of(release: Release) -> Q:
    return Q(Q(until__isnull=True) | Q(until__gt=release.pk), release__lte=release.pk)


def _before() -> Subquery:
    """What was shown in the place of an observation until its release."""
    rows = Observation.objects.filter(
        dataset=OuterRef("dataset"),
        time=OuterRef("time"),
        area=OuterRef("area"),
        cell=OuterRef("cell"),
        until=OuterRef("release"),
    )
    return Subquery(rows.values("value")[:1])


Reader = Callable[[Cube, Sequence[Code], Sequence[Sequence[Code]], Sequence[int]], Table]


def read(
    cube: Cube,
    areas: Sequence[Code],
    others: Sequence[Sequence[Code]],
    times: Sequence[int],
    release: Release | None = None,
) -> Table:
    """The published cells at the crossings of codes and periods that are known: two queries."""
    rows = _of(cube.dataset, release).filter(
        time__in=times, area__in=[code.area_id for code in areas]
    )
    numbers = {cube.cell([code.position for code in chosen]) for chosen in product(*others)}
    if len(numbers) <= MOST_CELLS_NAMED:
        rows = rows.filter(cell__in=numbers)
    found = {key: cell for _of, key, cell in _cells(rows, [cube.dataset]) if key[2] in numbers}
    return Table(cube, areas, others, times, found)


@dataclass(frozen=True)
class Line:
    """All periods of some areas in one cell of a dataset."""

    dataset: Dataset
    cell: int
    areas: Collection[int]


def lines(
    wanted: Sequence[Line], release: Release | None = None
) -> list[dict[tuple[int, int], Cell]]:
    """What is published of each line, by period and area: two queries, however many lines.

    With `release`, what was public of its dataset when that one had come out.
    """
    found: list[dict[tuple[int, int], Cell]] = [{} for _line in wanted]
    if not wanted:
        return found
    chosen = Q(pk__in=())
    for line in wanted:
        place = Q(dataset=line.dataset, area__in=list(line.areas), cell=line.cell)
        chosen |= place & (_as_of(release) if release else Q(time__in=line.dataset.times))
    places: dict[tuple[int, int], list[int]] = {}
    for at, line in enumerate(wanted):
        places.setdefault((line.dataset.pk, line.cell), []).append(at)
    datasets = [line.dataset for line in wanted]
    rows = Observation.objects.filter(chosen)
    for dataset, (time, area, number), cell in _cells(
        rows if release else rows.current(), datasets
    ):
        for at in places[dataset, number]:
            if area in wanted[at].areas:
                found[at][time, area] = cell
    return found


def _cells(
    rows: QuerySet[Observation], datasets: Sequence[Dataset]
) -> Iterator[tuple[int, tuple[int, int, int], Cell]]:
    """Each row's dataset, its place (period, area, cell), and what is published there."""
    values = rows.annotate(before=Case(When(revised=True, then=_before()))).values_list(
        "dataset_id",
        "time",
        "area_id",
        "cell",
        "value",
        "status",
        "revised",
        "release_id",
        "until_id",
        "before",
    )
    moments = dict(
        Release.objects.filter(dataset__in=datasets, state=Release.State.RELEASED).values_list(
            "pk", "released_at"
        )
    )
    for of, time, area, number, value, status, revised, brought, until, before in values.iterator():
        since = moments.get(until)
        cell = Cell(value, status, revised, moments[brought], since, brought, before)
        yield of, (time, area, number), cell

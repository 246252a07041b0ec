"""What disclosure control takes and gives: cells, relations, rates, rules, releases, protection."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Key = tuple[str | int, ...]
Relation = tuple[Key, tuple[Key, ...]]


class Reason(StrEnum):
    """Why a cell is hidden by a rule of its dataset."""

    SMALL = "small"  # a count from 1 to below the minimum
    ZERO = "zero"  # nobody, where the group is named
    CONTRIBUTORS = "contributors"  # too few contribute to the value
    DOMINANCE = "dominance"  # the largest contributors make nearly all of the value
    COMPLEMENT = "complement"  # a share which tells how few are left out


@dataclass(frozen=True, slots=True)
class Cell:
    """A count or a sum of one group.

    `value` is None where there is none (not collected, not applicable, …): the cell is then no part
    of any relation. `contributors` are the amounts of those whom a sum is made of; a count of
    persons needs none. A cell that is never published is given too where published ones are sums
    over it (the part of an area that lies in a region), since it can be reckoned from them.
    """

    key: Key
    value: int | None
    contributors: tuple[int, ...] | None = None
    published: bool = True


@dataclass(frozen=True, slots=True)
class Rate:
    """A share: published only where its numerator and its denominator may be.

    Both must be cells of the table, also those which are never published as counts: a share and its
    denominator give the numerator.
    """

    key: Key
    numerator: Key
    denominator: Key


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a dataset.

    A count from 1 to below `minimum` is hidden, 0 too where `zeros` (the group is named), and so is
    a share which leaves fewer than `minimum` out. A sum is hidden with fewer than `contributors`
    contributors, or when the largest `dominance[0]` make more than `dominance[1]` per cent of it.
    `width` is the protection interval: nobody may reckon a hidden cell to a span narrower than it.
    Unless given it is one less than `minimum`, as wide as the small counts of which the rule itself
    tells. `person` is what one person is in the units of the table: values with two decimals are
    given as hundredths, and a hundred of them are one.
    """

    minimum: int = 5
    zeros: bool = False
    contributors: int = 3
    dominance: tuple[int, int] = (2, 85)
    width: int | None = None
    person: int = 1

    @property
    def protection(self) -> int:
        least = self.minimum - self.person if self.width is None else self.width
        return max(self.person, least)


@dataclass(frozen=True, slots=True)
class Table:
    """All cells that can be linked, with the relations between them.

    A relation is a total and its parts. `dimensions` names the places of a key, for the message
    of a table that is too large.
    """

    cells: tuple[Cell, ...]
    relations: tuple[Relation, ...]
    rates: tuple[Rate, ...] = ()
    dimensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """An earlier release: what it showed, and the values that it hid.

    A hidden cell left out counts as unchanged, which protects more, never less.
    """

    published: Mapping[Key, int]
    hidden: Mapping[Key, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Protection:
    """Which cells are hidden.

    `primary` by which rule, `secondary` because others could be reckoned from them, rates among
    them. `withdrawn`, a part of both, were published with another value, which is hereby known to
    be wrong: two persons choose between this and publishing. `exposed` are small values, of this
    release or hidden by an earlier one, that are given away whatever is hidden: each is a cell and
    the value that it has or had. What a share leaves out is told by its numerator.
    """

    primary: dict[Key, Reason]
    secondary: frozenset[Key]
    withdrawn: frozenset[Key]
    exposed: frozenset[tuple[Key, int]]

    @property
    def hidden(self) -> frozenset[Key]:
        return self.secondary | frozenset(self.primary)


class TooLarge(ValueError):
    """More linked cells than can be protected in time; `dimensions` are to be made coarser."""

    def __init__(self, cells: int, limit: int, dimensions: tuple[str, ...]):
        self.cells, self.limit, self.dimensions = cells, limit, dimensions
        super().__init__(
            f"{cells} linked cells, at most {limit}: make coarser {', '.join(dimensions)}"
        )


class Inconsistent(ValueError):
    """Parts that miss their total, a numerator above its denominator, a value below zero."""


def check_size(table: Table, limit: int) -> None:
    """Refuse a table of more than `limit` cells, naming the dimensions with the most codes."""
    count = len(table.cells) + len(table.rates)
    if count <= limit:
        return
    places = max((len(cell.key) for cell in table.cells), default=0)
    codes = [
        len({cell.key[place] for cell in table.cells if place < len(cell.key)})
        for place in range(places)
    ]
    order = sorted(range(places), key=lambda place: (-codes[place], place))
    named, left = [], float(count)
    for place in order:
        named.append(
            table.dimensions[place] if place < len(table.dimensions) else f"dimension {place + 1}"
        )
        left /= max(1, codes[place])
        if left <= limit:
            break
    raise TooLarge(count, limit, tuple(named))


def check_sums(table: Table, values: Mapping[Key, int]) -> None:
    """Refuse negative values, sums that do not add up, and shares above the whole."""
    for key, value in values.items():
        if value < 0:
            raise Inconsistent(f"{key}: {value} is below zero")
    for total, parts in table.relations:
        if total in values and values[total] != sum(values.get(part, 0) for part in parts):
            found = sum(values.get(part, 0) for part in parts)
            raise Inconsistent(f"{total}: {values[total]}, but its parts make {found}")
    for rate in table.rates:
        if values.get(rate.numerator, 0) > values.get(rate.denominator, float("inf")):
            raise Inconsistent(f"{rate.key}: the numerator is above the denominator")


def distinct(cells: Collection[Cell]) -> dict[Key, Cell]:
    """The cells by key; the same key twice is refused."""
    by_key = {cell.key: cell for cell in cells}
    if len(by_key) != len(cells):
        raise Inconsistent("a key stands for two cells")
    return by_key

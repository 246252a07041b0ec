"""Secondary suppression: hide as little more as keeps each hidden cell from being reckoned.

The method stands in docs/disclosure.md.
"""

from collections.abc import Collection, Sequence

from .rules import primary_cells
from .search import Search
from .system import System
from .tables import (
    Key,
    Protection,
    Release,
    Rules,
    Table,
    check_size,
    check_sums,
    distinct,
)

LIMIT = 30_000


def protect(
    table: Table,
    rules: Rules,
    earlier: Sequence[Release] = (),
    *,
    allowed: Collection[Key] = (),
    limit: int = LIMIT,
) -> Protection:
    """Say which cells of `table` to hide, so that nothing hidden follows from what is published.

    `earlier` are all releases so far, whose cells stay known with the values they had. `allowed`
    are keys that are published although a rule hides them (two persons have said so).
    Raises TooLarge above `limit` linked cells, Inconsistent for a table that does not add up.
    """
    check_size(table, limit)
    cells = distinct(table.cells)
    values = {key: cell.value for key, cell in cells.items() if cell.value is not None}
    check_sums(table, values)
    primary = {
        key: reason for key, reason in primary_cells(table, rules).items() if key not in allowed
    }
    system = System(table, cells, primary, rules, earlier, allowed)
    search = Search(system)
    search.run()
    hidden = {key for key, column in system.now.items() if column in search.hidden}
    hidden |= primary.keys()
    for rate in table.rates:
        if rate.numerator in hidden or rate.denominator in hidden:
            hidden.add(rate.key)
    known_now = {key for key, column in system.now.items() if column in system.known}
    inner = {key for key, cell in cells.items() if not cell.published}
    return Protection(
        primary={key: reason for key, reason in primary.items() if key not in inner},
        secondary=frozenset(hidden - primary.keys() - inner),
        withdrawn=frozenset((hidden & system.shown_before) - known_now - inner),
        exposed=frozenset(
            {(key, values[key]) for key in primary.keys() & known_now}
            | {system.told(column) for column in search.exposed}
        ),
    )

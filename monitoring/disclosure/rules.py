"""Primary suppression: which cells a rule hides by themselves."""

from .tables import Cell, Key, Reason, Rules, Table


def primary_cells(table: Table, rules: Rules) -> dict[Key, Reason]:
    """The cells that may not be published whatever stands beside them, each with its reason."""
    found = {cell.key: reason for cell in table.cells if (reason := _reason(cell, rules))}
    values = {cell.key: cell.value for cell in table.cells}
    for rate in table.rates:
        numerator, denominator = values.get(rate.numerator), values.get(rate.denominator)
        if numerator is None or denominator is None:
            continue
        left_out = small(denominator - numerator, rules)
        if left_out and rate.denominator not in found:
            found.setdefault(rate.numerator, Reason.COMPLEMENT)
    return found


def small(count: int, rules: Rules) -> Reason | None:
    """Why a count of persons may not be published, None when it may."""
    if count == 0:
        return Reason.ZERO if rules.zeros else None
    return Reason.SMALL if count < rules.minimum else None


def _reason(cell: Cell, rules: Rules) -> Reason | None:
    if cell.value is None:
        return None
    if cell.contributors is None:
        return small(cell.value, rules)
    if cell.value == 0 and not rules.zeros:
        return None
    if len(cell.contributors) < rules.contributors:
        return Reason.CONTRIBUTORS
    count, percent = rules.dominance
    largest = sum(sorted(cell.contributors, reverse=True)[:count])
    return Reason.DOMINANCE if 100 * largest > percent * cell.value else None

"""Attackers who know that persons are whole numbers, which may tell them more than fractions do.

The span of each small value over all whole tables that fit everything published: by integer
programming, which on the smallest tables is held against going through every table there is.
"""

from itertools import product

import numpy
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from monitoring.disclosure import Rules, protect
from tests.proofs import size

from .attack import Attack
from .tables import World, released

RULES = Rules()
LARGE = 10_000  # no cell of these tables is larger


def whole_span(attack, cell):
    """The least and the greatest whole number that the cell may be."""
    columns = {other: number for number, other in enumerate(sorted(attack.hidden, key=repr))}
    matrix = numpy.zeros((len(attack.rows), len(columns)))
    for number, row in enumerate(attack.rows):
        for other, sign in row.items():
            matrix[number, columns[other]] = sign
    sums = matrix @ [attack.values[other] for other in columns]
    ends = []
    for sign in (1, -1):
        aim = numpy.zeros(len(columns))
        aim[columns[cell]] = sign
        answer = milp(
            aim,
            constraints=LinearConstraint(matrix, sums, sums),
            bounds=Bounds(0, LARGE),
            integrality=numpy.ones(len(columns)),
        )
        assert answer.status == 0, answer.message
        ends.append(round(answer.x[columns[cell]]))
    return ends


def every_table(attack, most):
    """Each table of whole numbers up to `most` that fits: cells with values."""
    cells = sorted(attack.hidden, key=repr)
    for chosen in product(range(most + 1), repeat=len(cells)):
        table = dict(zip(cells, chosen, strict=True))
        if all(
            sum(sign * (table[cell] - attack.values[cell]) for cell, sign in row.items()) == 0
            for row in attack.rows
        ):
            yield table


def made_of(rows, **values):
    """An attack on hidden cells of which sums with signs are known."""
    attack = Attack([])
    cells = {name: ((name,), value) for name, value in values.items()}
    attack.rows = [{cells[name]: sign for name, sign in row.items()} for row in rows]
    attack.values = {cell: cell[1] for cell in cells.values()}
    attack.hidden = set(cells.values())
    return attack


@pytest.mark.parametrize(
    ("attack", "expected"),
    [
        # 2a + b = 5 leaves b odd, where linear programming says 0 to 5
        (made_of([{"a": 2, "b": 1}], a=2, b=1), {1, 3, 5}),
        (made_of([{"a": 2, "b": 1}, {"b": 1, "c": 2}], a=2, b=1, c=1), {1, 3}),
        (made_of([{"a": 1, "b": 1}, {"b": 1, "c": 1}], a=2, b=3, c=1), {0, 1, 2, 3, 4}),
    ],
)
def test_integer_programming_finds_what_going_through_all_tables_finds(attack, expected):
    (cell,) = (one for one in attack.hidden if one[0] == ("b",))
    assert {table[cell] for table in every_table(attack, 6)} == expected
    assert whole_span(attack, cell) == [min(expected), max(expected)]


@pytest.mark.proof
def test_whole_numbers_leave_every_small_value_its_interval(record_property):
    """Areas that cross regions and counties, so that the matrix is no simple one."""
    looked_at, less, found = 0, 0, []
    for seed in range(size(2, 100)):
        world = World(seed, areas=size(4, 8), sexes=2, ages=2, people=size(6, 10))
        out, exposed = [], set()
        for number in range(size(2, 3)):
            if number:
                world.correct(0.05)
            table = world.table(rates=False)
            protection = protect(table, RULES, [release for _, release in out])
            exposed |= protection.exposed
            out.append((table, released(table, protection)))
        attack = Attack(out)
        small = {one for one in attack.hidden if 0 < one[1] < RULES.minimum} - exposed
        some = sorted(small, key=repr)[: size(8, 20)]
        for (cell, low, high), (least, most) in zip(
            attack.spans(some), (whole_span(attack, cell) for cell in some), strict=True
        ):
            looked_at += 1
            less += most - least < high - low - 1e-6
            if most - least < RULES.protection:
                found.append((seed, cell, least, most))
    words = f"{looked_at} small values, {less} of them narrower in whole numbers"
    record_property("whole numbers", f"{words}, {len(found)} too narrow")
    assert looked_at > 10
    assert not found

"""Exact elimination of sparse columns, modulo a prime.

What is found here is a combination of columns; whoever asks checks it in whole numbers, so that
nothing rests on the prime.
"""

from collections.abc import Sequence

PRIME = 1_073_741_789  # the largest below 2 ** 30: one digit of Python's integers
Column = dict[int, int]  # row: coefficient


class Elimination:
    """Columns one after another, until those given make up the one that is looked for."""

    def __init__(self, target: Column, lengths: Sequence[int]):
        self._lengths = lengths  # of the rows: short ones make the better pivots
        self._target = {row: value % PRIME for row, value in target.items()}
        self._target_parts: list[tuple[int, int]] = []  # (step, factor)
        self._steps: list[tuple[int, Column, list[tuple[int, int]]]] = []
        self._step_of_row: dict[int, int] = {}

    def add(self, number: int, column: Column) -> bool:
        """Take a column in; true as soon as the target is a combination of those taken in."""
        vector = {row: value % PRIME for row, value in column.items()}
        parts = self._reduce(vector)
        if not vector:
            return False
        pivot = min(vector, key=lambda row: (self._lengths[row], row))
        inverse = pow(vector[pivot], -1, PRIME)
        vector = {row: value * inverse % PRIME for row, value in vector.items()}
        self._step_of_row[pivot] = len(self._steps)
        # the vector is `inverse` times (the column and its parts)
        self._steps.append((number, vector, [(-1, inverse), *parts]))
        if pivot in self._target:
            self._target_parts += self._reduce(self._target)
        return not self._target

    def _reduce(self, vector: Column) -> list[tuple[int, int]]:
        """Take all pivots out of a vector, and say how much of which step was taken."""
        parts = []
        while True:
            step = min(
                (self._step_of_row[row] for row in vector if row in self._step_of_row),
                default=None,
            )
            if step is None:
                return parts
            _, other, _ = self._steps[step]
            factor = next(vector[row] for row in other if self._step_of_row.get(row) == step)
            parts.append((step, factor))
            for row, value in other.items():
                new = (vector.get(row, 0) - factor * value) % PRIME
                if new:
                    vector[row] = new
                else:
                    vector.pop(row, None)

    def combination(self) -> dict[int, int]:
        """The columns that make up the target, once they do, with their signed coefficients."""
        amounts: dict[int, int] = {}
        for step, factor in self._target_parts:
            amounts[step] = (amounts.get(step, 0) + factor) % PRIME
        found = {}
        for step in range(len(self._steps) - 1, -1, -1):
            amount = amounts.get(step)
            if not amount:
                continue
            number, _, ((_, inverse), *parts) = self._steps[step]
            amount = amount * inverse % PRIME
            found[number] = amount - PRIME if amount > PRIME // 2 else amount
            for other, factor in parts:
                amounts[other] = (amounts.get(other, 0) - amount * factor) % PRIME
        return found

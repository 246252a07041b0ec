"""Exact elimination of sparse columns, modulo a prime.

What is found here is a combination of columns; whoever asks checks it in whole numbers, so that
nothing rests on the prime.
"""

import heapq
from collections.abc import Sequence
from typing import NamedTuple

PRIME = 1_073_741_789  # the largest below 2 ** 30: one digit of Python's integers
Column = dict[int, int]  # row: coefficient


class _Step(NamedTuple):
    number: int
    pivot: int
    vector: Column
    inverse: int
    parts: list[tuple[int, int]]  # (step, factor)


class Elimination:
    """Columns one after another, until those given make up the one that is looked for."""

    def __init__(self, target: Column, lengths: Sequence[int]):
        self._lengths = lengths  # of the rows: short ones make the better pivots
        self._target = {row: value % PRIME for row, value in target.items()}
        self._target_parts: list[tuple[int, int]] = []  # (step, factor)
        self._steps: list[_Step] = []
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
        # the vector is `inverse` times (the column less its parts)
        self._steps.append(_Step(number, pivot, vector, inverse, parts))
        if pivot in self._target:
            self._target_parts += self._reduce(self._target)
        return not self._target

    def _reduce(self, vector: Column) -> list[tuple[int, int]]:
        """Take all pivots out of a vector, and say how much of which step was taken."""
        parts: list[tuple[int, int]] = []
        step_of_row, steps = self._step_of_row, self._steps
        waiting = [step_of_row[row] for row in vector if row in step_of_row]
        heapq.heapify(waiting)
        while waiting:
            number = heapq.heappop(waiting)
            step = steps[number]
            factor = vector.get(step.pivot)
            if factor is None:
                continue
            parts.append((number, factor))
            for row, value in step.vector.items():
                old = vector.get(row)
                if old is None:
                    vector[row] = -factor * value % PRIME
                    if row in step_of_row:
                        heapq.heappush(waiting, step_of_row[row])
                elif new := (old - factor * value) % PRIME:
                    vector[row] = new
                else:
                    del vector[row]
        return parts

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
            taken = self._steps[step]
            amount = amount * taken.inverse % PRIME
            found[taken.number] = amount - PRIME if amount > PRIME // 2 else amount
            for other, factor in taken.parts:
                amounts[other] = (amounts.get(other, 0) - amount * factor) % PRIME
        return found

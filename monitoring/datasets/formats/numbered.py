"""Rows of cells as they come from a file, each with its number there."""

from collections.abc import Iterator

Numbered = Iterator[tuple[int, list[str]]]

"""Disclosure control: which cells of a table to hide so that nobody is known by them, ever after.

Pure functions, which know nothing of the portal. The method is in docs/disclosure.md.
"""

from .protection import LIMIT, protect
from .tables import (
    Cell,
    Inconsistent,
    Key,
    Protection,
    Rate,
    Reason,
    Relation,
    Release,
    Rules,
    Table,
    TooLarge,
)

__all__ = [
    "LIMIT",
    "Cell",
    "Inconsistent",
    "Key",
    "Protection",
    "Rate",
    "Reason",
    "Relation",
    "Release",
    "Rules",
    "Table",
    "TooLarge",
    "protect",
]

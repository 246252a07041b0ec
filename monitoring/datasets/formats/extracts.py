"""The extract from Koto-AJ: aggregate rows in Finnish words (docs/monitoring.md).

It is a table, as CSV or as a workbook, whose first row says what it is and in which version. No
form of Koto-AJ's own has been published: this one is the portal's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from monitoring.datasets.cubes import Axis
from monitoring.datasets.models import AREA, TIME, VALUE
from monitoring.datasets.models.structure import STATUS
from monitoring.indicators.files import Errors

from .columns import Columns
from .numbered import Numbered

NAME, KIND, VERSION = "koto-aj", "koontipoiminta", "1"
TAKEN, COVERAGE = "poimittu", "kattavuus"
WORDS = {"ALUE": AREA, "JAKSO": TIME, "LUKUMÄÄRÄ": VALUE, "TILA": STATUS}


@dataclass(frozen=True)
class Extract:
    """An extract by the cells of its first row."""

    first: tuple[str, ...]

    def columns(self, columns: Columns) -> Columns:
        """The same columns, by their Finnish names too."""
        named = {axis.dimension.name_fi.upper(): axis.key for axis in columns.cube.others}
        return replace(columns, others={**named, **WORDS})

    def is_right(self, above: Sequence[tuple[int, list[str]]], errors: Errors) -> bool:
        """Whether it is of the version that is read, and says when and of how many it was taken.

        It comes from a register that not all municipalities use yet, so a figure without its
        coverage tells nothing.
        """
        before = errors.total
        if self.first[1:3] != (KIND, VERSION):
            expected = _("The first row of an extract: %(first)s.")
            row = above[0][0] if above else 1
            words = ";".join(("Koto-AJ", KIND, VERSION))
            errors.add(row, "", ";".join(self.first), expected % {"first": words})
        said = _said(above)
        for name, expected in (
            (TAKEN, _("The day on which the extract was taken, in a row of its own above.")),
            (COVERAGE, _("How many municipalities have reported, in a row of its own above.")),
        ):
            if not said.get(name):
                errors.add(1, name, "", expected)
        return errors.total == before

    def notes(self, above: Sequence[tuple[int, list[str]]]) -> list[str]:
        """What the extract says of itself above its header."""
        return [f"Koto-AJ: {name} {words}" for name, words in _said(above).items()]

    def in_codes(self, rows: Numbered, header: Sequence[str], axes: Sequence[Axis]) -> Numbered:
        """The rows with codes for the Finnish names of codes; what is no name stays as it is."""
        by_name = {
            axis.key: {code.name_fi.casefold(): code.code for code in axis.codes} for axis in axes
        }
        codes = [by_name.get(column, {}) for column in header]
        for number, cells in rows:
            named = [
                code_of.get(cell.strip().casefold(), cell)
                for code_of, cell in zip(codes, cells, strict=False)
            ]
            yield number, named + cells[len(named) :]


def _said(above: Sequence[tuple[int, list[str]]]) -> dict[str, str]:
    found = {}
    for _number, cells in above[1:]:
        name, *words = [cell.strip() for cell in cells]
        found[name.casefold()] = " ".join(filter(None, words))
    return found


def of(first: Sequence[str]) -> Extract | None:
    """The extract that begins with these cells; None for any other table."""
    cells = tuple(cell.strip().casefold() for cell in first if cell.strip())
    return Extract(cells) if cells and cells[0] == NAME else None

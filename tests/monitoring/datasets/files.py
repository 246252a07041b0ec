"""Files of datasets in their forms, right and wrong, as a statistician may have made them."""

import json
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl

HEADER = ("REF_AREA", "SEX", "AGE", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS")
GOOD = ("TA01", "F", "Y15T24", "2024", "12", "")
EXTRACT = (
    ("Koto-AJ", "koontipoiminta", "1"),
    ("Poimittu", "2026-11-15"),
    ("Kattavuus", "40/292"),
    (),
    ("Alue", "Jakso", "Sukupuoli", "Ikä", "Lukumäärä"),
)
COUNTED = ("TA01", "2024", "Naiset", "15–24 vuotta", "12")


def csv(*rows: Sequence[str], header: Sequence[str] = HEADER, sign: str = ",") -> bytes:
    """Text with a sign between cells."""
    return "".join(f"{sign.join(row)}\n" for row in (header, *rows)).encode()


def good(**changes: str) -> tuple[str, ...]:
    """A right row with other cells: `good(SEX="X")`."""
    return tuple(changes.get(column, cell) for column, cell in zip(HEADER, GOOD, strict=True))


def extract(*rows: Sequence[str], above: Iterable[Sequence[str]] = EXTRACT) -> bytes:
    """An extract from Koto-AJ as CSV."""
    return "".join(f"{';'.join(row)}\n" for row in (*above, *rows)).encode()


def workbook(*rows: Sequence[Any], name: str = "Data", **sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of these rows, and of more sheets by their names."""
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    for title, more in sheets.items():
        sheet = book.create_sheet(title)
        for row in more:
            sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def titled(*rows: Sequence[Any]) -> bytes:
    """A workbook with a merged title over its header, its first column empty."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B2"] = "Clients by area"
    sheet.merge_cells("B2:G2")
    for number, row in enumerate((HEADER, *rows), start=4):
        for column, cell in enumerate(row, start=2):
            sheet.cell(number, column, cell)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def hidden(content: bytes) -> bytes:
    """The same workbook with its only sheet very hidden, and an empty one before it."""
    book = openpyxl.load_workbook(BytesIO(content))
    book.active.sheet_state = "hidden"
    book.create_sheet("Shown", 0)
    book.active = 0
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def damaged(content: bytes) -> bytes:
    """The same archive with some bytes of its middle turned."""
    middle = len(content) // 3
    return (
        content[:middle]
        + bytes(255 - one for one in content[middle : middle + 40])
        + (content[middle + 40 :])
    )


def archive(**parts: bytes) -> bytes:
    """A ZIP archive that is no workbook."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return target.getvalue()


def json_stat(**changes: Any) -> bytes:
    """Two values of JSON-stat 2.0, with other properties than the right ones."""
    found = {
        "version": "2.0",
        "class": "dataset",
        "id": ["REF_AREA", "SEX", "AGE", "TIME_PERIOD"],
        "size": [1, 2, 1, 1],
        "role": {"geo": ["REF_AREA"], "time": ["TIME_PERIOD"]},
        "dimension": {
            "REF_AREA": {"category": {"index": {"TA01": 0}}},
            "SEX": {"category": {"index": ["F", "M"]}},
            "AGE": {"category": {"label": {"Y15T24": "15–24"}}},
            "TIME_PERIOD": {"category": {"index": ["2024"]}},
        },
        "value": [12, 13],
    }
    kept = {key: value for key, value in {**found, **changes}.items() if value is not ...}
    return json.dumps(kept).encode()


def dimension(**categories: Any) -> dict[str, Any]:
    """The dimensions of `json_stat` with other categories for some."""
    found = json.loads(json_stat())["dimension"]
    return found | {name: {"category": category} for name, category in categories.items()}


DAY = date(2024, 1, 1)

"""JSON-stat 2.0, of class "dataset": its values in the order of its dimensions become lines.

A line's number is the place of its value among all, from 1. Such a file is in memory while it is
read, so it has a bound: larger ones are CSV.
"""

import json
from decimal import Decimal
from itertools import product
from typing import IO, Any, NoReturn

from django.utils.translation import gettext as _

from monitoring.datasets.models import AREA, TIME, VALUE
from monitoring.datasets.models.structure import STATUS
from monitoring.indicators.files import Errors

from .columns import Columns
from .numbered import Numbered
from .tables import Lines

MOST_BYTES = 50 * 1024 * 1024
MOST_VALUES = 1_000_000
OURS = frozenset({"revised"})  # what the portal's own answers say of a value besides


class _WrongError(Exception):
    """The file is no dataset of JSON-stat; the words say what was expected where."""

    def __init__(self, place: str, found: object, expected: str):
        self.place, self.found, self.expected = place, str(found), expected
        super().__init__(expected)


def read(stream: IO[bytes], columns: Columns, errors: Errors) -> Lines | None:
    """The lines of a dataset; None and an error that names the property which is not as it must be.

    https://json-stat.org/full/: `value` as a list or by its places, `status` as a word, a list or
    by places; `role` says which dimension is the time, the area, or the measure.
    """
    try:
        found = _loaded(stream)
        names = _names(found, columns)
        codes = [_codes(found, name, size) for name, size in zip(names, found["size"], strict=True)]
        values, statuses = _values(found, codes), _statuses(found, codes)
    except _WrongError as wrong:
        errors.add(0, wrong.place, wrong.found, wrong.expected)
        return None
    measures = set(_role(found, "metric")) - set(columns.needed)
    kept = [place for place, name in enumerate(names) if name not in measures]
    header = [_key(found, names[place], columns) for place in kept]
    rows = _rows(codes, kept, values, statuses)
    return Lines([*header, VALUE, STATUS], rows, 0, [], " ")


def _loaded(stream: IO[bytes]) -> dict[str, Any]:
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        expected = _("At most %(most)s MB of JSON-stat: bring a larger file as CSV.")
        raise _WrongError("", "", expected % {"most": MOST_BYTES // 1024 // 1024})
    try:
        found = json.loads(
            content.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_once,
        )
    except UnicodeDecodeError as error:
        raise _WrongError("", "", _("Text in UTF-8.")) from error
    except json.JSONDecodeError as error:
        words = _("JSON that can be read: line %(line)s, column %(column)s: %(error)s.")
        said = {"line": error.lineno, "column": error.colno, "error": error.msg}
        raise _WrongError("", "", words % said) from error
    except (ValueError, RecursionError) as error:
        raise _WrongError("", "", _("JSON that can be read.")) from error
    if not isinstance(found, dict) or found.get("class") != "dataset":
        kind = found.get("class", "") if isinstance(found, dict) else ""
        raise _WrongError("class", kind, _("JSON-stat 2.0 of the class “dataset”."))
    if str(found.get("version", "2.0")) != "2.0":
        raise _WrongError("version", found["version"], _("JSON-stat in its version 2.0."))
    return found


def _no_number(word: str) -> NoReturn:
    raise _WrongError("value", word, _("Numbers, or null where there is none."))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _WrongError(key, key, _("Each property once."))
        found[key] = value
    return found


def _role(found: dict[str, Any], name: str) -> list[str]:
    roles = found.get("role", {})
    named = roles.get(name, []) if isinstance(roles, dict) else []
    return [str(one) for one in named] if isinstance(named, list) else []


def _names(found: dict[str, Any], columns: Columns) -> list[str]:
    names, sizes = found.get("id"), found.get("size")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _WrongError("id", names or "", _("The names of the dimensions, as a list."))
    if (
        not isinstance(sizes, list)
        or len(sizes) != len(names)
        or not all(type(one) is int and one > 0 for one in sizes)
    ):
        expected = _("How many categories each dimension has, as a list of %(number)s numbers.")
        raise _WrongError("size", sizes or "", expected % {"number": len(names)})
    if len(names) > len(columns.needed) + 2:
        expected = _("The dimensions of the dataset: %(known)s.")
        raise _WrongError("id", names, expected % {"known": ", ".join(columns.needed[:-1])})
    return names


def _key(found: dict[str, Any], name: str, columns: Columns) -> str:
    """The column of a dimension: by its own name, or by its role."""
    key = columns.key(name)
    if key in columns.known:
        return key
    if name in _role(found, "time"):
        return TIME
    return AREA if name in _role(found, "geo") else key


def _codes(found: dict[str, Any], name: str, size: int) -> list[str]:
    dimension = found.get("dimension")
    one = dimension.get(name) if isinstance(dimension, dict) else None
    category = one.get("category") if isinstance(one, dict) else None
    index = category.get("index") if isinstance(category, dict) else None
    label = category.get("label") if isinstance(category, dict) else None
    if index is None and size == 1 and isinstance(label, dict):
        index = list(label)
    if isinstance(index, dict):
        places = {place: code for code, place in index.items() if type(place) is int}
        index = [places[place] for place in range(size) if place in places]
    if not isinstance(index, list) or len(index) != size:
        expected = _("The codes of the dimension in their order: %(size)s of them.")
        raise _WrongError(f"dimension.{name}.category.index", "", expected % {"size": size})
    return [str(code) for code in index]


def _total(codes: list[list[str]]) -> int:
    total = 1
    for axis in codes:
        total *= len(axis)
    return total


def _by_place(given: dict[str, Any], name: str, total: int) -> dict[int, Any]:
    places = {}
    for place, one in given.items():
        if not (place.isascii() and place.isdigit() and int(place) < total):
            expected = _("A place among the %(total)s values, from 0.") % {"total": total}
            raise _WrongError(name, place, expected)
        places[int(place)] = one
    return places


def _values(found: dict[str, Any], codes: list[list[str]]) -> dict[int, Any]:
    """The values by their places. Where a sparse file has none there is no line."""
    given, total = found.get("value"), _total(codes)
    if total > MOST_VALUES:
        expected = _("At most %(most)s values in JSON-stat: bring more of them as CSV.")
        raise _WrongError("size", total, expected % {"most": MOST_VALUES})
    if isinstance(given, dict):
        return _by_place(given, "value", total)
    if not isinstance(given, list) or len(given) != total:
        length = len(given) if isinstance(given, list) else ""
        expected = _("A list of %(total)s values: one for each crossing of the dimensions.")
        raise _WrongError("value", length, expected % {"total": total})
    return dict(enumerate(given))


def _statuses(found: dict[str, Any], codes: list[list[str]]) -> dict[int, Any] | str:
    """The statuses by their places, or the one of all values."""
    given, total = found.get("status", {}), _total(codes)
    if isinstance(given, str):
        return given
    if isinstance(given, list) and len(given) in (1, total):
        return str(given[0] or "") if len(given) == 1 else dict(enumerate(given))
    if not isinstance(given, dict):
        expected = _("A status for each of the %(total)s values, or for their places.")
        raise _WrongError("status", "", expected % {"total": total})
    return _by_place(given, "status", total)


def _rows(
    codes: list[list[str]], kept: list[int], values: dict[int, Any], statuses: Any
) -> Numbered:
    said = statuses if isinstance(statuses, dict) else {}
    of_all = statuses if isinstance(statuses, str) else ""
    for place, crossing in enumerate(product(*codes)):
        if place not in values and place not in said:
            continue
        status = str(said.get(place) or of_all)
        text = _text(values.get(place))
        yield (
            place + 1,
            [*(crossing[one] for one in kept), text, "" if status in OURS else status],
        )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)

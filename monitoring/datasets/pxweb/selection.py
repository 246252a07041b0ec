"""Which codes a request selects: names, masks and the words top, bottom, from, to and range."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from django.http import HttpRequest
from django.utils.translation import gettext as _

from monitoring.datasets.cubes import Axis, Cube
from monitoring.datasets.models import AREA, TIME
from portal.api.problems import WrongParameters, wrong

MOST_CELLS = 100_000
LONGEST_BODY = 1_000_000
PARAMETER = re.compile(r"(valueCodes|codelist)\[([A-Za-z0-9_]{1,40})\]", re.IGNORECASE)
WORD = re.compile(r"(top|bottom|from|to|range)\(([^()]*)\)", re.IGNORECASE)
BETWEEN = re.compile(r",(?![^()]*\))")  # a comma that stands within no brackets


@dataclass
class Asked:
    """What a request says of each variable: expressions, and the code list they are of."""

    values: dict[str, list[str]] = field(default_factory=dict)
    codelists: dict[str, str] = field(default_factory=dict)


def codelist_id(cube: Cube, axis: Axis, total: str) -> str:
    """The identifier of the codes that a code is made up of."""
    return f"vs_{cube.dataset.slug}.{axis.key}.{total}"


def codelists(cube: Cube, axis: Axis) -> dict[str, list[str]]:
    """Code lists of a dimension: the parts of each total, by identifier."""
    return {
        codelist_id(cube, axis, total.code): [part.code for part in parts]
        for total, parts in axis.breakdowns
    }


def asked(request: HttpRequest) -> Asked:
    """What the address or, by POST, the body selects. Raises WrongParameters."""
    found = Asked()
    for name, value in request.GET.dict().items():
        parameter = PARAMETER.fullmatch(name)
        if parameter is None:
            continue
        if parameter[1].lower() == "codelist":
            found.codelists[parameter[2]] = str(value)
        else:
            found.values[parameter[2]] = [one.strip() for one in BETWEEN.split(str(value))]
    if request.method == "POST":
        _read_body(request, found)
    return found


def _read_body(request: HttpRequest, found: Asked) -> None:
    body = request.body
    if not body.strip():
        return
    if len(body) > LONGEST_BODY:
        raise WrongParameters([wrong("selection", "", _("At most a million bytes."))])
    try:
        selection = json.loads(body)["selection"] or []
        for one in selection:
            variable = one["variableCode"]
            values = one.get("valueCodes") or []
            if not isinstance(variable, str) or not all(isinstance(v, str) for v in values):
                raise TypeError(variable)
            found.values[variable] = [value.strip() for value in values]
            codelist = one.get("codelist") or one.get("codeList")
            if codelist:
                found.codelists[variable] = str(codelist)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        expected = _('JSON such as {"selection": [{"variableCode": "SEX", "valueCodes": ["*"]}]}.')
        raise WrongParameters([wrong("selection", "", expected)]) from None


@dataclass(frozen=True)
class Chosen:
    """The codes of each variable, by its key, in order; `dropped` are not in the answer."""

    codes: Mapping[str, Sequence[str]]
    dropped: frozenset[str]


def choose(cube: Cube, request: Asked) -> Chosen:
    """The codes that a request selects; a default when it selects nothing.

    A variable that is left out stands at its total where it has one, and is not in the answer.
    Raises WrongParameters for unknown variables and codes, and for more than MOST_CELLS cells.
    """
    axes = {axis.key: axis for axis in cube.axes}
    times = [str(cube.period(time)) for time in cube.dataset.times]
    known: dict[str, Sequence[str]] = {
        key: [code.code for code in axis.codes] for key, axis in axes.items()
    }
    known[TIME] = times
    names = {key.casefold(): key for key in known}
    errors = [
        wrong(name, "", _("One of the variables %(known)s.") % {"known": ", ".join(known)})
        for name in (*request.values, *request.codelists)
        if name.casefold() not in names
    ]
    if errors:
        raise WrongParameters(errors)
    values = {names[name.casefold()]: given for name, given in request.values.items()}
    lists = {names[name.casefold()]: given for name, given in request.codelists.items()}
    chosen: dict[str, Sequence[str]] = {}
    dropped = set()
    for key, codes in known.items():
        if key in lists:
            codes = _of_list(cube, axes.get(key), key, lists[key])
        if values.get(key):
            chosen[key] = _selected(key, values[key], codes)
        elif key in lists:
            chosen[key] = codes
        elif not request.values and key in (AREA, TIME):
            chosen[key] = codes if key == AREA else codes[-1:]
        elif key != TIME and (total := axes[key].elimination):
            chosen[key] = [total.code]
            if request.values:
                dropped.add(key)
        elif request.values:
            raise WrongParameters([wrong(key, "", _("Select at least one value."))])
        else:
            chosen[key] = codes
    cells = 1
    for codes in chosen.values():
        cells *= len(codes)
    if cells > MOST_CELLS:
        expected = _("At most %(most)s cells in one answer, not %(cells)s: select fewer values.")
        raise WrongParameters(
            [wrong("valueCodes", "", expected % {"most": MOST_CELLS, "cells": cells})]
        )
    return Chosen(chosen, frozenset(dropped))


def _of_list(cube: Cube, axis: Axis | None, key: str, name: str) -> list[str]:
    lists = codelists(cube, axis) if axis else {}
    if name not in lists:
        expected = _("One of these: %(values)s.") % {"values": ", ".join(lists) or "–"}
        raise WrongParameters([wrong(f"codelist[{key}]", name, expected)])
    return lists[name]


def _selected(key: str, expressions: list[str], codes: Sequence[str]) -> list[str]:
    """The codes that any of the expressions names, in the order of the dimension."""
    wanted: set[str] = set()
    for expression in expressions:
        named = _named(expression, codes)
        if not named:
            near = ", ".join(codes[:5])
            expected = _("Codes of the variable, such as %(codes)s, or *, top(1), from(…).")
            raise WrongParameters(
                [wrong(f"valueCodes[{key}]", expression, expected % {"codes": near})]
            )
        wanted.update(named)
    return [code for code in codes if code in wanted]


def _named(expression: str, codes: Sequence[str]) -> Sequence[str]:
    word = WORD.fullmatch(expression)
    if word:
        return _by_word(word[1].lower(), [one.strip() for one in word[2].split(",")], codes)
    if "*" in expression or "?" in expression:
        mask = expression.replace("[", "[[]")
        return [code for code in codes if fnmatchcase(code, mask)]
    return [code for code in codes if code == expression]


def _by_word(word: str, arguments: list[str], codes: Sequence[str]) -> Sequence[str]:
    if word in ("top", "bottom"):
        number = int(arguments[0]) if re.fullmatch(r"[1-9]\d{0,5}", arguments[0]) else 0
        newest = codes[-number:] if number else []
        return newest if word == "top" else codes[:number]
    if any(argument not in codes for argument in arguments):
        return []
    places = [codes.index(argument) for argument in arguments]
    if word == "from":
        return codes[places[0] :]
    if word == "to":
        return codes[: places[0] + 1]
    return codes[places[0] : places[1] + 1] if len(places) == 2 else []

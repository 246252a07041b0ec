"""The description of the API laid out for the page about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.languages import LANGUAGES


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation; `default` is "" when there is none."""

    name: str
    expected: str
    description: str
    default: str


@dataclass(frozen=True)
class Field:
    """A field of an answer; `path` says where it stands: belongs_to[].key."""

    path: str
    kind: str
    description: str


@dataclass(frozen=True)
class Operation:
    """An address and what it answers."""

    id: str
    path: str
    summary: str
    description: str
    parameters: list[Parameter]
    fields: list[Field]
    example: str


@dataclass(frozen=True)
class Room:
    """The operations of one router."""

    word: str
    title: str
    operations: list[Operation]


def rooms(schema: dict[str, Any]) -> list[Room]:
    """All the operations, by the room that they are of, in the order of the routers."""
    found = [(path, methods["get"]) for path, methods in schema["paths"].items()]
    return [
        Room(word, title_of(word), [_operation(schema, path, one) for path, one in inside])
        for word, inside in groupby(found, key=lambda pair: pair[1]["tags"][0])
    ]


def title_of(word: str) -> str:
    """What a room is called; one that has no words of its own yet goes by its address."""
    return {
        "law": _("Law"),
        "areas": _("Areas"),
        "organisations": _("Partners"),
        "programme": _("Partnership programme"),
        "indicators": _("Indicators"),
        "datasets": _("Datasets"),
        "questions": _("Legal questions"),
        "search": _("Search"),
    }.get(word, word)


def _operation(schema: dict[str, Any], path: str, one: dict[str, Any]) -> Operation:
    answer = one["responses"]["200"]["content"]["application/json"]["schema"]
    return Operation(
        one["operationId"].replace("_", "-"),
        path,
        one["summary"],
        one.get("description", ""),
        [_parameter(each) for each in one["parameters"]],
        list(_fields(schema, answer)),
        schema["servers"][0]["url"] + _example(path, one["parameters"]),
    )


def _parameter(each: dict[str, Any]) -> Parameter:
    shape = each["schema"]
    default = shape.get("default", "")
    return Parameter(each["name"], _kind(shape), each.get("description", ""), str(default))


def _example(path: str, parameters: list[dict[str, Any]]) -> str:
    """The path with the example that each of its parameters gives, and those of the query."""
    query = {}
    for each in parameters:
        example = each.get("example", each["schema"].get("example"))
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", str(example))
        elif example is not None:
            query[each["name"]] = example
    return f"{path}?{urlencode(query)}" if query else path


def _fields(schema: dict[str, Any], shape: dict[str, Any], path: str = "") -> Iterator[Field]:
    """What is in an answer, depth first; of meta and links the page tells once."""
    shape = _resolved(schema, shape)
    for name, inner in shape.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        if here in ("meta", "links"):
            continue
        resolved = _resolved(schema, inner)
        if tuple(resolved.get("properties", {})) == LANGUAGES:
            resolved = {"enum": [f"{{{', '.join(LANGUAGES)}}}"]}
        inside = _resolved(schema, resolved.get("items", {})) if "items" in resolved else resolved
        if here not in ("item", "items"):
            described = inner.get("description") or ""
            yield Field(here.partition(".")[2], _kind(resolved, inner), described)
        yield from _fields(schema, inside, f"{here}[]" if "items" in resolved else here)


def _resolved(schema: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    """The shape itself instead of a reference to it or of a choice between it and null."""
    for option in shape.get("anyOf", []):
        if option.get("type") != "null":
            return _resolved(schema, option)
    reference = shape.get("$ref", "").rpartition("/")[2]
    return schema["components"]["schemas"][reference] if reference else shape


def _kind(shape: dict[str, Any], given: dict[str, Any] | None = None) -> str:
    """In a word or a few, what values there are: text, day, one of these, or null."""
    if "enum" in shape:
        word = " | ".join(shape["enum"])
    elif shape.get("format") == "date":
        word = _("day, as 2025-06-01")
    elif "maximum" in shape:
        word = f"{shape['minimum']}-{shape['maximum']}".replace("-", "\N{EN DASH}")
    elif "minimum" in shape:
        word = _("whole number, at least %(least)s") % {"least": shape["minimum"]}
    else:
        word = {
            "string": pgettext("in an answer", "text"),
            "integer": _("whole number"),
            "number": _("number"),
            "boolean": "true | false",
            "array": _("list"),
        }.get(shape.get("type", ""), _("object"))
    options = (given or {}).get("anyOf", [])
    return f"{word} | null" if any(one.get("type") == "null" for one in options) else word

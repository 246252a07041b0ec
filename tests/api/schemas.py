"""Enough of JSON Schema to check that an answer is what the description promises."""

from datetime import date, datetime

TYPES = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}


def differences(schema, shape, value, where="answer"):
    """Each place where a value is not what the shape says, with what it is."""
    if "$ref" in shape:
        name = shape["$ref"].rpartition("/")[2]
        return differences(schema, schema["components"]["schemas"][name], value, where)
    if "anyOf" in shape:
        found = [differences(schema, each, value, where) for each in shape["anyOf"]]
        return [] if [] in found else min(found, key=len)
    expected = TYPES[shape["type"]]
    if not isinstance(value, expected) or (expected is not bool and isinstance(value, bool)):
        return [f"{where}: {value!r} is no {shape['type']}"]
    if "enum" in shape and value not in shape["enum"]:
        return [f"{where}: {value!r} is none of {shape['enum']}"]
    if shape.get("format") == "date":
        date.fromisoformat(value)
    if shape.get("format") == "date-time":
        datetime.fromisoformat(value)
    if shape["type"] == "array":
        return [
            difference
            for number, each in enumerate(value)
            for difference in differences(schema, shape["items"], each, f"{where}[{number}]")
        ]
    if shape["type"] == "object":
        return _of_object(schema, shape, value, where)
    return []


def _of_object(schema, shape, value, where):
    known = shape.get("properties", {})
    found = [
        f"{where}.{name} is missing" for name in shape.get("required", []) if name not in value
    ]
    others = shape.get("additionalProperties")
    for name in value.keys() - known.keys():
        if others:
            found += differences(schema, others, value[name], f"{where}.{name}")
        else:
            found.append(f"{where}.{name} is not described")
    for name in known.keys() & value.keys():
        found += differences(schema, known[name], value[name], f"{where}.{name}")
    return found

"""The API as OpenAPI 3.1, in one of the portal's languages."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from portal.languages import in_language

from .parameters import plain
from .problems import BAD_PARAMETER, KINDS, MEDIA_TYPE
from .service import api

ABOUT = _(
    "Public data of the portal: the law and what rests on it, answers to legal questions, areas, "
    "organisations, indicators and datasets. "
    "It is read without an account, and the answers are the same for everyone."
)
IN_WORDS = ("title", "summary", "description")
LIMIT = "too-many-requests"
PROBLEM = {
    "type": "object",
    "description": _("An error, as RFC 9457 says it."),
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "description": _("Which kind of error it is: its address.")},
        "title": {"type": "string", "description": _("The kind in words.")},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": _("What went wrong this time.")},
        "instance": {"type": "string", "description": _("The path that was asked for.")},
        "errors": {
            "type": "array",
            "description": _("The parameters that are wrong, each of them."),
            "items": {
                "type": "object",
                "required": ["parameter", "value", "detail"],
                "properties": {
                    "parameter": {"type": "string"},
                    "value": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
HEADERS = {
    "ETag": {"schema": {"type": "string"}, "description": _("Changes whenever the answer does.")},
    "Last-Modified": {
        "schema": {"type": "string"},
        "description": _("When the newest of the data was changed, where that is known."),
    },
}


@cache
def openapi(language: str) -> dict[str, Any]:
    """The description of the whole API, with its words in `language`."""
    with in_language(language):
        schema = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
        schema["info"] = {
            "title": gettext("Integration portal"),
            "version": api.version,
            "description": ABOUT,
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        }
        schema["servers"] = [{"url": settings.SITE_URL}]
        shapes = schema["components"]["schemas"]
        # What describes a shape here is its docstring, which is for who reads the code.
        shapes = {
            name: {key: part for key, part in shape.items() if key != "description"}
            for name, shape in shapes.items()
        }
        schema["components"] = {
            "schemas": {**shapes, "Problem": PROBLEM},
            "responses": {name: _response(name) for name in (BAD_PARAMETER, "not-found", LIMIT)},
        }
        for path, operations in schema["paths"].items():
            operations["get"] = _operation(operations["get"], "{" in path)
        return _translated(schema)


def _response(name: str) -> dict[str, Any]:
    status, title, _usual = KINDS[name]
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    response: dict[str, Any] = {"description": str(title), "content": content}
    if status == 429:
        response["headers"] = {
            "Retry-After": {"schema": {"type": "integer"}, "description": _("Seconds to wait.")}
        }
    return response


def _operation(operation: dict[str, Any], of_one: bool) -> dict[str, Any]:
    """An operation with the answers and headers that all of them have."""
    errors = {"400": BAD_PARAMETER, **({"404": "not-found"} if of_one else {}), "429": LIMIT}
    found = {**operation["responses"][200], "headers": HEADERS, "description": _("What was asked")}
    return {
        **operation,
        "parameters": [
            {**parameter, "schema": plain(parameter["schema"])}
            for parameter in operation["parameters"]
        ],
        "responses": {
            "200": found,
            "304": {"description": _("Nothing has changed since the ETag of If-None-Match")},
            **{
                status: {"$ref": f"#/components/responses/{name}"}
                for status, name in errors.items()
            },
        },
    }


def _translated(part: Any, of_names: bool = False) -> Any:
    """A part of the schema with its words in the active language and pydantic's titles left out.

    Under `properties` the keys are names of fields and not words of the schema.
    """
    if isinstance(part, list):
        return [_translated(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        key: gettext(value)
        if key in IN_WORDS and isinstance(value, str) and not of_names
        else _translated(value, of_names=key == "properties" and not of_names)
        for key, value in part.items()
        if of_names or key != "title" or "version" in part
    }

"""The parameters that all addresses of the API know, and what is said of wrong ones."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema
from pydantic import BeforeValidator, ValidationError, ValidationInfo, model_validator

from .problems import WrongParameters, wrong

MOST = 500


def _spelled(pattern: str) -> BeforeValidator:
    """Only values that look like this: numbers and days have other spellings in Python."""

    def check(value):
        if isinstance(value, str) and not re.fullmatch(pattern, value, re.ASCII):
            raise ValueError(value)
        return value

    return BeforeValidator(check)


Whole = Annotated[int, _spelled(r"\d{1,9}")]
Day = Annotated[date, _spelled(r"\d{4}-\d\d-\d\d")]


class Parameters(Schema):
    """What every address knows. One that it does not know, or that comes twice, is an error."""

    language: Literal["fi", "sv", "en"] = Field(
        "fi", description=_("The language of sentences, page addresses and errors.")
    )

    @classmethod
    def knows(cls, name: str) -> bool:
        """Whether there is such a parameter; more than the fields where the data names some."""
        return name in cls.model_fields

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, data, handler, info: ValidationInfo):
        """Raise WrongParameters for all that is wrong at once, each with what was expected."""
        given = info.context["request"].GET
        errors = [
            wrong(name, values[0], gettext("There is no such parameter here."))
            if not cls.knows(name)
            else wrong(name, values[1], gettext("Give it once."))
            for name, values in given.lists()
            if not cls.knows(name) or len(values) > 1
        ]
        try:
            parameters = handler(data)
        except ValidationError as error:
            shapes = cls.model_json_schema()["properties"]
            names = [str(one["loc"][0]) for one in error.errors()]
            errors += [wrong(name, given[name], expected(shapes[name])) for name in names]
        if errors:
            raise WrongParameters(errors)
        return parameters


class Paged(Parameters):
    """What every list knows."""

    page: Whole = Field(1, ge=1, description=_("Which page of the list, from 1."))
    limit: Whole = Field(50, ge=1, le=MOST, description=_("How many things on a page."))


def plain(shape: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema of a parameter without the null that stands for its absence."""
    options = [one for one in shape.get("anyOf", []) if one.get("type") != "null"]
    if not options:
        return shape
    return {**{key: shape[key] for key in shape if key not in ("anyOf", "default")}, **options[0]}


def expected(shape: dict[str, Any]) -> str:
    """In words, what a value of this JSON Schema looks like."""
    shape = plain(shape)
    if "enum" in shape:
        return gettext("One of these: %(values)s.") % {"values": ", ".join(shape["enum"])}
    if shape.get("format") == "date":
        return gettext("A day, such as 2025-06-01.")
    if shape.get("type") == "boolean":
        return gettext("One of these: %(values)s.") % {"values": "true, false"}
    if "maximum" in shape:
        return gettext("A whole number from %(least)s to %(most)s.") % {
            "least": shape["minimum"],
            "most": shape["maximum"],
        }
    if shape.get("type") == "integer":
        return gettext("A whole number, at least %(least)s.") % {"least": shape["minimum"]}
    return gettext("A text of at most %(most)s characters.") % {"most": shape.get("maxLength", 100)}

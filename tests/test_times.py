"""Times in pages are as HTML wants them, and a moment's day is its day in Helsinki."""

import ast

import pytest
from django.apps import apps
from django.db.models import DateTimeField

from portal.settings import BASE_DIR

PACKAGES = ("portal", "law", "monitoring", "partnership", "content", "search")
NO_DAY = ("%Y-%m-%dT%H:%M:%SZ",)  # a moment, written in UTC


def test_no_template_writes_microseconds():
    found = [
        str(path)
        for path in (BASE_DIR / "templates").rglob("*.html")
        if "date:'c'" in (text := path.read_text()) or 'date:"c"' in text
    ]

    assert found == []


def moments() -> set[str]:
    """The names of fields that hold a moment, of all models of ours."""
    return {
        field.name
        for model in apps.get_models()
        if model.__module__.startswith(PACKAGES)
        for field in model._meta.get_fields()
        if isinstance(field, DateTimeField)
    }


def of_utc(tree: ast.AST, names: set[str]):
    """The lines where the day of a moment is taken as it is kept, which is in UTC."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called == "date" and is_moment(getattr(node.func, "value", None), names):
                yield node.lineno
            if called == "date_format" and node.args and is_moment(node.args[0], names):
                yield node.lineno
        elif isinstance(node, ast.FormattedValue) and is_moment(node.value, names):
            spec = node.format_spec
            written = "".join(part.value for part in spec.values) if spec else ""
            if "%" in written and written not in NO_DAY:
                yield node.lineno


def is_moment(node: ast.AST | None, names: set[str]) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in names


def test_the_day_of_a_moment_is_its_day_in_helsinki():
    names = moments() | {"updated", "released"}
    found = [
        f"{path.relative_to(BASE_DIR)}:{line}"
        for package in PACKAGES
        for path in (BASE_DIR / package).rglob("*.py")
        if "migrations" not in path.parts
        for line in of_utc(ast.parse(path.read_text()), names)
    ]

    assert found == []


@pytest.mark.parametrize(
    "code", ["row.asked_at.date()", "date_format(row.asked_at)", "f'{row.asked_at:%d.%m.}'"]
)
def test_a_day_of_utc_is_found(code):
    assert list(of_utc(ast.parse(code), {"asked_at"})) == [1]
    assert not list(of_utc(ast.parse(code.replace("row.asked_at", "localtime(at)")), {"asked_at"}))

"""What the rows of an act were before something was done to them, so that it can be undone."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from .models import Act, Amendment, AmendmentEffect, Chapter, Section, SectionVersion

Rows = dict[tuple[str, int], dict[str, Any]]
MODELS: dict[str, type[Model]] = {
    model._meta.model_name or "": model
    for model in (Act, Amendment, Chapter, Section, SectionVersion, AmendmentEffect)
}


def _of(act: Act) -> Iterator[QuerySet]:
    """The rows of the act, each after those that it refers to."""
    yield Act.objects.filter(pk=act.pk)
    for manager in (act.amendments, act.chapters, act.sections):
        yield manager.all()
    for model in (SectionVersion, AmendmentEffect):
        yield model._default_manager.filter(section__act=act)


def take(act: Act) -> Rows:
    """All rows of the act as plain values: as many queries as there are models."""
    return {
        (str(row._meta.model_name), row.pk): {
            field.attname: _plain(getattr(row, field.attname))
            for field in row._meta.concrete_fields
        }
        for rows in _of(act)
        for row in rows.order_by("pk")
    }


def difference(before: Rows, after: Rows) -> dict[str, list]:
    """What leads back from `after` to `before`, as a JSONField keeps it: rows that were changed or
    removed as they were, and the keys of those that were added.
    """
    return {
        "was": [
            [name, fields]
            for (name, pk), fields in before.items()
            if fields != after.get((name, pk))
        ],
        "added": [list(key) for key in after if key not in before],
    }


def restore(kept: dict[str, list]) -> None:
    """Lead the rows back: what was added goes, the last first, and the rest is as it was."""
    for name, pk in reversed(kept["added"]):
        for row in MODELS[name]._default_manager.filter(pk=pk):
            row.delete()
    for name, fields in kept["was"]:
        model = MODELS[name]
        model(
            **{
                field.attname: field.to_python(fields[field.attname])
                for field in model._meta.concrete_fields
            }
        ).save()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value

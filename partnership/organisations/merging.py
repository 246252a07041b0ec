"""What of an organisation is in which table, and how two rows of it become one.

Every column of any room that names an organisation is found by its model, so a new one is moved
without being listed anywhere. Where two rows would collide, because both organisations are on the
same thing, the room says beforehand how they become one: its resource `can` an `OrganisationMerge`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Field, ManyToOneRel, Model, QuerySet
from django.utils.text import capfirst

from .models import Organisation


@dataclass(frozen=True)
class OrganisationMerge:
    """What a room does before two organisations become one: `settle(kept, gone)` makes room for
    the rows of `gone` that would stand beside one of `kept`, in the caller's transaction.
    """

    settle: Callable[[Organisation, Organisation], None]


@dataclass(frozen=True)
class Moving:
    """How many rows of a kind go over."""

    label: str
    number: int


def columns(model: type[Model] = Organisation) -> list[Field]:
    """Every column of any model that refers to a row of the model, the hidden ones too."""
    return [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel)
    ]


def rows_of(field: Field, row: Model) -> QuerySet:
    """The rows that refer to this one by that column."""
    return field.model._base_manager.filter(**{field.name: row})


def move_all(gone: Model, kept: Model) -> None:
    """Let everything that refers to `gone` refer to `kept`, row by row, so that search and caches
    hear of it. IntegrityError where a row would stand beside one that is there.
    """
    for field in columns(type(gone)):
        rows = rows_of(field, gone)
        if field.model._meta.auto_created:
            _move_pairs(field, rows, kept)
            continue
        for row in rows:
            setattr(row, field.name, kept)
            row.save(update_fields=[field.name])


def moving(gone: Organisation) -> Iterator[Moving]:
    """What would go over to another organisation, one line a kind."""
    for field in columns():
        if field.model._meta.auto_created:
            continue
        number = rows_of(field, gone).count()
        if number:
            yield Moving(str(capfirst(field.model._meta.verbose_name_plural)), number)


def _move_pairs(field: Field, rows: QuerySet, kept: Model) -> None:
    """The pairs of a many-to-many relation, once each."""
    column = next(
        each.attname
        for each in field.model._meta.concrete_fields
        if each.is_relation and each.name != field.name
    )
    there = field.model._base_manager.filter(**{field.name: kept}).values_list(column, flat=True)
    rows.filter(**{f"{column}__in": list(there)}).delete()
    rows.update(**{field.name: kept})

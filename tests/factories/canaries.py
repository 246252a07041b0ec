"""Rows of any model, with words in them that are found again: what a person leaves behind."""

import itertools
import uuid
from functools import partial

from django.core.files.base import ContentFile
from django.db import connection, models
from django.utils import timezone

from portal.personal import Held
from tests.factories.partnership import PeriodFactory

NUMBERS = itertools.count(1)
# What has constraints that its fields do not tell of.
FACTORIES = {"organisations.Period": PeriodFactory}


def canary() -> str:
    return f"knr{next(NUMBERS):05d}x"


def plant(held: Held, name: str, person, address: str) -> tuple[models.Model, set[str], set[str]]:
    """A row of what is held, led to the person by one of its fields.

    With it the words that the export has to show, and those of them that may stay after.
    """
    shown: set[str] = set()
    stay: set[str] = set()

    def word(field) -> str | None:
        if held.stays and field.name not in (*held.clears, *held.words):
            return None
        if field.name in held.hides or field.name in held.by:
            return None
        found = canary()
        shown.add(found)
        if held.stays and field.name in held.words:
            stay.add(found)
        return found

    field = held.model._meta.get_field(name)
    value = person if field.is_relation else address
    return row(held.model, word, **{name: value}), shown, stay


def row(model, word=lambda field: None, **given) -> models.Model:
    """A saved row with what the database asks for; `word(field)` fills its texts."""
    values, many = {}, {}
    for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many):
        if field.generated:
            continue
        if isinstance(field, models.ManyToManyField):
            if field.name in given:
                many[field.name] = [given[field.name]]
        elif field.name in given:
            values[field.name] = given[field.name]
        elif (value := _value(field, word)) is not None:
            values[field.name] = value
    [made] = model._base_manager.bulk_create([model(**values)])
    for name, rows in many.items():
        getattr(made, name).set(rows)
    return made


def _value(field, word):
    if field.primary_key:
        return uuid.uuid4() if isinstance(field, models.UUIDField) else None
    if field.is_relation:
        return None if field.null else _related(field)
    if isinstance(field, models.FileField):
        found = word(field)
        return field.storage.save(f"{found}.txt", ContentFile(found.encode())) if found else None
    text = isinstance(field, models.CharField | models.TextField | models.JSONField)
    if text and not field.choices and (found := word(field)):
        return f"{found}@example.org" if isinstance(field, models.EmailField) else found
    if field.null or field.has_default():
        return None
    return _plain(field)


def _related(field):
    model = field.remote_field.model
    unique = field.unique or field.name in [one.fields[0] for one in _unique(field.model)]
    make = FACTORIES.get(model._meta.label, partial(row, model))
    return (None if unique else model._base_manager.first()) or make()


def _unique(model):
    kind = models.UniqueConstraint
    return [one for one in model._meta.constraints if isinstance(one, kind) and one.fields]


def _plain(field):
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return timezone.localdate()
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, models.EmailField):
        return f"somebody{next(NUMBERS)}@example.org"
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.CharField | models.TextField):
        return f"r{next(NUMBERS) % 10_000}"
    if isinstance(field, models.BinaryField):
        return b""
    if isinstance(field, models.BooleanField):
        return False
    return next(NUMBERS)


def tables_with(words) -> dict[str, set[str]]:
    """The tables of the database that have any of the words in any column, and which."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            text = str(cursor.fetchall()).casefold()
            if there := {word for word in words if word.casefold() in text}:
                found[table] = there
    return found

"""What an organisation owns, as a file that it takes with it and that another portal reads.

Rooms say which of their tables are an organisation's:

    Owned(Table(Commitment, lambda organisation: …), leaves={Ask: "…"})

The file is a zip with a manifest, each table as JSON and as CSV, and files. The same rows give the
same bytes. docs/organisation-file.md is the format; `importing` reads it.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from wagtail.images import get_image_model

from law.models import Section
from monitoring.indicators.models import Indicator
from portal import sheets
from portal.places.models import Area
from portal.resources import having
from portal.topics.models import Topic

from .models import Organisation, Period

FORMAT = "portal-organisation"
VERSION = 1
MANIFEST = "manifest.json"
PARTNERS = "partners"
# What is not an organisation's is named by words that mean the same in every portal.
NAMED: dict[type[models.Model], tuple[str, ...]] = {
    Organisation: ("business_id",),
    Area: ("key",),
    Topic: ("key",),
    Period: ("starts",),
    Indicator: ("slug",),
    Section: ("act__number", "act__year", "number"),
}
# What is known of others that are named: enough for a page to say who they are.
OF_PARTNERS = ("business_id", "slug", "kind", "name_fi", "name_sv", "name_en", "email", "example")


@dataclass(frozen=True)
class Table:
    """Rows of one model that are an organisation's; `without` are columns that are not."""

    model: type[models.Model]
    of: Callable[[Organisation], models.QuerySet]
    without: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.model._meta.label_lower

    @property
    def columns(self) -> list[models.Field]:
        """All of the model's fields but those of `without` and the keys to people."""
        meta = self.model._meta
        return [
            column
            for column in (*meta.concrete_fields, *meta.local_many_to_many)
            if column.name not in self.without
            and not column.generated
            and not (column.is_relation and column.related_model is get_user_model())
            and not (self.model is Organisation and column.primary_key)
        ]


class Owned:
    """The capability of a resource with rows that are organisations' own.

    `leaves` says why rows of a model of the room are not in the file.
    """

    def __init__(self, *tables: Table, leaves: Mapping[type[models.Model], str] | None = None):
        self.tables = tables
        self.leaves = leaves or {}


def tables() -> list[Table]:
    """All tables, each after those that its keys lead to."""
    return [table for owned in having(Owned).values() for table in owned.tables]


@dataclass
class Package:
    """What stands in the file: rows by the name of their table, and files by their paths."""

    organisation: str
    rows: dict[str, list[dict[str, Any]]]
    files: dict[str, bytes] = field(default_factory=dict)

    def as_zip(self) -> bytes:
        out = io.BytesIO()
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "organisation": self.organisation,
            "tables": {name: len(rows) for name, rows in self.rows.items()},
        }
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            _add(archive, MANIFEST, _json(manifest))
            for name, rows in self.rows.items():
                _add(archive, f"{name}.json", _json(rows))
                _add(archive, f"{name}.csv", _csv(rows))
            for path, content in sorted(self.files.items()):
                _add(archive, path, content)
        return out.getvalue()


def export(organisation: Organisation) -> Package:
    """All that the organisation owns, in the order of `tables`, each in the order it was entered.

    Nobody's name or address is in it but the organisation's own contact address: people take theirs
    with them (portal.personal).
    """
    package = Package(organisation.business_id, {PARTNERS: []})
    own = {table.model for table in tables()}
    others: set[int] = set()
    for table in tables():
        package.rows[table.name] = [
            {
                column.name: _value(row, column, own, package.files, others)
                for column in table.columns
            }
            for row in table.of(organisation).order_by("pk")
        ]
    rows = Organisation.objects.filter(pk__in=others - {organisation.pk}).order_by("business_id")
    package.rows[PARTNERS] = list(rows.values(*OF_PARTNERS))
    return package


def name_of(row: models.Model) -> str:
    """The words by which a row of NAMED is known: 9000003-5, KU091, 681/2023/14."""
    parts = []
    for way in NAMED[type(row)]:
        value: Any = row
        for step in way.split("__"):
            value = getattr(value, step)
        parts.append(str(value))
    return "/".join(parts)


def _value(row, column, own, files, others) -> Any:
    if isinstance(column, models.ManyToManyField):
        return sorted(name_of(one) for one in getattr(row, column.name).all())
    if isinstance(column, models.FileField):
        return _file(f"{row._meta.label_lower}-{row.pk}", getattr(row, column.name), files)
    if not column.is_relation:
        value = column.value_from_object(row)
        plain = value is None or isinstance(value, bool | int | list | dict)
        return value if plain else column.value_to_string(row)
    related = getattr(row, column.name)
    if related is None:
        return None
    if isinstance(related, get_image_model()):
        return _file("logo", related.file, files)
    if isinstance(related, Organisation):
        others.add(related.pk)
    return name_of(related) if type(related) in NAMED else _key(related, own)


def _key(related: models.Model, own: set) -> Any:
    if type(related) not in own:
        raise LookupError(f"{related._meta.label} is neither owned nor NAMED.")
    return related.pk


def _file(name: str, stored, files: dict[str, bytes]) -> str | None:
    if not stored:
        return None
    path = f"files/{name}.{stored.name.rpartition('.')[2]}"
    with stored.storage.open(stored.name) as opened:
        files[path] = opened.read()
    return path


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = sheets.Writer(out)
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    """A value as a spreadsheet shows it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return value


def _add(archive: zipfile.ZipFile, path: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def models_of_the_partnership() -> Iterator[type[models.Model]]:
    """Every model that an Owned either has a table of or says why it leaves it."""
    for owned in having(Owned).values():
        yield from (table.model for table in owned.tables)
        yield from owned.leaves

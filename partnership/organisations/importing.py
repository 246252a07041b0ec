"""Reading the file of `owned` into another portal: all of it, or nothing and a list of faults."""

import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management.color import no_style
from django.db import IntegrityError, connection, models, transaction
from wagtail.images import get_image_model
from wagtail.models import Collection

from portal.media import pictures

from .logos import FORMATS
from .models import Organisation
from .owned import FORMAT, MANIFEST, NAMED, OF_PARTNERS, PARTNERS, VERSION, Table, name_of, tables
from .services.profiles import LOGOS

LARGEST = 200 * 1024 * 1024  # bytes of all that is in the file, unpacked


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place of the file; rows are counted from 1."""

    table: str
    row: int
    column: str
    value: Any
    expected: str

    def __str__(self):
        return f"{self.table} row {self.row}, {self.column}: {self.value!r}; {self.expected}"


class Refused(Exception):
    """Nothing was imported; `faults` says why."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))


class _Reading:
    """One file on its way in."""

    def __init__(self, archive: zipfile.ZipFile):
        self.archive = archive
        self.faults: list[Fault] = []
        self.names = set(archive.namelist())
        self.keys: dict[type[models.Model], set[Any]] = {}
        self.known: dict[type[models.Model], dict[str, models.Model]] = {}

    def fault(self, table: str, row: int, column: str, value: Any, expected: str) -> None:
        self.faults.append(Fault(table, row, column, value, expected))

    def json(self, path: str) -> Any:
        try:
            return json.loads(self.archive.read(path))
        except (KeyError, ValueError, zipfile.BadZipFile) as error:
            raise Refused([Fault(path, 0, "", "", "a table in JSON")]) from error

    def rows(self, name: str, columns: set[str]) -> list[dict[str, Any]]:
        """The rows of a table that have the columns that they should have, and no others."""
        rows = self.json(f"{name}.json")
        if not isinstance(rows, list):
            raise Refused([Fault(name, 0, "", "", "a list of rows")])
        for number, row in enumerate(rows, 1):
            has = set(row) if isinstance(row, dict) else set()
            for column in sorted(columns ^ has):
                word = "a column that is missing" if column in columns else "no such column"
                self.fault(name, number, column, "", word)
        if self.faults:
            raise Refused(self.faults)
        return rows

    def named(self, model: type[models.Model]) -> dict[str, models.Model]:
        if model not in self.known:
            ways = {way.split("__")[0] for way in NAMED[model] if "__" in way}
            rows = model._base_manager.select_related(*ways)
            self.known[model] = {name_of(row): row for row in rows}
        return self.known[model]


@transaction.atomic
def load(file: Path | BinaryIO) -> Organisation:
    """Import the organisation in the file. Refused, and nothing is imported, when it has a fault:

    not the format, a column too many or too few, a value that the field does not take, a name that
    this portal does not know, a key that is taken, or an organisation that is here already.
    Partners that are not here are entered by name alone, without a membership: nobody sees them.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError) as error:
        raise Refused([Fault("", 0, "", str(file), "a zip file")]) from error
    with archive:
        if sum(info.file_size for info in archive.infolist()) > LARGEST:
            raise Refused([Fault("", 0, "", "", f"at most {LARGEST} bytes unpacked")])
        return _load(_Reading(archive))


def _load(reading: _Reading) -> Organisation:
    manifest = reading.json(MANIFEST)
    said = manifest.get("format"), manifest.get("version")
    if said != (FORMAT, VERSION):
        raise Refused([Fault(MANIFEST, 0, "format", said, f"{FORMAT}, version {VERSION}")])
    _partners(reading)
    try:
        with transaction.atomic():
            for table in tables():
                _table(reading, table)
    except IntegrityError as error:
        reading.fault("", 0, "", str(error).splitlines()[0], "rows that fit together")
        raise Refused(reading.faults) from error
    except (TypeError, AttributeError) as error:
        raise Refused([Fault("", 0, "", str(error), "values of the right kind")]) from error
    _go_on_counting()
    return Organisation.objects.get(business_id=manifest["organisation"])


def _partners(reading: _Reading) -> None:
    known = reading.named(Organisation)
    for row in reading.rows(PARTNERS, set(OF_PARTNERS)):
        if row["business_id"] not in known:
            made = Organisation(**row)
            made.save()
            known[made.business_id] = made


def _table(reading: _Reading, table: Table) -> None:
    columns = table.columns
    rows = reading.rows(table.name, {column.name for column in columns})
    taken = set(table.model._base_manager.values_list("pk", flat=True))
    reading.keys[table.model] = {row.get("id") for row in rows}
    made = []
    for number, row in enumerate(rows, 1):
        values: dict[str, Any] = {}
        many: dict[str, Any] = {}
        for column in columns:
            value = _read(reading, table, number, column, row[column.name])
            (many if isinstance(column, models.ManyToManyField) else values)[column.name] = value
        if values.get("id") in taken:
            reading.fault(table.name, number, "id", values["id"], "a number that is free here")
        if table.model is Organisation:
            _is_new(reading, table, number, values)
        made.append((values, many))
    if reading.faults:
        raise Refused(reading.faults)
    for values, many in made:
        _save(reading, table, values, many)


def _is_new(reading, table, number, values) -> None:
    known = reading.named(Organisation).get(values["business_id"])
    if known is not None and not _is_a_shell(known):
        reading.fault(
            table.name, number, "business_id", values["business_id"], "an organisation not here yet"
        )
    elif Organisation.objects.filter(slug=values["slug"]).exclude(pk=known and known.pk).exists():
        reading.fault(table.name, number, "slug", values["slug"], "an address that is free here")


def _is_a_shell(organisation: Organisation) -> bool:
    """Whether it was entered by name alone, as a partner of another."""
    return not (organisation.memberships.exists() or organisation.representatives.exists())


def _save(reading, table, values, many) -> None:
    stored = {
        name: values.pop(name) for name in list(values) if isinstance(values[name], ContentFile)
    }
    row = table.model(**values)
    if table.model is Organisation and row.business_id in reading.named(Organisation):
        row.pk = reading.named(Organisation)[row.business_id].pk
    for name, content in stored.items():
        getattr(row, name).save(content.name, content, save=False)
    # Raw: the days on which it was entered and changed come from the file.
    row.save_base(raw=True)
    for name, related in many.items():
        getattr(row, name).set(related)
    if table.model in NAMED:
        reading.named(table.model)[name_of(row)] = row


def _read(reading, table, number, column, value) -> Any:
    """The value of a column, or a fault and None."""

    def fault(expected):
        reading.fault(table.name, number, column.name, value, expected)

    if isinstance(column, models.ManyToManyField):
        known = reading.named(column.related_model)
        for name in value:
            if name not in known:
                fault(f"a known {column.related_model._meta.verbose_name}")
        return [known[name] for name in value if name in known]
    if column.is_relation and value is not None:
        return _related(reading, table, number, column, value)
    if isinstance(column, models.FileField):
        return _content(reading, value) if value else ""
    if column.choices and value and value not in dict(column.flatchoices):
        return fault("one of " + ", ".join(str(key) for key, _word in column.flatchoices))
    if value is None or column.primary_key:
        return value
    try:
        if column.blank and value in ("", [], {}):
            return value
        return column.clean(value, None)
    except ValidationError as error:
        return fault(" ".join(error.messages))


def _related(reading, table, number, column, value) -> Any:
    model = column.related_model
    if model is get_image_model():
        return _logo(reading, value)
    if model in NAMED:
        if value not in reading.named(model):
            reading.fault(
                table.name, number, column.name, value, f"a known {model._meta.verbose_name}"
            )
        return reading.named(model).get(value)
    if value not in reading.keys.get(model, set()):
        reading.fault(
            table.name, number, column.name, value, f"the id of a row of {model._meta.label_lower}"
        )
        return None
    return model(pk=value)


def _content(reading, path: str) -> ContentFile:
    if path not in reading.names:
        raise Refused([Fault(path, 0, "", path, "a file beside the tables")])
    return ContentFile(reading.archive.read(path), name=path.rpartition("/")[2])


def _logo(reading, path: str) -> Any:
    content = _content(reading, path)
    try:
        with pictures.opened(content, FORMATS):
            content.seek(0)
    except ValidationError as error:
        raise Refused([Fault(path, 0, "", path, " ".join(error.messages))]) from error
    collection = Collection.objects.filter(name=LOGOS).first()
    collection = collection or Collection.get_first_root_node().add_child(name=LOGOS)
    return get_image_model().objects.create(title=path, file=content, collection=collection)


def _go_on_counting() -> None:
    """New rows are numbered after those that came with their numbers (PostgreSQL)."""
    made = [table.model for table in tables()]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), made):
            cursor.execute(statement)

import json
import zipfile
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from portal.accounts.leaving import person_at
from portal.personal import export


class Command(BaseCommand):
    """Give out all that the portal holds of a person, on their request (GDPR, article 15).

    For an account, or for an address without one. JSON on standard output, or in the file of
    `--output`; when that ends in .zip, with the person's own files beside. An error when nothing
    is known.
    """

    help = "Export all that the portal holds of a person, by their e-mail address."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--output", type=Path, help="a file that ends in .json or .zip")

    def handle(self, *, email, output, **options):
        document = export(person_at(email))
        if not document["held"]:
            raise CommandError("Nothing is held of this address.")
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        if output is None:
            self.stdout.write(text, ending="")
        elif output.suffix == ".zip":
            _write_zip(output, document, text)
        else:
            output.write_text(text)


def _write_zip(output: Path, document: dict, text: str) -> None:
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("person.json", text)
        for name in _files(document):
            if default_storage.exists(name):
                with default_storage.open(name) as file:
                    archive.writestr(f"files/{name}", file.read())


def _files(document: dict) -> set[str]:
    rows = [row for held in document["held"] if not held["stays"] for row in held["rows"]]
    return {row[name] for row in rows for name in ("file", "avatar") if row.get(name)}

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.errors import BrokenFileError
from portal.law import reading, services
from portal.running.progress import Step


class Command(BaseCommand):
    """Take in acts from files: chapters, sections, their headings and status.

    All files or none: a broken one changes nothing, and the command says which file, where in it
    and what, and ends with status 1. Says “nothing changed” when nothing has.
    """

    help = "Load acts from files, or the Integration Act that comes with the portal."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="*", type=Path, default=[reading.SHIPPED])

    def handle(self, file, **options):
        try:
            acts = [reading.read(one) for one in file]
        except BrokenFileError as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        outcomes = []
        with transaction.atomic():
            for rows in acts:
                name = f"Act {rows.number}/{rows.year}"
                with Step(self.stdout, name) as progress:
                    outcomes.append((name, services.take_in(rows, progress)))
        for name, changes in outcomes:
            self.stdout.write(f"{name}: {changes}.")

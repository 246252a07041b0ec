from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from wagtail.log_actions import log

from partnership.organisations.importing import Refused, load


class Command(BaseCommand):
    """Import an organisation from the file of export_organisation: all of it, or nothing.

    An error names each fault by table, row, column, value and what was expected. The organisation
    comes without people: invite its first owner in /cms/.
    """

    help = "Import an organisation from a zip file that a portal has exported."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        try:
            organisation = load(file)
        except Refused as refused:
            raise CommandError(f"Nothing was imported.\n{refused}") from refused
        log(organisation, "organisations.import")
        self.stdout.write(f"Imported: {organisation}")

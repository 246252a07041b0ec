from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.errors import BrokenFileError
from portal.places import reading, services
from portal.progress import Step


class Command(BaseCommand):
    """Take in regions, employment areas, municipalities, counties and centres from a folder.

    Files that are broken or disagree change nothing: the command says which file, where and what,
    and ends with status 1. Says “nothing changed” when nothing has.
    """

    help = "Load places from the files that come with the portal, or from a folder like theirs."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=reading.DATA)

    def handle(self, folder, **options):
        try:
            places = reading.read(folder)
        except BrokenFileError as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        with Step(self.stdout, "Places") as progress:
            changes = services.import_places(places, progress)
        self.stdout.write(f"Places: {changes}.")

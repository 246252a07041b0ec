from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from monitoring.datasets import services
from monitoring.datasets.models import Dataset
from portal.progress import Step


class Command(BaseCommand):
    """Check a file of a dataset and keep what it would change, to be proposed in /cms/.

    The file is read as a stream, whole or not at all. Prints each problem as row, column, value and
    what was expected, and ends with status 1 when there is any. Nothing is released by it: one
    person proposes the release, and another approves it.
    """

    help = "Bring a CSV file of a dataset, or say what is wrong with it."

    def add_arguments(self, parser):
        parser.add_argument("dataset", help="the dataset, by the last part of its address")
        parser.add_argument("file", type=Path, help="the file, as docs/monitoring.md describes")

    def handle(self, *, dataset, file, **options):
        found = Dataset.objects.filter(slug=dataset).first()
        if found is None:
            known = ", ".join(Dataset.objects.values_list("slug", flat=True))
            raise CommandError(f"{dataset}: no such dataset. There are: {known or 'none'}.")
        try:
            with file.open("rb") as stream, Step(self.stdout, "Values") as progress:
                release = services.bring(found, stream, file.name, progress=progress)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except services.Refused as refusal:
            for row, column, value, expected in refusal.errors.shown:
                self.stderr.write(f"row {row}\t{column}\t{value}\t{expected}")
            if refusal.errors.more:
                self.stderr.write(f"and {refusal.errors.more} more")
            raise CommandError(f"{refusal.errors.total} problems; nothing was kept.") from refusal
        except services.NothingChanges:
            self.stdout.write("Nothing changes: every value is in force already.")
            return
        except services.AnotherIsOpen as other:
            raise CommandError(f"Finish or drop first: {other.release}.") from other
        for warning in release.warnings:
            self.stdout.write("row {row}\t{column}\t{value}\t{words}".format(**warning))
        self.stdout.write(
            f"new {release.new}, changed {release.changed}, unchanged {release.unchanged}; "
            f"hidden {release.small} and {release.others} more. Propose release {release.pk}."
        )

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from monitoring.indicators import validation
from monitoring.indicators.services import FileRefusedError, earlier_release, import_file
from portal.progress import Step


class Command(BaseCommand):
    """Import a file of values (docs/monitoring.md), all of it or nothing.

    Prints each problem as row, column, value and what was expected, and ends with status 1 when
    there is any; prints what was new, changed and unchanged otherwise. `--dry-run` only checks.
    """

    help = "Import a CSV file of indicator values, or say what is wrong with it."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the file, as docs/monitoring.md describes")
        parser.add_argument("--dry-run", action="store_true", help="check the file, write nothing")
        parser.add_argument("--note", default="", help="a note that is kept with the release")
        parser.add_argument("--source-url", default="", help="where the file comes from")

    def handle(self, *, file, dry_run, note, source_url, **options):
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        if dry_run:
            report = validation.check(content)
            if not report.importable:
                self.refuse(report)
            self.tell(report.warnings, len(report.new), len(report.changed), report.unchanged)
            return
        try:
            with Step(self.stdout, "Values") as progress:
                release = import_file(
                    content, file.name, note=note, source_url=source_url, progress=progress
                )
        except FileRefusedError as refusal:
            self.refuse(refusal.report)
        if release is None:
            earlier = earlier_release(validation.checksum(content))
            known = f" It was imported as release {earlier.pk}." if earlier else ""
            self.stdout.write(f"Nothing changes: every value is there already.{known}")
            return
        warnings = [validation.RowWarning(**warning) for warning in release.warnings]
        self.tell(warnings, release.new, release.changed, release.unchanged)

    def refuse(self, report):
        for row, column, value, expected in report.errors.shown:
            self.stderr.write(f"row {row}\t{column}\t{value}\t{expected}")
        if report.errors.more:
            self.stderr.write(f"and {report.errors.more} more")
        raise CommandError(f"{report.errors.total} problems; nothing was written.")

    def tell(self, warnings, new, changed, unchanged):
        for row, column, value, words in warnings:
            self.stdout.write(f"row {row}\t{column}\t{value}\t{words}")
        self.stdout.write(f"new {new}, changed {changed}, unchanged {unchanged}")

from contextlib import ExitStack
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from law import incoming, parsers, services
from law.parsers import akoma_ntoso
from law.parsers.parsed import REFERENCE, AmendingRows
from portal.days import written_day
from portal.errors import BrokenFileError
from portal.progress import Step


class Command(BaseCommand):
    """Take in acts and amending acts from files, in the order given.

    A file is our own JSON (docs/law-format.md), or Finlex's Akoma Ntoso or the statute collection's
    XML, which have one language a file. Of an act in Akoma Ntoso the consolidated versions give the
    words: give each with the one before it, and with the amending acts between them. All files or
    none: a broken one changes nothing, and the command says which file, where in it and what, and
    ends with status 1. Says “nothing changed” when nothing has, and how many work lists a new
    amending act opened, with how many things to check. With --propose the amending acts of the
    files wait for a lawyer's decision in /cms/, and the law stays as it is.
    """

    help = "Load acts and amending acts from files, or the Act that comes with the portal."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="*", type=Path, default=[parsers.SHIPPED])
        parser.add_argument(
            "--propose",
            action="store_true",
            help="Let amending acts wait for a lawyer's decision in /cms/ instead.",
        )
        for option, what in (("given-on", "was given"), ("in-force-from", "came into force")):
            parser.add_argument(
                f"--{option}",
                action="append",
                default=[],
                metavar="ACT=DAY",
                help=f"When an amending act {what} whose file does not say it: 322/2024=2025-01-01",
            )

    def handle(self, file, given_on, in_force_from, propose, **options):
        days = self._days("given_on", given_on, {})
        days = self._days("in_force_from", in_force_from, days)
        try:
            files = akoma_ntoso.together([parsers.read(one) for one in file])
            if propose:
                self._propose(files)
                return
            with ExitStack() as steps:

                def progress_of(title):
                    steps.close()
                    return steps.enter_context(Step(self.stdout, title))

                result = services.import_files(files, days, progress_of)
        except BrokenFileError as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        for title, changes in result.files:
            self.stdout.write(f"{title}: {changes}.")
        if result.lists:
            self.stdout.write(
                f"Work lists opened: {result.lists}, with {result.reviews} checks"
                " (/cms/law-changes/)."
            )

    def _propose(self, files):
        """Let the amending acts wait; raises CommandError for a file that is none."""
        for rows in files:
            if not isinstance(rows, AmendingRows):
                raise CommandError("Only amending acts wait for a decision: import the act itself")
        for one in incoming.propose(files):
            self.stdout.write(f"{one}: waits for a decision (/cms/law-incoming/{one.pk}/).")

    def _days(self, name, options, days):
        """What the options say, by act; raises CommandError for what cannot be read."""
        for option in options:
            act, _equals, day = option.partition("=")
            if not REFERENCE.fullmatch(act):
                raise CommandError(f"“{option}” does not begin with an act such as 322/2024=")
            try:
                days.setdefault(act, {})[name] = written_day(day)
            except ValueError as error:
                raise CommandError(f"“{option}” has no day such as 2025-01-31") from error
        return days

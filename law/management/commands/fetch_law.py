import time
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from law.finlex import fetching, first_run, reading, watching
from law.finlex.client import Finlex
from law.models import FetchedStatute, SectionVersion
from law.parsers.parsed import REFERENCE
from portal.outbound import CouldNotFetchError

PATIENCE = timedelta(seconds=10)
SUCCESSFUL = TaskResultStatus.SUCCESSFUL
ENDED = (SUCCESSFUL, TaskResultStatus.FAILED)


class Command(BaseCommand):
    """Fetch acts from Finlex: as they were given, and every consolidated version, in two languages.

    Without acts, those of FINLEX_ACTS and the decrees given under them. One request a second; what
    has come already is not fetched again, and the rest comes when the command is given again. An
    act that the portal does not have is imported; amendments wait in /cms/ for a lawyer. Says what
    is new, and ends with status 1 when something could not be had. With --dry-run the files are
    kept and nothing else is changed. With --in-worker the worker does it (`make law`), and the
    command tells how far it is.
    """

    help = "Fetch acts, decrees and their amendments from Finlex's open data (FINLEX_URL)."

    def add_arguments(self, parser):
        parser.add_argument("act", nargs="*", help="such as 681/2023")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument("--in-worker", action="store_true", help="leave it to the worker")
        parser.add_argument("--contact", default="", help="an e-mail address, for FINLEX_CONTACT")

    def handle(self, act, dry_run, in_worker, contact, **options):
        if in_worker:
            self._in_worker(contact or settings.FINLEX_CONTACT)
            return
        if not (settings.FINLEX_URL and settings.FINLEX_CONTACT):
            raise CommandError("Set FINLEX_URL and FINLEX_CONTACT first (.env.example).")
        self.finlex = Finlex(watching.FIRST_RUN)
        self.problems = 0
        wanted = [self._act(one) for one in act] or watching.acts()
        done = set()
        while wanted:
            number, year = wanted.pop(0)
            if (number, year) not in done:
                done.add((number, year))
                self.stdout.write(f"{number}/{year}:")
                decrees = self._try(number, year) if dry_run else self._visit(number, year)
                wanted += decrees
        self.stdout.write(f"{self.finlex.outbound.count} requests were made.")
        if self.problems:
            raise CommandError(f"{self.problems} could not be had or read; see above.")

    def _in_worker(self, contact):
        """Leave the watched acts to the worker, and tell what it does until it has done it."""
        if not contact:
            raise CommandError("Finlex wants to know whom to write to: say it with --contact.")
        began, known, worded, warned = timezone.now(), set(), False, False
        first_run.begin(contact)
        jobs = DBTaskResult.objects.filter(task_path=first_run.fetch.module_path)
        told = set(jobs.finished().values_list("pk", flat=True))
        real = SectionVersion.objects.filter(section__act__example=False)
        while True:
            waiting = jobs.exclude(pk__in=told).order_by("enqueued_at")
            ended = [one for one in waiting if one.status in ENDED]
            for file in FetchedStatute.objects.filter(fetched_at__gte=began).exclude(pk__in=known):
                known.add(file.pk)
                self.stdout.write(f"{self._seconds(began)} {file.address}")
            if not worded and known and real.exists():
                worded = True
                self.stdout.write(
                    f"{self._seconds(began)} the first words are here: {self._page()}"
                )
            for job in ended:
                told.add(job.pk)
                for line in job.return_value if job.status == SUCCESSFUL else ["! it failed"]:
                    self.stdout.write(f"{self._seconds(began)}   {line}")
            if not ended and not waiting:
                break
            if not warned and not known and timezone.now() - began > PATIENCE:
                warned = True
                self.stdout.write("No worker has begun yet: start the portal with `make run`.")
            time.sleep(0.3)
        self.stdout.write(f"{self._seconds(began)} done: {len(known)} files.")

    def _seconds(self, began):
        return f"{(timezone.now() - began).total_seconds():5.0f} s"

    def _page(self):
        return f"{settings.SITE_URL}{reverse('law:index')}"

    def _visit(self, number, year):
        outcome = watching.visit(self.finlex, number, year, self._fetched)
        self._say(outcome)
        return watching.decrees_under(number, year)

    def _try(self, number, year):
        """The same, without a change of anything but the files that are kept."""
        try:
            fetched = fetching.act(self.finlex, number, year, None, self._fetched)
        except CouldNotFetchError as error:
            self._say(reading.Outcome(problems=[str(error)]))
            return []
        with transaction.atomic():
            outcome = reading.read_in(number, year)
            transaction.set_rollback(True)
        self._say(outcome)
        return fetched.newest.decrees if fetched.newest else []

    def _say(self, outcome):
        for line in outcome.told or ["nothing changed."]:
            self.stdout.write(f"  {line}")
        for problem in outcome.problems:
            self.stdout.write(f"  ! {problem}")
        self.problems += len(outcome.problems)

    def _fetched(self, address):
        self.stdout.write(f"  {address}")

    def _act(self, word):
        found = REFERENCE.fullmatch(word)
        if not found:
            raise CommandError(f"“{word}” is no act such as 681/2023")
        return int(found[1]), int(found[2])

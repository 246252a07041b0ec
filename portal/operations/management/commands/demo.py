from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from portal.caching import cache_version
from portal.operations.starter import leave_to_worker, steps
from portal.progress import Step


class Command(BaseCommand):
    """Run every step of the starter content; running it again brings the rows up to date.

    With --first only what the first page needs; the worker does the rest. Refused outside demo
    mode: the content holds example organisations and open accounts.
    """

    help = "Load the starter content of a try-out (PORTAL_DEMO=1)."

    def add_arguments(self, parser):
        parser.add_argument(
            "--first", action="store_true", help="what the first page needs; the worker does more"
        )

    def handle(self, *, first=False, **options):
        if not settings.DEMO:
            raise CommandError("The starter content is for demo mode: set PORTAL_DEMO=1.")
        for step in steps():
            if not (first and step.later):
                with Step(self.stdout, step.label) as progress:
                    import_string(step.function)(progress)
        if first:
            leave_to_worker()
        cache_version.clear()

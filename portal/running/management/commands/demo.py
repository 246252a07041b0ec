from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from portal.running.progress import Step
from portal.running.starter import STEPS


class Command(BaseCommand):
    """Run every step of the starter content; running it again brings the rows up to date.

    Refused outside demo mode: the content holds example organisations and open accounts.
    """

    help = "Load the starter content of a try-out (PORTAL_DEMO=1)."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("The starter content is for demo mode: set PORTAL_DEMO=1.")
        for label, dotted in STEPS:
            with Step(self.stdout, label) as progress:
                import_string(dotted)(progress)

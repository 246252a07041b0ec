from django.core.management.base import BaseCommand

from monitoring.datasets import example
from portal.progress import Step


class Command(BaseCommand):
    """Make the example dataset: invented figures, the same in each run, marked as such everywhere.

    What has been released of it already stays as it is.
    """

    help = "Make the example dataset, with invented figures."

    def handle(self, **options):
        with Step(self.stdout, "Example dataset") as progress:
            example.load(progress)

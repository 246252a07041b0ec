from django.core.management.base import BaseCommand

from monitoring.datasets import example, example_data
from portal.progress import Step


class Command(BaseCommand):
    """Make the example datasets: invented figures, the same for a seed, marked as such everywhere.

    What has been released of them already stays as it is; with --full, which also has
    municipalities and ages (about a million values), they are made anew.
    """

    help = "Make the example datasets, with invented figures."

    def add_arguments(self, parser):
        parser.add_argument("--full", action="store_true", help="municipalities and ages too")
        parser.add_argument("--seed", type=int, default=example_data.SEED)

    def handle(self, *, full, seed, **options):
        with Step(self.stdout, "Example dataset") as progress:
            example.load(progress)
        with Step(self.stdout, "Example datasets") as progress:
            example_data.make(full=full, seed=seed, progress=progress)

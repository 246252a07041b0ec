from django.core.management.base import BaseCommand

from portal.operations.worker import Worker


class Command(BaseCommand):
    """Send letters, run jobs and keep the schedule until SIGINT or SIGTERM.

    With --once it stops as soon as there is nothing left to do.
    """

    help = "Run background jobs, the outbox and the schedule."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="drain everything, then stop")

    def handle(self, *, once, **options):
        worker = Worker()
        worker.listen()
        worker.run(once=once)

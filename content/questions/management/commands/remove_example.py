from django.core.management.base import BaseCommand

from content.questions import example


class Command(BaseCommand):
    """Take the invented Example Act out of a try-out, with all that was entered for it."""

    help = "Remove the Example Act of a try-out and what rests on it."

    def handle(self, **options):
        self.stdout.write(f"{example.remove()} rows removed.")

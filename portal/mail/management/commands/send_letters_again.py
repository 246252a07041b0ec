from django.core.management.base import BaseCommand

from portal.mail.models import Letter
from portal.mail.sending import send_again


class Command(BaseCommand):
    """Put every letter that was given up back in the outbox; says how many.

    For after a fault of the mail server or of its settings is mended; the worker sends them.
    """

    help = "Send all letters again that were given up."

    def handle(self, **options):
        self.stdout.write(f"{send_again(Letter.objects.all())} letters are in the outbox again")

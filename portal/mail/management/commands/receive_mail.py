import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from portal.mail.receiving import LARGEST, TooLargeError, receive

DATA_ERROR, TEMPORARY_FAILURE = 65, 75  # sysexits.h, as mail servers read them


class Command(BaseCommand):
    """Take in one RFC 5322 message from standard input, for the alias of a mail server.

    Says what it was. Ends with 65 for a message that is too large, and with 75, on which the mail
    server tries again, when the database is away.
    """

    help = "Take in one message from standard input."

    def handle(self, **options):
        try:
            row = receive(sys.stdin.buffer.read(LARGEST + 1))
        except TooLargeError as error:
            raise CommandError("The message is too large.", returncode=DATA_ERROR) from error
        except DatabaseError as error:
            raise CommandError(
                "The database does not take it now.", returncode=TEMPORARY_FAILURE
            ) from error
        self.stdout.write(f"taken in: {row.kind}" if row else "taken in before")

from django.core.management.base import BaseCommand

from portal.notifications.services import erase


class Command(BaseCommand):
    """Forget an address that follows, on its owner's request: follows, notices and letters on them.

    The account that has the address, if there is one, stays. Says how many rows were deleted; an
    address that is not known here is 0 and no error.
    """

    help = "Erase what an e-mail address follows, and the letters about it."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        self.stdout.write(f"{erase(email)} rows deleted")

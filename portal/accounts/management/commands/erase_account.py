from django.core.management.base import BaseCommand, CommandError

from portal.accounts.leaving import person_at
from portal.personal import MayNotGo, erase, refusals, summary


class Command(BaseCommand):
    """Erase a person, on their request (GDPR, article 17): an account, or an address without one.

    Says what goes, and what stays without a name and why, and asks before it does it unless
    `--yes`. An error when nothing is known, when the person has to hand something over first, and
    when the answer is not yes.
    """

    help = "Erase a person by their e-mail address; what stays, stays without a name."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *, email, yes, **options):
        person = person_at(email)
        lines = summary(person)
        if not lines:
            raise CommandError("Nothing is held of this address.")
        if reasons := refusals(person):
            raise CommandError("\n".join(reasons))
        for line in lines:
            what = f"stays without a name: {line.stays}" if line.stays else "goes"
            self.stdout.write(f"{line.count} {line.name}: {what}")
        if not yes and input("Erase? Type yes: ").strip().lower() != "yes":
            raise CommandError("Nothing was erased.")
        try:
            erase(person)
        except MayNotGo as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("Erased.")

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from partnership.organisations.models import Organisation
from partnership.organisations.owned import export


class Command(BaseCommand):
    """Write all that an organisation owns to a zip file (docs/organisation-file.md).

    The organisation is named by its business ID or its slug; an error when there is none.
    """

    help = "Export an organisation with its memberships and commitments as a zip of JSON and CSV."

    def add_arguments(self, parser):
        parser.add_argument("organisation", help="its business ID or its slug")
        parser.add_argument("file", type=Path, help="the zip file to write")

    def handle(self, *, organisation, file, **options):
        named = Q(business_id=organisation) | Q(slug=organisation)
        found = Organisation.objects.filter(named).first()
        if found is None:
            raise CommandError(f"There is no organisation {organisation}.")
        package = export(found)
        file.write_bytes(package.as_zip())
        self.stdout.write(f"{sum(map(len, package.rows.values()))} rows written")

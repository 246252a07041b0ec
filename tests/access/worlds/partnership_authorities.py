from django.core.files.base import ContentFile

from partnership.authorities.models import AreaOfficer, IntegrationProgramme
from partnership.organisations.models import Organisation, PublicBody
from portal.media.models import Attachment
from portal.places.models import Area
from tests.factories.authorities import AreaContactFactory
from tests.factories.places import AreaFactory


def build(people):
    """An area that `partner` stands for: its officer is org_member; a contact and documents."""
    partner = Organisation.objects.get(slug="partner")
    village = AreaFactory(kind=Area.Kind.MUNICIPALITY)
    PublicBody.objects.create(area=village, organisation=partner)
    officer = AreaOfficer.objects.create(
        area=village, organisation=partner, user=people["org_member"]
    )
    AreaContactFactory(area=village)

    def programme(**given):
        file = Attachment.objects.create(
            file=ContentFile(b"plan", name="plan.txt"), name="plan.txt", size=4
        )
        return IntegrationProgramme.objects.create(
            area=village, title="Plan", valid_from="2026-01-01", attachment=file, **given
        ).pk

    return {
        "kept_area": village.key,
        "officer_pk": officer.pk,
        "private_programme": programme(),
        "shown_programme": programme(shown_at="2026-01-01T00:00Z"),
    }

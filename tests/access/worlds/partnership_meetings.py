from django.utils import timezone

from partnership.authorities.models import AreaOfficer
from partnership.organisations.models import Organisation, PublicBody
from portal.places.models import Area
from tests.factories.meetings import DecisionFactory, MonthFactory
from tests.factories.places import AreaFactory


def build(people):
    """An employment area that `partner` stands for, its officer org_member; two decisions."""
    partner = Organisation.objects.get(slug="partner")
    area = AreaFactory(kind=Area.Kind.EMPLOYMENT_AREA)
    PublicBody.objects.create(area=area, organisation=partner)
    AreaOfficer.objects.create(area=area, organisation=partner, user=people["org_member"])
    MonthFactory()
    return {
        "met_area": area.key,
        "decision": DecisionFactory(area=area).pk,
        "taken_back": DecisionFactory(area=area, withdrawn_at=timezone.now()).pk,
    }

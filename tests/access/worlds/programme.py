from partnership.organisations.models import Organisation
from partnership.programme.models import BarometerKey
from partnership.programme.services.barometer import fingerprint
from portal.places.models import Area
from tests.factories.places import AreaFactory
from tests.factories.programme import (
    BarometerRoundFactory,
    CallFactory,
    InterestFactory,
    MeasureFactory,
    OfferFactory,
    in_days,
)


def build(people):
    """A measure, calls before and in their time, offers of the organisation `partner`, a centre."""
    partner = Organisation.objects.get(slug="partner")
    call = CallFactory()
    barometer = BarometerRoundFactory()
    BarometerKey.objects.create(round=barometer, fingerprint=fingerprint("a-key"))
    return {
        "barometer_key": "a-key",
        "barometer_pk": barometer.pk,
        "measure": MeasureFactory().slug,
        "call": call.slug,
        "coming_call": CallFactory(opens_on=in_days(5)).slug,
        "interest_pk": InterestFactory(call=call, organisation=partner).pk,
        "offer": OfferFactory(organisation=partner, title="A room").pk,
        "closed_offer": OfferFactory(organisation=partner, title="Closed", state="closed").pk,
        "centre": AreaFactory(kind=Area.Kind.DEVELOPMENT_CENTRE, code="77").key,
    }

"""Periods with measures, calls in any state, and what members seek and offer."""

from datetime import timedelta

import factory
from django.utils import timezone

from partnership.organisations.models import Membership
from partnership.organisations.models.periods import Period
from partnership.programme.models import BarometerRound, Call, Interest, Measure, Offer
from partnership.programme.models.offers import OPEN_FOR
from tests.factories.accounts import UserFactory
from tests.factories.partnership import MembershipFactory
from tests.factories.places import AreaFactory


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def a_period():
    """The period of today; the one that is there, else a new one."""
    found = Period.objects.current()
    if found:
        return found
    today = timezone.localdate()
    return Period.objects.create(
        name_fi="Kausi",
        name_sv="Period",
        name_en="Period",
        starts=today - timedelta(days=300),
        ends=today + timedelta(days=300),
        applications_from=today - timedelta(days=300),
        renewal_from=today - timedelta(days=300),
        grace_until=today - timedelta(days=200),
    )


class MeasureFactory(factory.django.DjangoModelFactory):
    period = factory.LazyFunction(a_period)
    slug = factory.Sequence(lambda n: f"measure-{n}")
    name_fi = factory.Sequence(lambda n: f"Toimenpide {n}")
    name_sv = factory.Sequence(lambda n: f"Åtgärd {n}")
    name_en = factory.Sequence(lambda n: f"Measure {n}")
    description_fi = description_sv = description_en = "What is done."

    class Meta:
        model = Measure


class CallFactory(factory.django.DjangoModelFactory):
    """A call that is open for ten days more; `areas=[…]` ties it to these."""

    slug = factory.Sequence(lambda n: f"call-{n}")
    name_fi = factory.Sequence(lambda n: f"Haku {n}")
    name_sv = factory.Sequence(lambda n: f"Utlysning {n}")
    name_en = factory.Sequence(lambda n: f"Call {n}")
    description_fi = description_sv = description_en = "What is asked."
    eligible_fi = eligible_sv = eligible_en = "Everybody."
    opens_on = factory.LazyFunction(lambda: in_days(-5))
    closes_on = factory.LazyFunction(lambda: in_days(10))
    announced_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Call
        skip_postgeneration_save = True

    @factory.post_generation
    def areas(self, create, areas, **kwargs):
        self.areas.set(areas or [])


class InterestFactory(factory.django.DjangoModelFactory):
    call = factory.SubFactory(CallFactory)
    organisation = factory.LazyFunction(lambda: MembershipFactory().organisation)
    by = factory.SubFactory(UserFactory)
    text = "We would try it in two schools."

    class Meta:
        model = Interest


class OfferFactory(factory.django.DjangoModelFactory):
    """An open offer of a member; `areas=[…]` and `topics=[…]` tie it to these."""

    organisation = factory.LazyFunction(
        lambda: MembershipFactory(status=Membership.Status.ACTIVE).organisation
    )
    kind = Offer.Kind.SEEK
    language = "en"
    title = factory.Sequence(lambda n: f"We seek a room ({n})")
    text = "A room for Thursdays."
    expires_on = factory.LazyFunction(lambda: timezone.localdate() + OPEN_FOR)

    class Meta:
        model = Offer
        skip_postgeneration_save = True

    @factory.post_generation
    def areas(self, create, areas, **kwargs):
        self.areas.set([AreaFactory()] if areas is None else areas)

    @factory.post_generation
    def topics(self, create, topics, **kwargs):
        self.topics.set(topics or [])


class BarometerRoundFactory(factory.django.DjangoModelFactory):
    """A round of the barometer that is open for ten days more."""

    name = factory.Sequence(lambda n: f"{2030 + n}")
    opens_on = factory.LazyFunction(lambda: in_days(-5))
    closes_on = factory.LazyFunction(lambda: in_days(10))

    class Meta:
        model = BarometerRound

"""Organisations with their people, and memberships in any state."""

from datetime import date

import factory
from django.utils import timezone

from partnership.organisations.business_id import check_digit
from partnership.organisations.criteria import MET, criteria
from partnership.organisations.models import (
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    Period,
    Renewal,
    Representative,
)
from partnership.organisations.services import reviewing
from tests.factories.accounts import UserFactory

Status = Membership.Status


def a_business_id(number: int) -> str:
    """The number's own valid business ID; the numbers that have none get a later one's."""
    digits = f"{9_000_000 + number * 3:07d}"
    while check_digit(digits) is None:
        digits = f"{int(digits) + 1:07d}"
    return f"{digits}-{check_digit(digits)}"


class OrganisationFactory(factory.django.DjangoModelFactory):
    """An organisation without a membership; `areas=[…]` and `topics=[…]` tie it to these."""

    name_fi = factory.Sequence(lambda n: f"Esimerkkijärjestö {n}")
    slug = factory.Sequence(lambda n: f"esimerkkijarjesto-{n}")
    business_id = factory.Sequence(a_business_id)
    kind = Organisation.Kind.ASSOCIATION
    description_fi = "Keksitty järjestö, joka auttaa kotoutumisessa."
    email = factory.Sequence(lambda n: f"office{n}@example.org")
    website = "https://example.org/"
    language = "en"

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    @factory.post_generation
    def areas(self, create, areas, **kwargs):
        if create:
            self.areas.set(areas or [])

    @factory.post_generation
    def topics(self, create, topics, **kwargs):
        if create:
            self.topics.set(topics or [])


class RepresentativeFactory(factory.django.DjangoModelFactory):
    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    role = Representative.Role.OWNER

    class Meta:
        model = Representative


class MembershipFactory(factory.django.DjangoModelFactory):
    """A membership whose organisation has one owner, the applicant; `status` is any state."""

    organisation = factory.SubFactory(OrganisationFactory)
    applicant = factory.SubFactory(UserFactory)
    status = Status.APPLIED
    motivation = "We want to work together."
    decided_at = factory.LazyAttribute(
        lambda m: timezone.now() if m.status in {Status.ACTIVE, Status.ENDED} else None
    )

    class Meta:
        model = Membership
        skip_postgeneration_save = True

    @factory.post_generation
    def owner(self, create, owner, **kwargs):
        RepresentativeFactory(organisation=self.organisation, user=owner or self.applicant)


class InvitationFactory(factory.django.DjangoModelFactory):
    organisation = factory.SubFactory(OrganisationFactory)
    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    invited_by = factory.SubFactory(UserFactory)

    class Meta:
        model = Invitation


class PeriodFactory(factory.django.DjangoModelFactory):
    """Two years from the first of January of `year`; members are asked two months before."""

    class Params:
        year = 2027

    starts = factory.LazyAttribute(lambda p: date(p.year, 1, 1))
    ends = factory.LazyAttribute(lambda p: date(p.year + 1, 12, 31))
    applications_from = factory.LazyAttribute(lambda p: date(p.year - 1, 11, 1))
    renewal_from = factory.LazyAttribute(lambda p: date(p.year - 1, 11, 1))
    grace_until = factory.LazyAttribute(lambda p: date(p.year, 3, 31))
    name_fi = name_sv = name_en = factory.LazyAttribute(lambda p: f"{p.year}–{p.year + 1}")

    class Meta:
        model = Period


class RenewalFactory(factory.django.DjangoModelFactory):
    """A member who has been asked about the period and has not answered."""

    membership = factory.SubFactory(MembershipFactory, status=Status.ACTIVE)
    period = factory.SubFactory(PeriodFactory)

    class Meta:
        model = Renewal


def decide(membership, *, decision="approve", reason="", by=None, second=None, secret=""):
    """Two people decide an application: one proposes with every criterion met, another agrees."""
    reviewing.propose(
        membership,
        by=by or UserFactory(),
        decision=decision,
        criteria={one.key: MET for one in criteria()},
        reason=reason,
        secret=secret,
    )
    reviewing.decide(membership, by=second or UserFactory())


class JoinRequestFactory(factory.django.DjangoModelFactory):
    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    text = "I look after our groups."

    class Meta:
        model = JoinRequest

"""Contacts of authorities, officers and integration programmes."""

from datetime import date

import factory
from django.core.files.base import ContentFile

from partnership.authorities.models import KIND_OF, AreaContact, AreaOfficer, IntegrationProgramme
from partnership.organisations.models import Membership, PublicBody
from portal.media.models import Attachment
from portal.places.models import Area
from tests.factories.accounts import UserFactory
from tests.factories.partnership import MembershipFactory, RepresentativeFactory
from tests.factories.places import AreaFactory


class AreaContactFactory(factory.django.DjangoModelFactory):
    """A municipality's, unless told otherwise."""

    class Meta:
        model = AreaContact

    role = "municipality"
    area = factory.LazyAttribute(lambda contact: AreaFactory(kind=KIND_OF[contact.role]))
    name_fi = "Esimerkin kotoutumispalvelut"
    matter_fi = "Vastaanotto"
    telephone = "+358 00 000 0001"
    email = "office@example.org"


class AttachmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attachment

    name = "programme.txt"
    size = 9
    file = factory.LazyFunction(lambda: ContentFile(b"Our plans", name="programme.txt"))


class IntegrationProgrammeFactory(factory.django.DjangoModelFactory):
    """One that is private until `shown_at` is given."""

    class Meta:
        model = IntegrationProgramme

    area = factory.SubFactory(AreaFactory, kind=Area.Kind.MUNICIPALITY)
    title = "Kotoutumisohjelma"
    valid_from = date(2026, 1, 1)
    attachment = factory.SubFactory(AttachmentFactory)


def public_body(area, **given):
    """An organisation that stands for the area, with an owner."""
    organisation = MembershipFactory(status=Membership.Status.ACTIVE, **given).organisation
    PublicBody.objects.update_or_create(area=area, defaults={"organisation": organisation})
    return organisation


def an_officer(area, organisation=None, user=None):
    """An officer of the area, of the organisation that stands for it."""
    organisation = organisation or public_body(area)
    acting = RepresentativeFactory(
        organisation=organisation, user=user or UserFactory(), role="member"
    )
    return AreaOfficer.objects.create(area=area, organisation=organisation, user=acting.user)

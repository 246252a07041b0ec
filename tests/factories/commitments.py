"""Commitments in any state, of organisations that are members."""

from datetime import timedelta

import factory
from django.utils import timezone

from partnership.commitments.models import (
    Ask,
    Commitment,
    Confirmation,
    Milestone,
    Report,
    Share,
)
from partnership.organisations.models import Membership
from portal.days import months_after
from tests.factories.partnership import MembershipFactory
from tests.factories.places import AreaFactory

State = Commitment.State


class MilestoneFactory(factory.django.DjangoModelFactory):
    title = "Ten people have begun"
    due = factory.LazyFunction(lambda: months_after(timezone.localdate(), 6).isoformat()[:7])
    first_due = factory.SelfAttribute("due")
    evidence = "The figure is told in a report."

    class Meta:
        model = Milestone


class CommitmentFactory(factory.django.DjangoModelFactory):
    """A commitment that meets the criteria, with one milestone and its leader's share."""

    organisation = factory.LazyFunction(
        lambda: MembershipFactory(status=Membership.Status.ACTIVE).organisation
    )
    title = factory.Sequence(lambda n: f"Forty people find a traineeship ({n})")
    language = "en"
    change = "People do not wait for a place."
    beneficiaries = "About 40 people in the town."
    baseline = "There were 12 places in autumn 2026."
    target = "There are 40 places on 31 December 2027."
    resources = "One person half-time."
    state = State.PUBLISHED
    published_at = factory.LazyAttribute(
        lambda row: timezone.now() if row.state in Commitment.PUBLIC else None
    )

    class Meta:
        model = Commitment
        skip_postgeneration_save = True

    @factory.post_generation
    def areas(self, create, areas, **kwargs):
        self.areas.set([AreaFactory()] if areas is None else areas)

    @factory.post_generation
    def milestone(self, create, fields, **kwargs):
        MilestoneFactory(commitment=self, **(fields or {}))

    @factory.post_generation
    def share(self, create, fields, **kwargs):
        Share.objects.create(
            commitment=self,
            organisation=self.organisation,
            leads=True,
            accepted_at=timezone.now(),
            **(fields or {"next_due": timezone.localdate() + timedelta(days=180)}),
        )


class AskFactory(factory.django.DjangoModelFactory):
    share = factory.LazyFunction(lambda: CommitmentFactory().shares.get())
    to = factory.LazyAttribute(lambda row: row.share.organisation.representatives.first().user)

    class Meta:
        model = Ask


class ReportFactory(factory.django.DjangoModelFactory):
    share = factory.LazyFunction(lambda: CommitmentFactory().shares.get())
    progress = "on-track"

    class Meta:
        model = Report


class PartnerFactory(factory.django.DjangoModelFactory):
    """A partner's share of a joint commitment, accepted unless `accepted_at` is None."""

    commitment = factory.LazyFunction(CommitmentFactory)
    organisation = factory.LazyFunction(
        lambda: MembershipFactory(status=Membership.Status.ACTIVE).organisation
    )
    invited_at = factory.LazyFunction(timezone.now)
    accepted_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Share


class ConfirmationFactory(factory.django.DjangoModelFactory):
    """A partner asked by a letter about a report."""

    report = factory.SubFactory(ReportFactory)
    organisation = factory.LazyFunction(
        lambda: MembershipFactory(status=Membership.Status.ACTIVE).organisation
    )
    to = factory.LazyAttribute(lambda row: row.organisation.representatives.first().user)
    letter_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Confirmation

"""Two people at once, each in a thread and a transaction of their own."""

import pytest
from django.db import connection

from partnership.organisations.criteria import MET, criteria
from partnership.organisations.errors import AlreadyAnswered, AlreadyEntered, LastOwner
from partnership.organisations.models import (
    JoinRequest,
    Membership,
    Organisation,
    Proposal,
    Representative,
)
from partnership.organisations.services import memberships, people, requests, reviewing
from portal.mail.models import Letter
from portal.workflow import TransitionNotAllowed
from tests.at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.partnership import (
    JoinRequestFactory,
    MembershipFactory,
    OrganisationFactory,
    RepresentativeFactory,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def proposed():
    """An application before a second reader."""
    membership = MembershipFactory(status=Membership.Status.PROPOSED)
    Proposal.objects.create(membership=membership, by=UserFactory(), decision="approve")
    return membership


@pytest.mark.parametrize("attempt", range(5))
def test_two_decisions_at_once_make_one_and_the_other_is_told(attempt):
    membership = proposed()
    deciders = UserFactory(), UserFactory()
    copies = [Membership.objects.get(pk=membership.pk) for _ in deciders]

    outcomes = at_once(
        lambda: reviewing.decide(copies[0], by=deciders[0]),
        lambda: reviewing.decide(copies[1], by=deciders[1]),
        refused=TransitionNotAllowed,
    )

    assert sorted(outcomes, key=str) == sorted([None, TransitionNotAllowed], key=str)
    membership.refresh_from_db()
    assert membership.status == Membership.Status.ACTIVE
    assert membership.proposals.get().second in deciders
    assert Letter.objects.count() == 1


def test_a_decision_and_a_proposal_sent_back_at_once_make_one():
    membership = proposed()
    copies = [Membership.objects.get(pk=membership.pk) for _ in range(2)]
    second, third = UserFactory(), UserFactory()

    outcomes = at_once(
        lambda: reviewing.decide(copies[0], by=second),
        lambda: reviewing.send_back(copies[1], by=third, comment="Not yet"),
        refused=TransitionNotAllowed,
    )

    assert sorted(outcomes, key=str) == sorted([None, TransitionNotAllowed], key=str)


def test_two_proposals_at_once_make_one():
    membership = MembershipFactory()
    copies = [Membership.objects.get(pk=membership.pk) for _ in range(2)]
    readers = UserFactory(), UserFactory()
    met = {one.key: MET for one in criteria()}

    outcomes = at_once(
        *(
            lambda copy=copy, by=by: bool(
                reviewing.propose(copy, by=by, decision="approve", criteria=met)
            )
            for copy, by in zip(copies, readers, strict=True)
        ),
        refused=TransitionNotAllowed,
    )

    assert sorted(outcomes, key=str) == sorted([True, TransitionNotAllowed], key=str)
    assert membership.proposals.count() == 1


def test_decision_locks_the_row():
    membership = proposed()

    with connection.execute_wrapper(seen := Seen()):
        reviewing.decide(membership, by=UserFactory())

    assert any("FOR UPDATE" in sql for sql in seen)


class Seen(list):
    def __call__(self, execute, sql, params, many, context):
        self.append(sql)
        return execute(sql, params, many, context)


def test_two_owners_who_leave_at_once_leave_one_behind():
    organisation = OrganisationFactory()
    owners = [RepresentativeFactory(organisation=organisation) for _ in range(2)]

    outcomes = at_once(
        *(lambda owner=owner: people.remove(owner, by=owner.user) for owner in owners),
        refused=LastOwner,
    )

    assert sorted(outcomes, key=str) == sorted([None, LastOwner], key=str)
    assert Representative.objects.owners().filter(organisation=organisation).count() == 1


def test_same_application_sent_twice_at_once_enters_one_organisation():
    applicants = UserFactory(), UserFactory()

    def send(by):
        organisation = OrganisationFactory.build(name_fi="Sama", business_id="1234567-1")
        memberships.apply(organisation, by=by, areas=[], topics=[], motivation="Again")

    outcomes = at_once(*(lambda by=by: send(by) for by in applicants), refused=AlreadyEntered)

    assert sorted(outcomes, key=str) == sorted([None, AlreadyEntered], key=str)
    assert Organisation.objects.filter(business_id="1234567-1").count() == 1


def test_two_answers_to_a_request_at_once_make_one():
    organisation = MembershipFactory(status=Membership.Status.ACTIVE).organisation
    row = JoinRequestFactory(organisation=organisation)
    owners = [one.user for one in RepresentativeFactory.create_batch(2, organisation=organisation)]
    copies = [JoinRequest.objects.get(pk=row.pk) for _ in owners]

    outcomes = at_once(
        lambda: requests.decline(copies[0], by=owners[0]),
        lambda: requests.decline(copies[1], by=owners[1]),
        refused=AlreadyAnswered,
    )

    assert sorted(outcomes, key=str) == sorted([None, AlreadyAnswered], key=str)
    assert Letter.objects.filter(to=row.user.email).count() == 1


def test_the_last_two_who_leave_at_once_begin_one_hand_over():
    organisation = MembershipFactory(status=Membership.Status.ACTIVE).organisation
    RepresentativeFactory(organisation=organisation)
    people_there = list(organisation.representatives.all())

    at_once(*(lambda one=one: people.leave(one, hand_over=True) for one in people_there))

    assert not organisation.representatives.exists()
    assert organisation.hand_overs.filter(ended_at=None).count() == 1
    assert Letter.objects.filter(to=organisation.email.lower()).count() == 2

"""Two people at once, each in a thread and a transaction of their own."""

import pytest
from django.db import connection

from partnership.organisations.errors import AlreadyEntered, LastOwner
from partnership.organisations.models import Membership, Organisation, Representative
from partnership.organisations.services import memberships, people
from portal.mail.models import Letter
from portal.workflow import TransitionNotAllowed
from tests.at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.partnership import (
    MembershipFactory,
    OrganisationFactory,
    RepresentativeFactory,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.mark.parametrize("attempt", range(5))
def test_two_decisions_at_once_make_one(attempt):
    membership = MembershipFactory()
    deciders = UserFactory(), UserFactory()
    copies = [Membership.objects.get(pk=membership.pk) for _ in deciders]

    outcomes = at_once(
        lambda: memberships.approve(copies[0], by=deciders[0]),
        lambda: memberships.decline(copies[1], by=deciders[1], reason="Not yet"),
        refused=TransitionNotAllowed,
    )

    assert sorted(outcomes, key=str) == sorted([None, TransitionNotAllowed], key=str)
    membership.refresh_from_db()
    assert membership.status in {Membership.Status.ACTIVE, Membership.Status.DECLINED}
    assert Letter.objects.count() == 1


def test_decision_locks_the_row():
    membership = MembershipFactory()

    with connection.execute_wrapper(seen := Seen()):
        memberships.approve(membership, by=UserFactory())

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

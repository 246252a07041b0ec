"""Each line of the log says who did it, and for which organisation they acted."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from partnership.commitments import services as of_commitments
from partnership.commitments.models import Commitment, Share
from partnership.commitments.services import decisions, reports, writing
from partnership.organisations import services as of_organisations
from partnership.organisations.acts import is_ours
from partnership.organisations.models import BodyClaim, Membership, Organisation, Representative
from partnership.organisations.services import (
    domains,
    handovers,
    memberships,
    merging,
    people,
    requests,
)
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.partnership import (
    InvitationFactory,
    JoinRequestFactory,
    MembershipFactory,
    RepresentativeFactory,
)

pytestmark = pytest.mark.django_db
Role = Representative.Role


@pytest.fixture
def owner():
    membership = MembershipFactory(
        status=Membership.Status.ACTIVE, applicant__email="head@town.example.org"
    )
    return membership.organisation.representatives.get()


def invited(owner):
    person = UserFactory()
    people.accept(InvitationFactory(organisation=owner.organisation, email=person.email), by=person)
    return person


def asked(owner):
    person = UserFactory()
    requests.ask(owner.organisation, by=person, text="x")
    return person


def domain(owner):
    domains.add(owner.organisation, domain="town.example.org", by=owner.user)
    person = UserFactory(email="colleague@town.example.org")
    domains.join(owner.organisation, by=person)
    return person


def successor(owner):
    other = RepresentativeFactory(organisation=owner.organisation, role=Role.MEMBER)
    people.leave(owner, successor=other)
    return owner.user


def withdrawn(owner):
    Membership.objects.update(status=Membership.Status.APPLIED)
    memberships.withdraw(Membership.objects.get(), by=owner.user)
    return owner.user


def written(owner):
    writing.start(
        owner.organisation, by=owner.user, words={"title": "A town"}, milestones=[], areas=[]
    )
    row = CommitmentFactory(organisation=owner.organisation, state="draft")
    writing.submit(row, by=owner.user)
    writing.take_back(row, by=owner.user)
    return owner.user


def ended(owner):
    row = CommitmentFactory(organisation=owner.organisation)
    decisions.complete(row, by=owner.user, organisation=owner.organisation, reason="It is done.")
    return owner.user


OF_ITS_PEOPLE = [invited, domain, successor, withdrawn, written, ended]


@pytest.mark.parametrize("act", OF_ITS_PEOPLE)
def test_its_people_act_for_the_organisation(owner, act):
    person = act(owner)

    entries = ModelLogEntry.objects.filter(user=person)
    assert entries.exists()
    assert [one.data["organisation"] for one in entries] == [owner.organisation.pk] * len(entries)


def test_whoever_only_asks_acts_for_nobody_yet(owner):
    person = asked(owner)

    assert ModelLogEntry.objects.get(user=person).data["organisation"] is None


def test_the_programme_team_and_the_schedule_act_for_no_organisation(owner):
    team = UserFactory(role="programme")
    memberships.end(Membership.objects.get(), by=team, reason="x")
    Membership.objects.update(status=Membership.Status.ACTIVE)
    owner.delete()
    handovers.run()

    entries = ModelLogEntry.objects.filter(action__startswith="organisations.")
    assert {one.data["organisation"] for one in entries} == {None}
    assert entries.count() == 2


def test_acts_for_a_record_that_was_merged_are_the_other_s(owner):
    gone = MembershipFactory(status=Membership.Status.ENDED).organisation
    person = gone.representatives.get().user
    log(gone, "organisations.edit", user=person)

    merging.merge(owner.organisation, gone, by=UserFactory())

    entry = ModelLogEntry.objects.get(user=person)
    assert entry.data["organisation"] == owner.organisation.pk


class TestOneOfSeveralPartners:
    @pytest.fixture
    def partner(self, owner):
        """A person who acts for the leader and for a partner of a commitment."""
        commitment = CommitmentFactory(organisation=owner.organisation)
        other = MembershipFactory(status=Membership.Status.ACTIVE, owner=owner.user).organisation
        return Share.objects.create(
            commitment=commitment,
            organisation=other,
            accepted_at=timezone.now(),
            next_due=timezone.localdate() + timedelta(days=9),
        )

    def test_report_is_the_partner_s(self, owner, partner):
        report = reports.tell(partner, progress="on-track", by=owner.user)
        reports.undo(report, by=owner.user)

        entries = ModelLogEntry.objects.filter(user=owner.user)
        assert {one.data["organisation"] for one in entries} == {partner.organisation_id}

    def test_otherwise_the_leader_s(self, owner, partner):
        log(partner.commitment, "commitments.edit", user=owner.user)

        entry = ModelLogEntry.objects.get(user=owner.user)
        assert entry.data["organisation"] == owner.organisation.pk

    def test_who_told_and_has_left_told_for_the_partner(self, owner, partner):
        partner.organisation.representatives.all().delete()

        reports.tell(partner, progress="on-track", by=owner.user)

        entry = ModelLogEntry.objects.get(user=owner.user)
        assert entry.data["organisation"] == partner.organisation_id


def logged_rows():
    """What the services hand to `log` and `transition` first, as it stands in the source."""
    for package in (of_organisations, of_commitments):
        for file in sorted(Path(package.__file__).parent.glob("*.py")):
            for node in ast.walk(ast.parse(file.read_text())):
                name = getattr(getattr(node, "func", None), "id", "")
                if name in ("log", "transition"):
                    yield file.name, ast.unparse(node.args[0])


def test_every_row_that_services_log_is_one_of_ours():
    """A service that logs about another kind of row has to say whose it is (OnBehalf)."""
    ours = ("organisation", "membership", "commitment")
    by_another_name = {  # what each is an instance of
        ("bodies.py", "row"): BodyClaim,
        ("merging.py", "kept"): Organisation,
        ("merging.py", "other"): Membership,
        ("confirmations.py", "_commitment(row)"): Commitment,
    }
    of_the_team_alone = {("team_letters.py", "sent")}
    found = list(logged_rows())

    unknown = {one for one in found if one[1].rpartition(".")[2] not in ours}

    assert len(found) > 20
    assert unknown <= set(by_another_name) | of_the_team_alone
    assert all(is_ours(model) for model in by_another_name.values())


def test_rows_of_the_rooms_are_known():
    assert is_ours(Membership)
    assert is_ours(CommitmentFactory._meta.model)
    assert not is_ours(JoinRequestFactory._meta.model)

"""E-mail domains of an organisation: who may join by one, and who is told."""

import pytest
from allauth.account.models import EmailAddress

from partnership.organisations.errors import AlreadyActs, NotOfTheDomain
from partnership.organisations.models import EmailDomain, Membership, Representative
from partnership.organisations.services import domains
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.partnership import MembershipFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db
Role = Representative.Role
ADD = 'value="town.example.org"'


@pytest.fixture
def owner():
    membership = MembershipFactory(
        status=Membership.Status.ACTIVE, applicant__email="head@town.example.org"
    )
    return membership.organisation.representatives.get()


def people_page(owner):
    return f"/en/partners/mine/{owner.organisation.slug}/"


class TestKeeping:
    def test_owner_adds_the_domain_of_a_confirmed_address(self, client, owner):
        client.force_login(owner.user)
        assert ADD in client.get(f"{people_page(owner)}people/").text

        client.post(f"{people_page(owner)}domains/", {"domain": "town.example.org"})

        assert EmailDomain.objects.get().added_by == owner.user
        assert ADD not in client.get(f"{people_page(owner)}people/").text

    @pytest.mark.parametrize("domain", ["example.org", "other.example.org", "", "org"])
    def test_no_other_domain(self, client, owner, domain):
        client.force_login(owner.user)

        client.post(f"{people_page(owner)}domains/", {"domain": domain})

        assert not EmailDomain.objects.exists()

    def test_free_mail_is_refused(self, owner, monkeypatch):
        assert "gmail.com" in domains.free_mail()
        monkeypatch.setattr(domains, "free_mail", lambda: {"town.example.org"})

        with pytest.raises(NotOfTheDomain):
            domains.add(owner.organisation, domain="town.example.org", by=owner.user)

    def test_address_that_is_not_confirmed_does_not_count(self, owner):
        EmailAddress.objects.create(user=owner.user, email="x@new.example.org", verified=False)

        with pytest.raises(NotOfTheDomain):
            domains.add(owner.organisation, domain="new.example.org", by=owner.user)

    def test_owner_removes_it(self, client, owner):
        row = domains.add(owner.organisation, domain="town.example.org", by=owner.user)
        client.force_login(owner.user)

        client.post(f"{people_page(owner)}domains/{row.pk}/remove/")

        assert not EmailDomain.objects.exists()


class TestJoining:
    @pytest.fixture
    def path(self, owner):
        domains.add(owner.organisation, domain="town.example.org", by=owner.user)
        return f"/en/partners/join/ask/{owner.organisation.business_id}/"

    def test_at_once_as_a_member_and_the_owners_are_told(self, client, owner, path):
        RepresentativeFactory(organisation=owner.organisation, role=Role.EDITOR)
        person = UserFactory(email="Colleague@Town.example.org".lower())
        client.force_login(person)
        assert "Join as a member" in client.get(path).text
        client.post(path)
        assert not owner.organisation.representatives.filter(user=person).exists()

        client.post(path, {"join": "1"})

        assert owner.organisation.representatives.get(user=person).role == Role.MEMBER
        letter = Letter.objects.get()
        assert letter.to == owner.user.email
        assert person.email in letter.text

    @pytest.mark.parametrize(
        ("email", "confirmed"),
        [
            ("x@town.example.org", False),
            ("x@sub.town.example.org", True),
            ("x@eviltown.example.org", True),
            ("town.example.org@example.org", True),
        ],
    )
    def test_not_without_a_confirmed_address_at_it(self, client, owner, path, email, confirmed):
        person = UserFactory(email=email, confirmed=confirmed)
        client.force_login(person)

        assert "Join as a member" not in client.get(path).text
        client.post(path, {"join": "1"})
        with pytest.raises(NotOfTheDomain):
            domains.join(owner.organisation, by=person)

        assert not owner.organisation.representatives.filter(user=person).exists()

    def test_makes_nobody_less(self, owner, path):
        with pytest.raises(AlreadyActs):
            domains.join(owner.organisation, by=owner.user)

        owner.refresh_from_db()
        assert owner.role == Role.OWNER

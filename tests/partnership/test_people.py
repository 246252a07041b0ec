from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone, translation

from partnership.organisations.errors import (
    AlreadyInvited,
    InvitationNotOpen,
    LastOwner,
    NotAMember,
    NotInvited,
    TooManyInvitations,
)
from partnership.organisations.models import Invitation, Membership, Representative
from partnership.organisations.services import people
from portal.mail import sending
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.partnership import (
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    RepresentativeFactory,
)

pytestmark = pytest.mark.django_db
ACTIVE = Membership.Status.ACTIVE
OWNER, MEMBER = Representative.Role.OWNER, Representative.Role.MEMBER


@pytest.fixture
def owner():
    """The one owner of an organisation that is a member."""
    return MembershipFactory(status=ACTIVE).organisation.representatives.get()


def link(invitation):
    with translation.override("en"):
        return reverse("organisations:invitation", args=[invitation.token])


class TestInviting:
    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    def test_writes_one_letter_in_the_reader_s_language(self, owner, language):
        reader = UserFactory(language=language)

        invitation = people.invite(
            owner.organisation, email=reader.email.upper(), role=MEMBER, by=owner.user
        )

        letter = Letter.objects.get()
        assert (letter.to, letter.language) == (reader.email, language)
        words = next(word for word in letter.text.split() if word.startswith("https://"))
        assert Invitation.of_token(words.rstrip("/").rpartition("/")[2]) == invitation
        assert str(owner.user) in letter.text

    def test_somebody_without_an_account_gets_the_organisation_s_language(self, owner):
        owner.organisation.language = "sv"

        people.invite(owner.organisation, email="new@example.org", role=OWNER, by=owner.user)

        assert Letter.objects.get().language == "sv"

    def test_an_address_gets_one_letter_until_it_has_been_answered(self, owner):
        people.invite(owner.organisation, email="new@example.org", role=MEMBER, by=owner.user)

        with pytest.raises(AlreadyInvited):
            people.invite(owner.organisation, email="NEW@example.org", role=OWNER, by=owner.user)

        assert Letter.objects.count() == 1

    def test_one_of_its_people_is_not_invited_again(self, owner):
        with pytest.raises(AlreadyInvited):
            people.invite(owner.organisation, email=owner.user.email, role=MEMBER, by=owner.user)

    def test_expired_invitation_makes_room_for_a_new_one(self, owner):
        old = InvitationFactory(
            organisation=owner.organisation,
            email="late@example.org",
            invited_at=timezone.now() - timedelta(days=15),
        )

        people.invite(owner.organisation, email="late@example.org", role=MEMBER, by=owner.user)

        old.refresh_from_db()
        assert old.revoked_at
        assert owner.organisation.invitations.open().count() == 1

    def test_letters_of_a_day_are_limited(self, owner):
        InvitationFactory.create_batch(Invitation.A_DAY, organisation=owner.organisation)

        with pytest.raises(TooManyInvitations):
            people.invite(owner.organisation, email="x@example.org", role=MEMBER, by=owner.user)

    @pytest.mark.parametrize("status", [status for status in Membership.Status if status != ACTIVE])
    def test_only_members_of_the_programme_have_letters_sent(self, status):
        person = MembershipFactory(status=status).organisation.representatives.get()

        with pytest.raises(NotAMember):
            people.invite(person.organisation, email="x@example.org", role=MEMBER, by=person.user)

        assert not Letter.objects.exists()

    def test_letters_of_a_day_by_one_person_are_limited(self, owner):
        InvitationFactory.create_batch(Invitation.A_DAY_BY_ONE, invited_by=owner.user)

        with pytest.raises(TooManyInvitations):
            people.invite(owner.organisation, email="x@example.org", role=MEMBER, by=owner.user)

    def test_letters_of_a_day_to_one_address_are_limited(self, owner):
        InvitationFactory.create_batch(
            Invitation.A_DAY_TO_ONE, email="X@example.org", revoked_at=timezone.now()
        )

        with pytest.raises(TooManyInvitations):
            people.invite(owner.organisation, email="x@example.org", role=MEMBER, by=owner.user)

    def test_letter_is_plain_text_and_forgotten_when_sent(self, owner, mailoutbox):
        people.invite(owner.organisation, email="new@example.org", role=MEMBER, by=owner.user)

        sending.send_due()

        [sent] = mailoutbox
        assert sent.alternatives == []
        assert Letter.objects.get().text == ""


class TestAccepting:
    def test_is_done_once_by_the_invited_address(self):
        reader = UserFactory()
        invitation = InvitationFactory(email=reader.email, role=OWNER)

        people.accept(invitation, by=reader)

        assert invitation.organisation.representatives.get(user=reader).role == OWNER
        with pytest.raises(InvitationNotOpen):
            people.accept(invitation, by=reader)

    def test_needs_the_address_to_be_confirmed(self):
        reader = UserFactory(confirmed=False)
        EmailAddress.objects.create(user=reader, email=reader.email, verified=False)
        invitation = InvitationFactory(email=reader.email)

        with pytest.raises(NotInvited):
            people.accept(invitation, by=reader)

    @pytest.mark.parametrize(
        "state",
        [
            {"invited_at": timezone.now() - timedelta(days=14, minutes=1)},
            {"revoked_at": timezone.now()},
            {"accepted_at": timezone.now()},
        ],
        ids=["expired", "revoked", "accepted"],
    )
    def test_does_not_work_when_it_is_over(self, state, client):
        reader = UserFactory()
        invitation = InvitationFactory(email=reader.email, **state)
        client.force_login(reader)

        assert client.get(link(invitation)).status_code == 410
        assert client.post(link(invitation)).status_code == 410
        assert not invitation.organisation.representatives.exists()

    def test_opening_the_link_changes_nothing_and_posting_it_does(self, client):
        reader = UserFactory()
        invitation = InvitationFactory(email=reader.email)
        client.force_login(reader)

        assert client.get(link(invitation)).status_code == 200
        assert not invitation.organisation.representatives.exists()
        client.post(link(invitation))
        assert invitation.organisation.representatives.get().user == reader

    def test_never_makes_an_owner_less(self, owner):
        invitation = InvitationFactory(
            organisation=owner.organisation, email=owner.user.email, role=MEMBER
        )

        people.accept(invitation, by=owner.user)

        owner.refresh_from_db()
        assert owner.role == OWNER

    @pytest.mark.parametrize("token", ["x", "WzEsMV0:1:forged"])
    def test_forged_link_is_unknown(self, token, client):
        client.force_login(UserFactory())

        assert client.get(f"/en/partners/invitations/{token}/").status_code == 404


class TestOwners:
    def test_last_owner_cannot_leave_or_become_a_member(self, owner):
        RepresentativeFactory(organisation=owner.organisation, role=MEMBER)

        with pytest.raises(LastOwner):
            people.remove(owner, by=owner.user)
        with pytest.raises(LastOwner):
            people.change_role(owner, role=MEMBER, by=owner.user)

        assert owner.organisation.representatives.owners().get() == owner

    def test_one_of_two_owners_may_leave(self, owner):
        other = RepresentativeFactory(organisation=owner.organisation)

        people.remove(owner, by=owner.user)

        assert owner.organisation.representatives.get() == other

    def test_member_becomes_an_owner(self, owner):
        member = RepresentativeFactory(organisation=owner.organisation, role=MEMBER)

        people.change_role(member, role=OWNER, by=owner.user)

        member.refresh_from_db()
        assert member.role == OWNER


class TestPage:
    def test_member_sees_people_and_no_way_to_change_them(self, client, owner):
        member = RepresentativeFactory(organisation=owner.organisation, role=MEMBER)
        client.force_login(member.user)

        page = client.get(f"/en/partners/mine/{owner.organisation.slug}/people/").text

        assert owner.user.email in page
        assert "Invite a person" not in page
        assert "Make a member" not in page

    def test_members_may_leave_by_themselves(self, client, owner):
        member = RepresentativeFactory(organisation=owner.organisation, role=MEMBER)
        client.force_login(member.user)

        client.post(f"/en/partners/mine/{owner.organisation.slug}/people/{member.pk}/remove/")

        assert not Representative.objects.filter(pk=member.pk).exists()

    def test_owner_invites_and_sees_the_letter_wait(self, client, owner):
        client.force_login(owner.user)
        path = f"/en/partners/mine/{owner.organisation.slug}/people/"

        client.post(path, {"email": "new@example.org", "role": "member"})

        assert "new@example.org" in client.get(path).text
        assert Letter.objects.get().to == "new@example.org"

    def test_an_applicant_is_told_why_nobody_can_be_invited(self, client):
        person = MembershipFactory().organisation.representatives.get()
        client.force_login(person.user)
        path = f"/en/partners/mine/{person.organisation.slug}/people/"

        assert "Send the invitation" not in client.get(path).text
        response = client.post(path, {"email": "new@example.org", "role": "member"})

        assert response.status_code == 422
        assert "once the organisation is a member" in response.text
        assert not Letter.objects.exists()

    def test_unknown_role_is_named(self, client, owner):
        client.force_login(owner.user)
        path = f"/en/partners/mine/{owner.organisation.slug}/people/{owner.pk}/role/"

        response = client.post(path, {"role": "king"})

        assert response.status_code == 400
        assert "king" in response.text

    def test_costs_the_queries_of_one_with_six(self, client, owner, django_assert_max_num_queries):
        client.force_login(owner.user)
        RepresentativeFactory.create_batch(6, organisation=owner.organisation)
        InvitationFactory.create_batch(6, organisation=owner.organisation)
        path = f"/en/partners/mine/{owner.organisation.slug}/people/"
        client.get(path)

        with django_assert_max_num_queries(16):
            client.get(path)


def test_organisations_of_a_stranger_stay_unknown(client, owner):
    client.force_login(UserFactory())
    other = OrganisationFactory()

    for slug in (owner.organisation.slug, other.slug, "nothing"):
        assert client.get(f"/en/partners/mine/{slug}/people/").status_code == 404


def test_an_invitation_as_member_makes_no_owner_of_a_member(owner):
    member = RepresentativeFactory(organisation=owner.organisation, role=MEMBER)
    EmailAddress.objects.get_or_create(
        user=member.user, email=member.user.email, defaults={"verified": True}
    )
    invitation = InvitationFactory(
        organisation=owner.organisation, email=member.user.email, role=MEMBER
    )

    people.accept(invitation, by=member.user)

    member.refresh_from_db()
    assert member.role == MEMBER

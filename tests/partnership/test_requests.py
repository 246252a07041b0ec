"""Asking to act for an organisation, and declining an invitation from its letter."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from partnership.organisations.errors import (
    AlreadyActs,
    AlreadyAnswered,
    AlreadyAsked,
    InvitationNotOpen,
    NoConfirmedAddress,
    TooManyRequests,
)
from partnership.organisations.models import (
    Invitation,
    JoinRequest,
    Membership,
    Representative,
)
from partnership.organisations.services import people
from partnership.organisations.services import requests as services
from portal.forms import SALT
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.partnership import (
    InvitationFactory,
    JoinRequestFactory,
    MembershipFactory,
    OrganisationFactory,
    RepresentativeFactory,
)
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
Role = Representative.Role
State = JoinRequest.State


@pytest.fixture
def owner():
    return MembershipFactory(status=Membership.Status.ACTIVE).organisation.representatives.get()


def page_of(organisation):
    return f"/en/partners/join/ask/{organisation.business_id}/"


def answer_page(row):
    return f"/en/partners/mine/{row.organisation.slug}/requests/{row.pk}/"


class TestAsking:
    def test_writes_to_owners_and_editors(self, client, owner):
        editor = RepresentativeFactory(organisation=owner.organisation, role=Role.EDITOR)
        RepresentativeFactory(organisation=owner.organisation, role=Role.MEMBER)
        person = UserFactory()
        client.force_login(person)

        client.post(page_of(owner.organisation), {"text": "I lead the reception."})

        letters = Letter.objects.all()
        assert {one.to for one in letters} == {owner.user.email, editor.user.email}
        row = JoinRequest.objects.get()
        assert all(answer_page(row) in one.text for one in letters)
        assert all("I lead the reception." in one.text and one.plain for one in letters)
        assert "Waiting for an answer" in client.get("/en/partners/mine/").text
        assert "You asked on" in client.get(page_of(owner.organisation)).text

    def test_needs_a_confirmed_address(self, owner):
        with pytest.raises(NoConfirmedAddress):
            services.ask(owner.organisation, by=UserFactory(confirmed=False), text="x")

    def test_is_not_for_its_people(self, owner):
        with pytest.raises(AlreadyActs):
            services.ask(owner.organisation, by=owner.user, text="x")

    def test_one_waits_at_a_time(self, owner):
        row = JoinRequestFactory(organisation=owner.organisation)

        with pytest.raises(AlreadyAsked):
            services.ask(owner.organisation, by=row.user, text="x")

    @pytest.mark.parametrize(("days", "may"), [(29, False), (31, True)])
    def test_a_refusal_holds_for_thirty_days(self, owner, days, may):
        row = JoinRequestFactory(
            organisation=owner.organisation,
            state=State.DECLINED,
            answered_at=timezone.now() - timedelta(days=days),
        )
        if may:
            services.ask(owner.organisation, by=row.user, text="x")
        else:
            with pytest.raises(AlreadyAsked):
                services.ask(owner.organisation, by=row.user, text="x")

    def test_a_day_s_requests_are_limited(self, owner):
        person = UserFactory()
        JoinRequestFactory.create_batch(JoinRequest.A_DAY_BY_ONE, user=person)
        with pytest.raises(TooManyRequests):
            services.ask(owner.organisation, by=person, text="x")

        JoinRequestFactory.create_batch(JoinRequest.A_DAY_TO_ONE, organisation=owner.organisation)
        with pytest.raises(TooManyRequests):
            services.ask(owner.organisation, by=UserFactory(), text="x")

    def test_name_of_one_that_is_not_public_is_not_told(self, client, enter):
        enter()
        hidden = MembershipFactory().organisation

        page = client.get(page_of(hidden)).text

        assert hidden.business_id in page
        assert hidden.name_fi not in page

    def test_an_application_for_one_that_is_here_leads_to_asking(self, client, enter, owner):
        enter()

        page = client.post(
            "/en/partners/join/", {"business_id": owner.organisation.business_id}
        ).text

        assert page_of(owner.organisation) in page

    def test_unknown_number(self, client, enter):
        enter()

        assert client.get("/en/partners/join/ask/1234567-2/").status_code == 404
        assert client.get("/en/partners/join/ask/1234567-1/").status_code == 404


class TestAnswering:
    @pytest.mark.parametrize("role", Role)
    def test_owner_lets_in_with_a_role(self, client, owner, role):
        row = JoinRequestFactory(organisation=owner.organisation, user__language="sv")
        client.force_login(owner.user)

        client.post(answer_page(row), {"role": role})

        assert owner.organisation.representatives.get(user=row.user).role == role
        letter = Letter.objects.get()
        assert (letter.to, letter.language) == (row.user.email, "sv")

    def test_opening_changes_nothing_nor_does_a_post_without_a_choice(self, client, owner):
        row = JoinRequestFactory(organisation=owner.organisation)
        client.force_login(owner.user)

        client.get(answer_page(row))
        client.post(answer_page(row))

        row.refresh_from_db()
        assert row.waits

    def test_is_answered_once(self, owner):
        row = JoinRequestFactory(organisation=owner.organisation)
        services.decline(row, by=owner.user)

        for event in (
            lambda: services.accept(row, role=Role.OWNER, by=owner.user),
            lambda: services.decline(row, by=owner.user),
            lambda: services.take_back(row, by=row.user),
        ):
            with pytest.raises(AlreadyAnswered):
                event()

        assert not owner.organisation.representatives.filter(user=row.user).exists()
        assert Letter.objects.count() == 1

    def test_editor_sees_it_and_cannot_answer(self, client, owner):
        editor = RepresentativeFactory(organisation=owner.organisation, role=Role.EDITOR)
        row = JoinRequestFactory(organisation=owner.organisation)
        client.force_login(editor.user)

        assert "Let the person in" not in client.get(answer_page(row)).text
        assert client.post(answer_page(row), {"role": "owner"}).status_code == 403

    def test_person_takes_it_back(self, client, owner):
        row = JoinRequestFactory(organisation=owner.organisation)
        client.force_login(row.user)

        client.post(f"/en/partners/mine/requests/{row.pk}/take-back/")

        row.refresh_from_db()
        assert row.state == State.WITHDRAWN

    def test_waits_on_the_desk_of_owners_alone(self, client, owner):
        JoinRequestFactory(user__first_name="Ada", organisation=owner.organisation)
        editor = RepresentativeFactory(organisation=owner.organisation, role=Role.EDITOR)
        words = "Answer a request to act for the organisation"
        client.force_login(editor.user)
        assert words not in client.get("/en/desk/").text
        client.force_login(owner.user)
        page = client.get("/en/desk/").text

        assert words in page
        of_one = queries_of_page(client, "/en/desk/")
        JoinRequestFactory.create_batch(5, organisation=owner.organisation)
        assert client.get("/en/desk/").text.count(words) == 6
        assert queries_of_page(client, "/en/desk/") == of_one


def link(invitation):
    with translation.override("en"):
        return reverse("organisations:invitation", args=[invitation.token])


def press(client, path, name, *, slowly=True):
    """The press of one button of the page, by somebody or by something fast."""
    page = client.get(path).text
    opened = re.search(r'name="opened" value="([^"]+)"', page)[1]
    if slowly:
        with_time = signing.TimestampSigner(salt=SALT)
        key = signing.loads(opened, salt=SALT)
        moment = (timezone.now() - timedelta(seconds=9)).timestamp()
        with_time.timestamp = lambda: signing.b62_encode(int(moment))
        data = signing.dumps(key, salt=SALT).rsplit(":", 2)[0]
        opened = with_time.sign(data)
    return client.post(path, {"opened": opened, "website": "", name: "1"})


class TestDeclining:
    def test_needs_no_account_and_can_be_undone(self, client):
        invitation = InvitationFactory()

        press(client, link(invitation), "decline")
        invitation.refresh_from_db()
        assert invitation.declined_at
        assert not invitation.is_open
        assert "fourteen days" in client.get(link(invitation)).text

        press(client, link(invitation), "take_up")
        invitation.refresh_from_db()
        assert invitation.is_open

    def test_fast_press_and_a_filled_trap_change_nothing(self, client):
        invitation = InvitationFactory()

        assert press(client, link(invitation), "decline", slowly=False).status_code == 422
        client.post(link(invitation), {"decline": "1"})
        client.post(link(invitation), {"decline": "1", "website": "https://example.org"})
        client.post(link(invitation))

        invitation.refresh_from_db()
        assert invitation.is_open

    @pytest.mark.parametrize(
        "state",
        [
            {"invited_at": timezone.now() - timedelta(days=15)},
            {"revoked_at": timezone.now()},
            {"accepted_at": timezone.now()},
        ],
        ids=["expired", "revoked", "accepted"],
    )
    def test_never_after_an_answer(self, state, client):
        invitation = InvitationFactory(**state)

        assert client.get(link(invitation)).status_code == 410
        with pytest.raises(InvitationNotOpen):
            people.decline(invitation, by=None)

    def test_is_final_after_fourteen_days(self, client):
        invitation = InvitationFactory(declined_at=timezone.now() - timedelta(days=15))

        assert client.get(link(invitation)).status_code == 410
        with pytest.raises(InvitationNotOpen):
            people.take_up(invitation, by=None)

    def test_undone_late_it_is_open_for_another_fourteen_days(self):
        now = timezone.now()
        invitation = InvitationFactory(
            invited_at=now - timedelta(days=20), declined_at=now - timedelta(days=10)
        )

        people.take_up(invitation, by=None)

        assert invitation.is_open
        assert Invitation.objects.open().get() == invitation

    def test_newer_invitation_stands(self):
        old = InvitationFactory(declined_at=timezone.now())
        InvitationFactory(organisation=old.organisation, email=old.email)

        with pytest.raises(InvitationNotOpen):
            people.take_up(old, by=None)

    def test_declined_one_is_not_accepted_and_makes_room(self, owner):
        reader = UserFactory()
        invitation = InvitationFactory(organisation=owner.organisation, email=reader.email)
        people.decline(invitation, by=None)

        with pytest.raises(InvitationNotOpen):
            people.accept(invitation, by=reader)
        people.invite(owner.organisation, email=reader.email, role=Role.MEMBER, by=owner.user)

    def test_owner_sees_it(self, client, owner):
        InvitationFactory(
            organisation=owner.organisation, email="no@example.org", declined_at=timezone.now()
        )
        client.force_login(owner.user)

        page = client.get(f"/en/partners/mine/{owner.organisation.slug}/people/").text

        assert "Declined invitations" in page
        assert "no@example.org" in page

    def test_the_invited_declines_signed_in_too_and_others_do_not(self):
        reader = UserFactory()
        EmailAddress.objects.get_or_create(
            user=reader, email=reader.email, defaults={"verified": True}
        )
        invitation = InvitationFactory(email=reader.email)
        stranger, invited = Client(), Client()
        stranger.force_login(UserFactory())
        invited.force_login(reader)

        assert stranger.post(link(invitation), {"decline": "1"}).status_code == 403
        press(invited, link(invitation), "decline")

        invitation.refresh_from_db()
        assert invitation.declined_at


def test_profile_leads_to_asking(client, owner):
    path = f"/en/partners/{owner.organisation.slug}/"

    assert page_of(owner.organisation) in client.get(path).text
    client.force_login(owner.user)
    assert page_of(owner.organisation) not in client.get(path).text
    assert OrganisationFactory().representatives.count() == 0

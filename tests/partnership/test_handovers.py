"""Leaving, falling silent, and how an organisation finds somebody new."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnership.organisations.answering import answering, without_people
from partnership.organisations.errors import LastOwner
from partnership.organisations.models import HandOver, JoinRequest, Membership, Representative
from partnership.organisations.services import handovers, people
from partnership.organisations.services import requests as services
from portal.mail.models import Letter, ReaderMailbox
from tests.factories.accounts import UserFactory
from tests.factories.commitments import ReportFactory
from tests.factories.partnership import (
    JoinRequestFactory,
    MembershipFactory,
    OrganisationFactory,
    RepresentativeFactory,
)
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
Role = Representative.Role
Cause = HandOver.Cause
LONG_AGO = timedelta(days=400)


def old(person):
    """The person joined long ago and has not signed in since."""
    Representative.objects.filter(pk=person.pk).update(since=timezone.now() - LONG_AGO)
    type(person.user).objects.filter(pk=person.user_id).update(last_login=None)
    person.refresh_from_db()
    return person


@pytest.fixture
def owner():
    return old(
        MembershipFactory(status=Membership.Status.ACTIVE).organisation.representatives.get()
    )


def bounce(person):
    ReaderMailbox.objects.create(address=person.user.email.lower(), bounced_at=timezone.now())


class TestWhoAnswers:
    def test_nobody_after_a_silent_year(self, owner):
        assert not answering().exists()
        assert without_people().get() == owner.organisation

    def test_who_signed_in(self, owner):
        owner.user.last_login = timezone.now() - timedelta(days=364)
        owner.user.save()

        assert answering().get() == owner

    def test_who_did_something(self, owner):
        RepresentativeFactory(organisation=owner.organisation)
        people.change_role(
            owner.organisation.representatives.exclude(pk=owner.pk).get(),
            role=Role.MEMBER,
            by=owner.user,
        )

        assert owner in answering()

    def test_who_answered_a_letter(self, owner):
        ReportFactory(by=owner.user)

        assert owner in answering()

    def test_not_whose_letters_come_back_or_whose_account_is_closed(self, owner):
        gone = RepresentativeFactory(organisation=owner.organisation, user__is_active=False)
        bouncing = RepresentativeFactory(organisation=owner.organisation)
        bounce(bouncing)

        assert gone not in answering()
        assert bouncing not in answering()

    def test_only_who_takes_part_needs_people(self, owner):
        Membership.objects.update(status=Membership.Status.ENDED)
        OrganisationFactory()

        assert not without_people().exists()


class TestBeginning:
    def test_silence_writes_once_to_the_others_and_to_the_mailbox(self, owner):
        colleague = RepresentativeFactory(organisation=owner.organisation, role=Role.MEMBER)

        assert handovers.run() == 1
        for days in (0, 1, 30, 300):
            assert handovers.run(timezone.now() + timedelta(days=days)) == 0

        row = HandOver.objects.get()
        assert row.cause == Cause.SILENT
        letters = Letter.objects.filter(template="organisations/hand_over")
        assert {one.to for one in letters} == {
            colleague.user.email,
            owner.organisation.email.lower(),
        }
        assert all("/en/partners/hand-over/" in one.text for one in letters)

    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    @pytest.mark.parametrize("cause", Cause)
    def test_letter_is_in_the_organisation_s_language(self, owner, cause, language):
        owner.organisation.language = language
        owner.organisation.save()

        handovers.begin(owner.organisation, cause)

        assert Letter.objects.get().language == language

    def test_bouncing_address(self, owner):
        RepresentativeFactory(organisation=owner.organisation)
        bounce(owner)

        handovers.run()

        assert HandOver.objects.get().cause == Cause.BOUNCING

    def test_mailbox_that_bounces_is_not_written_to(self, owner):
        ReaderMailbox.objects.create(
            address=owner.organisation.email.lower(), bounced_at=timezone.now()
        )

        handovers.run()

        assert HandOver.objects.exists()
        assert not Letter.objects.exists()

    def test_two_who_answer_are_enough(self, owner):
        RepresentativeFactory.create_batch(2, organisation=owner.organisation)

        assert handovers.run() == 0

    def test_one_who_answers_is_left_in_peace_while_nobody_left(self, owner):
        owner.user.last_login = timezone.now()
        owner.user.save()

        assert handovers.run() == 0

    def test_organisation_without_any_person_is_not_orphaned(self, owner):
        owner.delete()

        assert handovers.run() == 1
        assert handovers.run() == 0

    def test_examples_get_no_letters(self, owner):
        owner.organisation.example = True
        owner.organisation.save()

        assert handovers.run() == 0

    def test_ends_when_there_are_people_and_begins_anew_later(self, owner):
        handovers.run()
        new = RepresentativeFactory.create_batch(2, organisation=owner.organisation)

        handovers.run()
        assert HandOver.objects.get().ended_at

        for one in new:
            bounce(one)
        assert handovers.run() == 1

    def test_is_repeated_after_a_year(self, owner):
        handovers.run()

        assert handovers.run(timezone.now() + timedelta(days=366)) == 1
        assert HandOver.objects.filter(ended_at=None).count() == 1

    def test_worse_state_begins_another(self, owner):
        colleague = RepresentativeFactory(organisation=owner.organisation)
        handovers.run()
        bounce(colleague)

        assert handovers.run() == 1
        assert handovers.run() == 0

    def test_costs_no_more_queries_for_organisations_that_have_people(
        self, owner, django_assert_max_num_queries
    ):
        handovers.run()
        for _number in range(6):
            MembershipFactory(status=Membership.Status.ACTIVE)

        with django_assert_max_num_queries(16):
            handovers.run()


class TestLeaving:
    def path(self, owner):
        return f"/en/partners/mine/{owner.organisation.slug}/leave/"

    def test_last_owner_is_led_to_name_somebody(self, client, owner):
        client.force_login(owner.user)

        response = client.post(
            f"/en/partners/mine/{owner.organisation.slug}/people/{owner.pk}/remove/"
        )

        assert response["Location"] == self.path(owner)
        assert Representative.objects.filter(pk=owner.pk).exists()

    def test_successor_becomes_an_owner(self, client, owner):
        other = RepresentativeFactory(organisation=owner.organisation, role=Role.MEMBER)
        client.force_login(owner.user)

        client.post(self.path(owner), {"successor": other.pk})

        other.refresh_from_db()
        assert other.role == Role.OWNER
        assert owner.organisation.representatives.get() == other
        assert HandOver.objects.get().cause == Cause.LEFT

    def test_without_a_successor_it_is_handed_over(self, client, owner):
        client.force_login(owner.user)

        client.post(self.path(owner), {"successor": "hand-over"})

        assert not owner.organisation.representatives.exists()
        assert Letter.objects.get().to == owner.organisation.email.lower()
        assert without_people().get() == owner.organisation

    @pytest.mark.parametrize("data", [{}, {"successor": "999999"}])
    def test_without_a_choice_nothing_changes(self, client, owner, data):
        client.force_login(owner.user)

        assert client.post(self.path(owner), data).status_code == 422
        assert Representative.objects.filter(pk=owner.pk).exists()

    def test_service_keeps_the_last_owner(self, owner):
        with pytest.raises(LastOwner):
            people.leave(owner)

    def test_nobody_is_written_to_while_enough_are_left(self, owner):
        RepresentativeFactory.create_batch(2, organisation=owner.organisation)

        people.leave(owner)

        assert not Letter.objects.exists()

    def test_nor_when_the_organisation_takes_part_no_more(self, owner):
        Membership.objects.update(status=Membership.Status.ENDED)

        people.leave(owner, hand_over=True)

        assert not Letter.objects.exists()


class TestLetter:
    @pytest.fixture
    def path(self, owner):
        handovers.run()
        return f"/en/partners/hand-over/{HandOver.objects.get().token}/"

    def test_leads_a_new_person_to_ask(self, client, owner, path):
        page = client.get(path).text
        assert owner.organisation.name_fi in page
        assert "Sign in and ask to act for it" in page
        client.post(path, {"text": "x"})
        assert not JoinRequest.objects.exists()

        person = UserFactory()
        client.force_login(person)
        client.post(path, {"text": "I follow Ada in the reception."})

        row = JoinRequest.objects.get()
        assert row.from_letter
        assert row.user == person

    def test_its_people_are_led_to_their_page(self, client, owner, path):
        client.force_login(owner.user)

        assert client.get(path)["Location"].endswith("/people/")

    def test_when_it_is_over_the_link_is_an_ordinary_one(self, client, owner, path):
        HandOver.objects.update(ended_at=timezone.now())

        assert "/join/ask/" in client.get(path)["Location"]

    def test_forged_link(self, client):
        answer = client.get("/en/partners/hand-over/forged/")

        assert answer.status_code == 404
        assert "This link leads to no organisation" in answer.text
        assert "nvitation" not in answer.text


class TestProgrammeTeam:
    LIST = "/cms/organisations-without-people/"

    def test_sees_who_has_nobody_and_lets_somebody_in(self, client, owner, enter):
        asked = JoinRequestFactory(organisation=owner.organisation, user__first_name="Ada")
        served = MembershipFactory(status=Membership.Status.ACTIVE).organisation
        enter("programme")

        page = client.get(self.LIST).text
        assert owner.organisation.name_fi in page
        assert served.name_fi not in page
        assert "organisation without people" in client.get("/en/desk/").text
        one = f"{self.LIST}{owner.organisation.pk}/"
        assert "nothing heard for a year" in client.get(one).text
        client.post(one, {"move": "let_in", "request": asked.pk})

        assert owner.organisation.representatives.get(user=asked.user).role == Role.OWNER
        assert not without_people().exists()

    def test_request_of_another_organisation_is_not_accepted_here(self, client, owner, enter):
        other = JoinRequestFactory()
        JoinRequestFactory(organisation=owner.organisation)
        enter("programme")

        client.post(f"{self.LIST}{owner.organisation.pk}/", {"move": "let_in", "request": other.pk})

        assert not other.organisation.representatives.exists()

    def test_invites_an_owner(self, client, owner, enter):
        enter("programme")

        client.post(
            f"{self.LIST}{owner.organisation.pk}/",
            {"move": "invite", "email": "new@example.org"},
        )

        assert owner.organisation.invitations.get().role == Role.OWNER

    def test_nobody_decides_on_their_own(self, client, owner, enter):
        asked = JoinRequestFactory(organisation=owner.organisation)
        person = enter("programme")
        old(RepresentativeFactory(organisation=owner.organisation, user=person))

        response = client.post(
            f"{self.LIST}{owner.organisation.pk}/", {"move": "let_in", "request": asked.pk}
        )

        assert response.status_code in (302, 403)
        asked.refresh_from_db()
        assert asked.waits

    def test_list_costs_the_queries_of_one_with_six(self, client, owner, enter):
        enter("programme")
        one = queries_of_page(client, self.LIST)
        for _number in range(5):
            old(
                MembershipFactory(
                    status=Membership.Status.ACTIVE
                ).organisation.representatives.get()
            )

        assert queries_of_page(client, self.LIST) == one


class TestTwoPeople:
    WORDS = "Ask a second person to act for the organisation"

    def test_own_page_and_desk_ask_for_a_second_person(self, client, owner):
        client.force_login(owner.user)

        assert "Invite a second person" in client.get("/en/partners/mine/").text
        assert self.WORDS in client.get("/en/desk/").text

        RepresentativeFactory(organisation=owner.organisation)
        assert "Invite a second person" not in client.get("/en/partners/mine/").text
        assert self.WORDS not in client.get("/en/desk/").text


def test_request_is_answered_by_the_owner_who_is_left(owner):
    asked = JoinRequestFactory(organisation=owner.organisation)

    services.accept(asked, role=Role.OWNER, by=owner.user)
    people.leave(owner)

    assert owner.organisation.representatives.get().user == asked.user

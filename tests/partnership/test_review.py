import pytest

from partnership.organisations.models import Membership
from partnership.organisations.services import memberships
from portal.mail.models import Letter
from tests.access.test_matrix import STAFF
from tests.factories.accounts import UserFactory
from tests.factories.partnership import MembershipFactory, RepresentativeFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
QUEUE = "/cms/memberships/"
Status = Membership.Status


def page_of(membership):
    return f"{QUEUE}{membership.pk}/"


@pytest.fixture
def reviewer(client, people):
    people["programme"].language = "en"
    people["programme"].save()
    client.force_login(people["programme"])
    return people["programme"]


class TestWhoMay:
    @pytest.mark.parametrize("role", STAFF)
    def test_programme_team_and_superuser_open_and_decide(self, client, people, role):
        membership = MembershipFactory()
        client.force_login(people[role])
        may = role in ("programme", "superuser")

        assert (client.get(QUEUE).status_code == 200) == may
        assert (client.get(page_of(membership)).status_code == 200) == may
        client.post(page_of(membership), {"move": "approve"})

        membership.refresh_from_db()
        assert (membership.status == Status.ACTIVE) == may

    @pytest.mark.parametrize("move", ["approve", "return", "decline"])
    def test_nobody_decides_on_an_organisation_of_their_own(self, client, reviewer, move):
        membership = MembershipFactory()
        RepresentativeFactory(
            organisation=membership.organisation,
            user=reviewer,
            role="member",
        )

        assert "somebody else in the team decides" in client.get(page_of(membership)).text
        client.post(page_of(membership), {"move": move, "text": "Mine"})

        membership.refresh_from_db()
        assert membership.status == Status.APPLIED
        assert not Letter.objects.exists()

    @pytest.mark.parametrize("move", ["approve", "return", "decline"])
    def test_an_applicant_who_has_left_the_organisation_does_not_decide(
        self, client, reviewer, move
    ):
        membership = MembershipFactory(applicant=reviewer, owner=UserFactory())

        assert "somebody else in the team decides" in client.get(page_of(membership)).text
        client.post(page_of(membership), {"move": move, "text": "Mine"})

        membership.refresh_from_db()
        assert membership.status == Status.APPLIED

    def test_menu_tells_how_many_wait(self, client, reviewer):
        MembershipFactory.create_batch(3)
        MembershipFactory(status=Status.ACTIVE)

        assert "Applications (3)" in client.get("/cms/").text

    def test_menu_of_others_has_no_such_item(self, client, people):
        client.force_login(people["editor"])

        assert QUEUE not in client.get("/cms/").text


class TestQueue:
    def test_waiting_ones_come_first_the_longest_waiting_on_top(self, client, reviewer):
        MembershipFactory(status=Status.ACTIVE, organisation__name_fi="Member")
        for name in ("First", "Second"):
            MembershipFactory(organisation__name_fi=name)

        rows = client.get(QUEUE).context["object_list"]

        assert [str(row) for row in rows] == ["First", "Second", "Member"]

    def test_filters_by_state_and_kind_with_counts(self, client, reviewer):
        MembershipFactory.create_batch(2)
        MembershipFactory(status=Status.ACTIVE, organisation__kind="company")

        response = client.get(f"{QUEUE}?status=active")

        assert [row.status for row in response.context["object_list"]] == [Status.ACTIVE]
        assert "Waiting for a decision (2)" in response.text
        assert "Company (1)" in response.text

    def test_is_searched_by_name_and_business_id(self, client, reviewer):
        MembershipFactory(organisation__name_fi="Other")
        found = MembershipFactory(organisation__name_fi="Kielikahvila")

        for word in ("kielika", found.organisation.business_id):
            rows = client.get(f"{QUEUE}?q={word}").context["object_list"]
            assert list(rows) == [found]

    def test_costs_the_queries_of_one_with_six(self, client, reviewer):
        MembershipFactory()
        one = queries_of_page(client, QUEUE)
        MembershipFactory.create_batch(5)

        assert queries_of_page(client, QUEUE) == one


class TestDeciding:
    @pytest.mark.parametrize(
        ("move", "status"), [("return", Status.RETURNED), ("decline", Status.DECLINED)]
    )
    def test_words_are_needed_and_go_into_letter_and_history(self, client, reviewer, move, status):
        membership = MembershipFactory()
        path = page_of(membership)

        assert client.post(path, {"move": move}).status_code == 422
        client.post(path, {"move": move, "text": "Name your partners."})

        membership.refresh_from_db()
        assert membership.status == status
        assert "Name your partners." in Letter.objects.get().text
        history = client.get(path).context["history"]
        assert [(entry.user, entry.comment) for entry in history] == [
            (reviewer, "Name your partners.")
        ]

    def test_membership_is_ended_with_a_reason(self, client, reviewer):
        membership = MembershipFactory(status=Status.ACTIVE)

        client.post(page_of(membership), {"move": "end", "text": "It has been dissolved."})

        membership.refresh_from_db()
        assert membership.status == Status.ENDED
        assert "It has been dissolved." in Letter.objects.get().text

    def test_what_changed_after_it_was_read_is_not_decided_on(self, client, reviewer):
        membership = MembershipFactory()
        seen = client.get(page_of(membership)).context["membership"].version_token
        assert seen in client.get(page_of(membership)).text
        organisation = membership.organisation
        organisation.version += 1
        organisation.save(update_fields=["version"])

        for move in ("approve", "return", "decline"):
            data = {"move": move, "text": "No", "seen": seen}
            response = client.post(page_of(membership), data, follow=True)
            membership.refresh_from_db()
            assert membership.status == Status.APPLIED
            assert "Read it again" in response.text

        data = {"move": "approve", "seen": response.context["membership"].version_token}
        client.post(page_of(membership), data)
        membership.refresh_from_db()
        assert membership.status == Status.ACTIVE

    def test_second_decision_is_told_that_somebody_was_first(self, client, reviewer):
        membership = MembershipFactory()
        memberships.approve(membership, by=UserFactory())

        response = client.post(page_of(membership), {"move": "decline", "text": "No"}, follow=True)

        membership.refresh_from_db()
        assert membership.status == Status.ACTIVE
        assert "Somebody was first" in response.text
        assert Letter.objects.count() == 1

    def test_note_is_the_team_s_own(self, client, reviewer):
        membership = MembershipFactory(status=Status.DECLINED)

        client.post(page_of(membership), {"move": "note", "text": "Ask again in May."})

        assert "Ask again in May." in client.get(page_of(membership)).text
        assert not Letter.objects.exists()
        client.force_login(membership.applicant)
        for path in ("/en/partners/mine/", f"/en/partners/{membership.organisation.slug}/"):
            assert "Ask again in May." not in client.get(path).text

    def test_unknown_move_does_nothing(self, client, reviewer):
        membership = MembershipFactory()

        client.post(page_of(membership), {"move": "crown"})

        membership.refresh_from_db()
        assert membership.status == Status.APPLIED

    def test_page_shows_what_was_sent_as_text(self, client, reviewer):
        membership = MembershipFactory(motivation="<script>alert(1)</script>")

        assert "<script>alert(1)" not in client.get(page_of(membership)).text

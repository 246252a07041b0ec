import pytest

from partnership.organisations.criteria import MET, NOT_MET, criteria
from partnership.organisations.models import DecisionTemplate, Membership, Renewal
from portal.mail.models import Letter
from tests.access.test_matrix import STAFF
from tests.factories.accounts import UserFactory
from tests.factories.partnership import (
    MembershipFactory,
    PeriodFactory,
    RepresentativeFactory,
    decide,
)
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
QUEUE = "/cms/memberships/"
PROPOSE = {
    "move": "propose",
    "decision": "approve",
    **{f"criterion_{one.key}": MET for one in criteria()},
}
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
        client.post(page_of(membership), PROPOSE)

        membership.refresh_from_db()
        assert (membership.status == Status.PROPOSED) == may

    @pytest.mark.parametrize("move", ["propose", "return", "end"])
    def test_nobody_decides_on_an_organisation_of_their_own(self, client, reviewer, move):
        membership = MembershipFactory()
        RepresentativeFactory(
            organisation=membership.organisation,
            user=reviewer,
            role="member",
        )

        assert "somebody else in the team decides" in client.get(page_of(membership)).text
        client.post(page_of(membership), PROPOSE | {"move": move, "text": "Mine"})

        membership.refresh_from_db()
        assert membership.status == Status.APPLIED
        assert not Letter.objects.exists()

    @pytest.mark.parametrize("move", ["propose", "return"])
    def test_an_applicant_who_has_left_the_organisation_does_not_decide(
        self, client, reviewer, move
    ):
        membership = MembershipFactory(applicant=reviewer, owner=UserFactory())

        assert "somebody else in the team decides" in client.get(page_of(membership)).text
        client.post(page_of(membership), PROPOSE | {"move": move, "text": "Mine"})

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
    def test_one_proposes_by_the_criteria_and_another_approves(self, client, reviewer, people):
        membership = MembershipFactory()
        path = page_of(membership)

        client.post(path, PROPOSE | {"text": "It fits."})
        own = client.get(path)
        client.post(path, {"move": "decide"})

        membership.refresh_from_db()
        assert membership.status == Status.PROPOSED
        assert "You made this proposal" in own.text
        assert 'value="decide"' not in own.text
        client.force_login(UserFactory(role="programme", language="en"))
        page = client.get(path).text
        assert page.count(": Met") == len(criteria())
        client.post(path, {"move": "decide", "seen": membership.version_token})
        membership.refresh_from_db()
        assert membership.status == Status.ACTIVE
        assert Letter.objects.count() == 1

    def test_nothing_is_chosen_beforehand_and_every_criterion_is_asked_for(self, client, reviewer):
        membership = MembershipFactory()
        path = page_of(membership)
        assert " checked" not in client.get(path).text.split("criterion_", 1)[1]

        for name in PROPOSE:
            if name != "move":
                data = {key: value for key, value in PROPOSE.items() if key != name}
                assert client.post(path, data).status_code == 422

        not_met = PROPOSE | {"criterion_principles": NOT_MET}
        assert "Not every criterion is met" in client.post(path, not_met).text
        no_reason = client.post(path, not_met | {"decision": "decline"})
        assert "Write why" in no_reason.text
        membership.refresh_from_db()
        assert membership.status == Status.APPLIED

    def test_second_reader_sends_it_back_with_a_comment_that_the_first_one_sees(
        self, client, reviewer
    ):
        membership = MembershipFactory()
        path = page_of(membership)
        client.post(path, PROPOSE)
        client.force_login(UserFactory(role="programme", language="en"))

        assert client.post(path, {"move": "send_back"}).status_code == 422
        client.post(path, {"move": "send_back", "comment": "Ask about the address."})

        client.force_login(reviewer)
        page = client.get(path).text
        assert page.count("Ask about the address.") == 2  # above the form, and in the history
        assert client.get(f"{QUEUE}?whose=mine").context["object_list"][0] == membership
        assert not Letter.objects.exists()

    def test_one_who_acts_for_it_is_no_second_reader_either(self, client, reviewer):
        membership = MembershipFactory()
        client.post(page_of(membership), PROPOSE)
        second = UserFactory(role="programme")
        RepresentativeFactory(organisation=membership.organisation, user=second, role="member")
        client.force_login(second)

        client.post(page_of(membership), {"move": "decide"})

        membership.refresh_from_db()
        assert membership.status == Status.PROPOSED

    def test_words_are_needed_and_go_into_letter_and_history(self, client, reviewer):
        membership = MembershipFactory()
        path = page_of(membership)

        assert client.post(path, {"move": "return"}).status_code == 422
        client.post(path, {"move": "return", "text": "Name your partners."})

        membership.refresh_from_db()
        assert membership.status == Status.RETURNED
        assert "Name your partners." in Letter.objects.get().text
        history = client.get(path).context["history"]
        assert [(entry.user, entry.comment) for entry in history] == [
            (reviewer, "Name your partners.")
        ]

    def test_template_fills_the_form_in_the_applicant_s_language(self, client, reviewer):
        template = DecisionTemplate.objects.create(
            name="Ask", use="return", text_sv="Berätta mer.", text_fi="Kerro lisää."
        )
        membership = MembershipFactory(organisation__language="sv")
        english = MembershipFactory(organisation__language="en")

        page = client.get(f"{page_of(membership)}?template={template.pk}").text

        assert "Berätta mer.</textarea>" in page
        assert "Kerro lisää." not in page
        assert f"template={template.pk}" not in client.get(page_of(english)).text
        assert client.get(f"{page_of(english)}?template=x").status_code == 200

    def test_is_handed_to_somebody_with_a_day(self, client, reviewer):
        membership = MembershipFactory()
        path = page_of(membership)
        stranger = UserFactory()

        assert client.post(path, {"move": "assign", "handler": stranger.pk}).status_code == 422
        client.post(path, {"move": "assign", "handler": reviewer.pk, "due_on": "2026-01-02"})

        membership.refresh_from_db()
        assert membership.handler == reviewer
        assert "overdue" in client.get(QUEUE).text
        assert list(client.get(f"{QUEUE}?whose=late").context["object_list"]) == [membership]
        assert not client.get(f"{QUEUE}?whose=nobody").context["object_list"]

    def test_a_lapse_is_undone_by_the_team(self, client, reviewer):
        membership = MembershipFactory(status=Status.LAPSED)
        Renewal.objects.create(membership=membership, period=PeriodFactory())

        assert "Undo the lapse" in client.get(page_of(membership)).text
        client.post(page_of(membership), {"move": "restore"})

        membership.refresh_from_db()
        assert membership.status == Status.ACTIVE
        assert "has taken up the membership" in Letter.objects.get().text

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

        for move in ("propose", "return"):
            data = PROPOSE | {"move": move, "text": "No", "seen": seen}
            response = client.post(page_of(membership), data, follow=True)
            membership.refresh_from_db()
            assert membership.status == Status.APPLIED
            assert "Read it again" in response.text

        data = PROPOSE | {"seen": response.context["membership"].version_token}
        client.post(page_of(membership), data)
        membership.refresh_from_db()
        assert membership.status == Status.PROPOSED

    def test_second_decision_is_told_that_somebody_was_first(self, client, reviewer):
        membership = MembershipFactory()
        decide(membership)

        response = client.post(page_of(membership), {"move": "decide"}, follow=True)

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


def test_figures_tell_states_times_and_who_goes_on(client, reviewer):
    decide(MembershipFactory())
    MembershipFactory(due_on="2020-01-01")

    page = client.get(f"{QUEUE}figures/")

    context = page.context
    assert (context["waiting"], context["overdue"], context["decided"]) == (1, 1, 1)
    assert (context["median_days"], context["in_time"]) == (0, 1)
    one = queries_of_page(client, f"{QUEUE}figures/")
    MembershipFactory.create_batch(3)
    assert queries_of_page(client, f"{QUEUE}figures/") == one


def test_queue_is_to_be_had_as_csv(client, reviewer):
    membership = MembershipFactory(organisation__name_fi="Kielikahvila")

    rows = b"".join(client.get(f"{QUEUE}?export=csv").streaming_content).decode()

    assert membership.register_number in rows
    assert "Kielikahvila" in rows


@pytest.mark.parametrize("address", ["/cms/programme-periods/", "/cms/decision-templates/"])
@pytest.mark.parametrize("role", STAFF)
def test_periods_and_templates_are_the_team_s(client, people, role, address):
    client.force_login(people[role])
    may = role in ("programme", "superuser")

    for path in (address, f"{address}new/"):
        assert (client.get(path).status_code == 200) == may

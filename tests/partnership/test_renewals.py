"""From period to period: asked once, one press, grace, a lapse that can be undone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from partnership.organisations.errors import TooLate
from partnership.organisations.models import Membership, Organisation, Renewal, Representative
from partnership.organisations.services import memberships, renewals
from portal.mail.models import Letter
from portal.workflow import TransitionNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.partnership import (
    MembershipFactory,
    PeriodFactory,
    RenewalFactory,
    RepresentativeFactory,
)
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
Status = Membership.Status
FAST = timedelta(seconds=10)


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)


@pytest.fixture
def periods():
    return PeriodFactory(year=2025), PeriodFactory(year=2027)


@pytest.fixture
def member(periods):
    membership = MembershipFactory(status=Status.ACTIVE, period=periods[0])
    Membership.objects.update(decided_at=noon("2025-02-01"))
    membership.refresh_from_db()
    return membership


def letters() -> list[str]:
    names = Letter.objects.order_by("pk").values_list("template", flat=True)
    return [name.removeprefix("organisations/") for name in names]


def run_daily(first: str, last: str, *, times=1, away=()):
    day = noon(first)
    while day <= noon(last):
        if day.date().isoformat() not in away:
            for _ in range(times):
                renewals.run(day)
        day += timedelta(days=1)


def days(first: str, number: int) -> list[str]:
    return [(noon(first) + timedelta(days=n)).date().isoformat() for n in range(number)]


@pytest.mark.parametrize(
    ("times", "away"),
    [
        (1, []),
        (2, []),
        (1, days("2026-10-28", 10)),
        (1, days("2026-12-28", 10)),
        (1, days("2027-03-28", 10)),
    ],
)
def test_who_says_nothing_gets_three_letters_and_lapses_however_the_worker_runs(
    member, times, away
):
    run_daily("2026-10-25", "2027-04-20", times=times, away=away)

    member.refresh_from_db()
    assert letters() == ["renewal", "renewal_reminder", "lapsed"]
    assert member.status == Status.LAPSED
    assert not Organisation.objects.members().exists()


def test_a_member_stays_one_in_the_time_of_grace(member):
    run_daily("2026-10-31", "2027-03-31")

    member.refresh_from_db()
    assert member.status == Status.ACTIVE


def test_a_worker_that_was_away_for_months_asks_before_anything_lapses(member):
    renewals.run(noon("2027-06-01"))
    renewals.run(noon("2027-06-02"))

    member.refresh_from_db()
    assert member.status == Status.ACTIVE
    assert letters() == ["renewal"]
    run_daily("2027-06-03", "2027-07-31")
    member.refresh_from_db()
    assert member.status == Status.LAPSED


def test_who_goes_on_is_asked_no_more(member, periods):
    renewals.run(noon("2026-11-01"))
    renewals.confirm(Renewal.objects.get(), by=member.applicant, now=noon("2026-11-02"))

    run_daily("2026-11-02", "2027-04-30")

    member.refresh_from_db()
    assert (member.status, member.period) == (Status.ACTIVE, periods[1])
    assert letters() == ["renewal"]


def test_who_joined_for_the_next_period_is_not_asked(periods):
    MembershipFactory(status=Status.ACTIVE, period=periods[1])

    run_daily("2026-10-31", "2027-01-10")

    assert letters() == []


def test_a_member_from_before_there_were_periods_is_asked(periods):
    membership = MembershipFactory(status=Status.ACTIVE)
    Membership.objects.update(decided_at=noon("2026-05-01"))

    renewals.run(noon("2026-11-01"))

    assert membership.renewals.get().period == periods[1]


@pytest.mark.parametrize("status", [one for one in Status if one != Status.ACTIVE])
def test_only_members_are_asked(periods, status):
    MembershipFactory(status=status, period=periods[0])

    renewals.run(noon("2026-11-01"))

    assert letters() == []


def test_each_owner_gets_the_letter_in_the_organisation_s_language_and_members_none(member):
    member.organisation.language = "sv"
    member.organisation.save()
    RepresentativeFactory(organisation=member.organisation)
    RepresentativeFactory(organisation=member.organisation, role="member")

    renewals.run(noon("2026-11-01"))

    texts = [letter.text for letter in Letter.objects.all()]
    assert len(texts) == 2
    assert all("/sv/partner/" in text and "ett tryck" in text.lower() for text in texts)
    assert texts[0] != texts[1]


class TestUndoing:
    @pytest.fixture
    def renewal(self, member):
        renewals.run(noon("2026-11-01"))
        return Renewal.objects.get()

    def test_a_late_confirmation_takes_a_lapsed_membership_up_and_undoing_lets_it_lapse_again(
        self, renewal, member, periods
    ):
        run_daily("2026-11-02", "2027-04-20")
        renewal.refresh_from_db()

        renewals.confirm(renewal, by=member.applicant)
        member.refresh_from_db()
        assert (member.status, member.period) == (Status.ACTIVE, periods[1])

        renewals.undo(renewal, by=member.applicant)
        member.refresh_from_db()
        assert (member.status, member.period) == (Status.LAPSED, periods[0])

    def test_undone_in_time_it_is_as_before_and_asked_about_again(self, renewal, member, periods):
        renewals.confirm(renewal, by=member.applicant)

        renewals.undo(renewal, by=member.applicant)

        member.refresh_from_db()
        assert (member.status, member.period) == (Status.ACTIVE, periods[0])
        run_daily("2026-12-31", "2027-01-02")
        assert letters() == ["renewal", "renewal_reminder"]

    def test_not_after_fourteen_days(self, renewal, member, periods):
        renewals.confirm(
            renewal, by=member.applicant, now=timezone.now() - timedelta(days=14, seconds=1)
        )

        with pytest.raises(TooLate):
            renewals.undo(renewal, by=member.applicant)

        member.refresh_from_db()
        assert member.period == periods[1]

    def test_nothing_is_confirmed_of_a_membership_that_has_ended(self, renewal, member):
        memberships.end(member, by=UserFactory(), reason="Closed.")

        with pytest.raises(TransitionNotAllowed):
            renewals.confirm(renewal, by=member.applicant)

        renewal.refresh_from_db()
        assert renewal.confirmed_at is None

    def test_the_team_undoes_a_lapse_and_it_stays_undone(self, renewal, member, periods):
        run_daily("2026-11-02", "2027-04-20")
        member.refresh_from_db()

        renewals.restore(member, by=UserFactory())

        run_daily("2027-04-21", "2027-05-31")
        member.refresh_from_db()
        assert (member.status, member.period) == (Status.ACTIVE, periods[1])
        assert letters() == ["renewal", "renewal_reminder", "lapsed", "restored"]


class TestPage:
    @pytest.fixture
    def renewal(self, member, time_machine):
        time_machine.move_to(noon("2026-11-02"), tick=False)
        renewals.run()
        return Renewal.objects.get()

    def page_of(self, renewal, person):
        return f"/en/partners/going-on/{renewal.key_for(person)}/"

    def press(self, client, path, time_machine, what="go-on", *, after=FAST):
        opened = client.get(path).context["form"].initial["opened"]
        time_machine.shift(after)
        return client.post(path, {"press": what, "opened": opened, "website": ""})

    def test_the_link_of_the_letter_opens_it_without_signing_in(self, client, renewal, member):
        path = self.page_of(renewal, member.applicant)
        assert path in Letter.objects.get().text

        page = client.get(path)

        assert page.status_code == 200
        assert "taken back on this page for fourteen days" in page.text
        renewal.refresh_from_db()
        assert renewal.confirmed_at is None

    def test_one_press_goes_on_and_another_takes_it_back(
        self, client, renewal, member, periods, time_machine
    ):
        path = self.page_of(renewal, member.applicant)

        self.press(client, path, time_machine)
        member.refresh_from_db()
        renewal.refresh_from_db()
        assert (member.period, renewal.confirmed_by) == (periods[1], member.applicant)
        assert "16\xa0November\xa02026" in client.get(path).text

        self.press(client, path, time_machine, "undo")
        member.refresh_from_db()
        assert member.period == periods[0]

    @pytest.mark.parametrize("data", [{}, {"press": "go-on"}, {"opened": "x", "press": "go-on"}])
    def test_a_form_sent_as_it_stands_or_at_once_changes_nothing(
        self, client, renewal, member, periods, time_machine, data
    ):
        path = self.page_of(renewal, member.applicant)

        assert client.post(path, data).status_code == 422
        assert self.press(client, path, time_machine, after=timedelta(seconds=1)).status_code == 422

        member.refresh_from_db()
        assert member.period == periods[0]

    def test_link_of_one_who_has_left_or_of_a_period_that_is_over_leads_nowhere(
        self, client, renewal, member, time_machine
    ):
        path = self.page_of(renewal, member.applicant)
        stranger = UserFactory()
        assert client.get(self.page_of(renewal, stranger)).status_code == 404
        assert client.get(f"{path[:-2]}x/").status_code == 404

        time_machine.move_to(noon("2029-01-01"))
        assert client.get(path).status_code == 404

        time_machine.move_to(noon("2026-12-01"))
        assert client.get(path).status_code == 200
        member.organisation.representatives.all().delete()
        assert client.get(path).status_code == 404

    def test_own_page_says_what_is_asked_and_leads_there(self, client, renewal, member):
        client.force_login(member.applicant)
        own = f"/en/partners/mine/{member.organisation.slug}/going-on/"

        assert own in client.get("/en/partners/mine/").text
        assert client.get(own).status_code == 200
        plain = RepresentativeFactory(organisation=member.organisation, role="member").user
        client.force_login(plain)
        assert client.get(own).status_code == 403
        assert own not in client.get("/en/partners/mine/").text

    def test_lapsed_members_are_told_and_take_it_up_themselves(
        self, client, renewal, member, periods, time_machine
    ):
        memberships.move(
            member, Status.LAPSED, "organisations.lapse", by=None, lapsed_at=timezone.now()
        )
        client.force_login(member.applicant)

        assert "The membership lapsed on" in client.get("/en/partners/mine/").text
        self.press(client, f"/en/partners/mine/{member.organisation.slug}/going-on/", time_machine)

        member.refresh_from_db()
        assert (member.status, member.period) == (Status.ACTIVE, periods[1])


class TestTheDesk:
    WORDS = "Say whether the membership goes on"

    def desk(self, client, person):
        client.force_login(person)
        return client.get("/en/desk/").text

    @pytest.fixture
    def asked(self):
        """Asked about a period that lasts until next year, whatever the day is."""
        this_year = timezone.localdate().year
        membership = MembershipFactory(
            status=Status.ACTIVE, period=PeriodFactory(year=this_year - 2)
        )
        return RenewalFactory(membership=membership, period=PeriodFactory(year=this_year))

    def test_says_so_to_owners_and_editors_until_it_is_said(self, client, asked):
        membership = asked.membership
        roles = Representative.Role
        editor, member = (
            RepresentativeFactory(organisation=membership.organisation, role=role).user
            for role in (roles.EDITOR, roles.MEMBER)
        )
        page = self.desk(client, membership.applicant)
        assert page.count(self.WORDS) == 1
        assert f"/en/partners/mine/{membership.organisation.slug}/going-on/" in page
        assert self.WORDS in self.desk(client, editor)
        assert self.WORDS not in self.desk(client, member)

        renewals.confirm(asked, by=membership.applicant)
        assert self.WORDS not in self.desk(client, membership.applicant)

    def test_also_of_one_that_has_lapsed_and_not_of_one_that_has_ended(self, client, asked):
        person = asked.membership.applicant
        Membership.objects.update(status=Status.LAPSED, lapsed_at=timezone.now())
        assert self.WORDS in self.desk(client, person)

        Membership.objects.update(status=Status.ENDED, ended_at=timezone.now())
        assert self.WORDS not in self.desk(client, person)

    def test_costs_as_much_for_six_as_for_one(self, client, asked):
        person = asked.membership.applicant
        client.force_login(person)
        of_one = queries_of_page(client, "/en/desk/")
        for _ in range(5):
            membership = MembershipFactory(status=Status.ACTIVE, applicant=person)
            RenewalFactory(membership=membership, period=asked.period)

        assert client.get("/en/desk/").text.count(self.WORDS) == 6
        assert queries_of_page(client, "/en/desk/") == of_one

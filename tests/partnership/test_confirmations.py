"""The yearly confirmation of directory entries: letters, one press, greyed, hidden, back."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from partnership.organisations.models import Confirmation, ConfirmationAsk, Membership, Organisation
from partnership.organisations.services import confirmations
from portal.inbox import waiting_for
from portal.mail.models import Letter
from portal.resources import having
from portal.search_api import Searchable
from tests.factories.accounts import UserFactory
from tests.factories.partnership import MembershipFactory, RepresentativeFactory
from tests.factories.places import AreaFactory
from tests.scanners import SCANNERS

pytestmark = pytest.mark.django_db
START = date(2026, 1, 15)
WHERE = "/en/partners/"


def at(day, hour=9):
    return timezone.make_aware(timezone.datetime(day.year, day.month, day.day, hour))


@pytest.fixture
def area():
    return AreaFactory(code="990")


@pytest.fixture
def entry(area):
    """A member whose entry was confirmed on START; its owner reads Swedish."""
    owner = UserFactory(language="sv")
    organisation = MembershipFactory(
        status=Membership.Status.ACTIVE, owner=owner, organisation__areas=[area]
    ).organisation
    organisation.confirmed_at = at(START)
    organisation.save(update_fields=["confirmed_at"])
    return organisation


def run(*days):
    for day in days:
        with time_machine.travel(at(day), tick=False):
            confirmations.keep_confirmed()


def every_day(until):
    return (START + timedelta(days=n) for n in range((until - START).days + 1))


def letters():
    return [
        (ask.asked_at.date(), ask.reminder) for ask in ConfirmationAsk.objects.order_by("asked_at")
    ]


def shown_in(client, organisation, area):
    """In which of the places that list organisations this one stands."""
    name = organisation.name_fi
    search = having(Searchable)["organisation"]
    places = {
        "directory": client.get(WHERE).content.decode(),
        "area": client.get(area.get_absolute_url()).content.decode(),
        "api": client.get("/api/v1/organisations").content.decode(),
        "csv": client.get("/en/partners/directory.csv").content.decode(),
        "json": client.get("/en/partners/directory.json").content.decode(),
        "one": client.get(f"/api/v1/organisations/{organisation.slug}").content.decode(),
        "sitemap": client.get("/sitemap.xml").content.decode(),
        "search": " ".join(row.title for row in search.documents(search.rows(Organisation))),
    }
    wanted = {**dict.fromkeys(places, name), "sitemap": f"/{organisation.slug}/"}
    return {where for where, page in places.items() if wanted[where] in page}


ALL = {"directory", "area", "api", "csv", "json", "one", "sitemap", "search"}


class TestLetters:
    def test_one_after_a_year_and_a_reminder_a_month_later_in_the_readers_language(self, entry):
        run(*every_day(date(2027, 6, 1)))

        assert letters() == [(date(2027, 1, 15), False), (date(2027, 2, 15), True)]
        first, second = Letter.objects.filter(template="organisations/confirm").order_by("pk")
        assert {first.language, second.language} == {"sv"}
        assert "/sv/" in first.text and first.holds_key

    def test_run_twice_a_day_or_not_for_ten_days_gives_the_same(self, entry):
        every_tenth = list(every_day(date(2027, 9, 1)))[::10]
        run(*(day for day in every_tenth for _twice in range(2)))

        assert [reminder for _day, reminder in letters()] == [False, True]
        entry.refresh_from_db()
        assert entry.hidden_at

    def test_people_who_only_see_it_and_closed_accounts_get_none(self, entry):
        RepresentativeFactory(organisation=entry, role="member")
        RepresentativeFactory(organisation=entry, user=UserFactory(is_active=False))
        run(date(2027, 1, 15))

        assert ConfirmationAsk.objects.count() == 1

    def test_none_about_an_organisation_that_is_no_member(self, entry):
        entry.memberships.update(status=Membership.Status.ENDED)
        run(date(2027, 1, 15))

        assert letters() == []


class TestGreyedAndHidden:
    @pytest.mark.parametrize(
        ("day", "greyed", "places"),
        [
            (date(2027, 3, 14), False, ALL),
            (date(2027, 3, 15), True, ALL),
            (date(2027, 7, 14), True, ALL),
            (date(2027, 7, 15), True, set()),
        ],
    )
    def test_on_the_days_of_the_rule(self, client, entry, area, day, greyed, places):
        run(date(2027, 1, 15), day)

        with time_machine.travel(at(day, 12), tick=False):
            page = client.get(f"/en/partners/{entry.slug}/").content.decode()
            assert ("Not confirmed since 15\u00a0January\u00a02026" in page) == greyed
            assert shown_in(client, entry, area) == places
            count = client.get(WHERE).context["page_obj"].paginator.count
            assert count == (1 if places else 0)

    def test_not_sooner_than_two_months_after_a_letter_that_came_late(self, entry):
        run(date(2027, 12, 1), date(2028, 1, 29))
        entry.refresh_from_db()
        assert entry.hidden_at is None

        run(date(2028, 1, 30))
        entry.refresh_from_db()
        assert entry.hidden_at

    def test_hidden_by_the_rule_where_there_is_nobody_to_ask(self, entry):
        entry.representatives.all().delete()
        run(date(2027, 7, 15))

        entry.refresh_from_db()
        assert entry.hidden_at

    def test_back_at_once_when_confirmed(self, client, entry, area):
        run(date(2027, 1, 15), date(2027, 7, 15))
        with time_machine.travel(at(date(2027, 7, 20)), tick=False):
            assert shown_in(client, entry, area) == set()
            entry.refresh_from_db()
            confirmations.confirm(entry, by=None)
            assert shown_in(client, entry, area) == ALL

    def test_its_page_stays_for_those_who_have_its_address(self, client, entry):
        run(date(2027, 1, 15), date(2027, 7, 15))
        page = client.get(f"/en/partners/{entry.slug}/")

        assert page.status_code == 200 and "noindex" in page.content.decode()

    def test_the_rule_stands_on_the_page_of_the_directory(self, client):
        page = client.get(WHERE).content.decode()

        assert re.search(r"After 18\s+months, and at least 60 days", page)


def open_page(client, key):
    """What a person sends who opened the page five seconds ago."""
    path = f"/en/partners/confirm/{key}/"
    response = client.get(path)
    return path, {"opened": response.context["form"]["opened"].value(), "website": ""}


class TestTheLettersKey:
    @pytest.fixture
    def key(self, entry):
        run(date(2027, 1, 15))
        with time_machine.travel(at(date(2027, 1, 16)), tick=True):
            yield ConfirmationAsk.objects.get().key

    def press(self, client, key, **button):
        with time_machine.travel(timezone.now(), tick=False) as clock:
            path, form = open_page(client, key)
            clock.shift(5)
            return client.post(path, form | button)

    def test_shows_the_entry_and_confirms_nothing_by_opening(self, client, entry, key):
        page = client.get(f"/en/partners/confirm/{key}/").content.decode()

        assert entry.description_fi in page and "noindex" in page
        assert not Confirmation.objects.exists()

    def test_a_form_without_its_button_confirms_nothing(self, client, entry, key):
        self.press(client, key)

        assert not Confirmation.objects.exists()

    def test_a_press_within_seconds_is_asked_again(self, client, entry, key):
        path, form = open_page(client, key)

        assert client.post(path, form | {"confirm": "1"}).status_code == 422
        assert not Confirmation.objects.exists()

    @pytest.mark.parametrize("scanner", SCANNERS, ids=lambda scanner: scanner.__name__)
    def test_no_mail_scanner_confirms(self, entry, key, scanner):
        scanner(f"/en/partners/confirm/{key}/")

        assert not Confirmation.objects.exists()

    def test_one_press_confirms_once_and_is_thanked(self, client, entry, key):
        assert self.press(client, key, confirm="1").status_code == 302
        self.press(client, key, confirm="1")

        row = Confirmation.objects.get()
        assert row.by == entry.representatives.get().user
        entry.refresh_from_db()
        assert entry.confirmed_at == row.at
        page = client.get(f"/en/partners/confirm/{key}/").content.decode()
        assert "Take the confirmation back" in page and "fourteen days" in page

    def test_can_be_taken_back_for_fourteen_days(self, client, entry, key):
        self.press(client, key, confirm="1")
        self.press(client, key, undo="1")

        entry.refresh_from_db()
        assert entry.confirmed_at == at(START)
        assert Confirmation.objects.standing().count() == 0

    def test_no_longer_afterwards(self, client, entry, key):
        self.press(client, key, confirm="1")
        row = Confirmation.objects.get()
        later = time_machine.travel(at(date(2027, 2, 1)), tick=False)
        with later, pytest.raises(confirmations.TooLate):
            confirmations.undo(row, by=None)

    def test_taking_back_hides_again_what_was_hidden(self, entry, key):
        Organisation.objects.filter(pk=entry.pk).update(hidden_at=timezone.now())
        entry.refresh_from_db()
        confirmations.undo(confirmations.confirm(entry, by=None), by=None)

        entry.refresh_from_db()
        assert entry.hidden_at

    def test_is_closed_to_who_looks_after_the_entry_no_longer(self, client, entry, key):
        entry.representatives.all().delete()

        assert client.get(f"/en/partners/confirm/{key}/").status_code == 404


class TestSignedIn:
    def test_the_desk_leads_there_and_one_press_confirms(self, client, entry):
        owner = entry.representatives.get().user
        with time_machine.travel(at(date(2027, 1, 15)), tick=False):
            tasks = [one for one in waiting_for(owner) if one.due == date(2027, 1, 15)]
            client.force_login(owner)
            client.post(tasks[0].url, {"confirm": "1"})

            assert [one for one in waiting_for(owner) if one.due] == []
        assert Confirmation.objects.get().by == owner


def test_the_team_reads_what_became_of_the_letters(client, entry):
    team = UserFactory(role="programme")
    run(START + timedelta(days=366), START + timedelta(days=400))
    with time_machine.travel(at(START + timedelta(days=410)), tick=False):
        ask = ConfirmationAsk.objects.first()
        confirmations.undo(confirmations.confirm(entry, by=ask.to, ask=ask), by=ask.to)
        confirmations.confirm(entry, by=ask.to, ask=ask)
        client.force_login(team)
        rows = client.get("/cms/memberships/figures/").context["entries"]

    assert [number for _what, number in rows] == [2, 1, 1, 1, 0]

"""Twelve kinds of mail scanner on the letters of organisations and of the programme that ask.

None of them may confirm, renew, decline, withdraw or join by reading; and the reader who comes
hours later finds the letter's page as it was.
"""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from partnership.organisations import letters
from partnership.organisations.models import (
    Confirmation,
    HandOver,
    Invitation,
    Organisation,
    Renewal,
)
from partnership.organisations.services import (
    confirmations,
    handovers,
    people,
    renewals,
    requests,
    reviewing,
    team_letters,
)
from partnership.programme.models import Offer
from partnership.programme.models.offers import WARNED_BEFORE
from partnership.programme.services import barometer as barometers
from partnership.programme.services import calls, offers
from tests.factories.accounts import UserFactory
from tests.factories.partnership import (
    MembershipFactory,
    PeriodFactory,
    RenewalFactory,
    RepresentativeFactory,
)
from tests.factories.programme import BarometerRoundFactory, CallFactory, OfferFactory
from tests.proofs import size
from tests.scanners import SCANNERS, everything, later, links_of_letters, press

pytestmark = [pytest.mark.django_db, pytest.mark.proof]
TIMES = size(1, 50)
LETTERS = Path(settings.BASE_DIR) / "templates" / "letters"


def period():
    today = timezone.localdate()
    return PeriodFactory(
        starts=today + timedelta(days=60),
        ends=today + timedelta(days=700),
        applications_from=today,
        renewal_from=today,
        grace_until=today + timedelta(days=150),
    )


def renewal():
    period()
    MembershipFactory(status="active", decided_at=timezone.now() - timedelta(days=500))
    assert renewals.run() == 1


def renewal_reminder():
    row = RenewalFactory(period=period())
    renewals.run(timezone.now() + timedelta(days=61))
    row.refresh_from_db()
    assert row.reminded_at


def lapsed():
    now = timezone.now()
    row = RenewalFactory(period=period(), reminded_at=now, asked_at=now)
    renewals.run(now + timedelta(days=151))
    row.membership.refresh_from_db()
    assert row.membership.status == "lapsed"


def confirm():
    organisation = MembershipFactory(status="active").organisation
    type(organisation).objects.update(confirmed_at=timezone.now() - timedelta(days=400))
    assert confirmations.keep_confirmed()


def hand_over():
    organisation = MembershipFactory(status="active").organisation
    assert handovers.begin(organisation, HandOver.Cause.LEFT)


def invitation():
    owner = MembershipFactory(status="active").organisation.representatives.get()
    people.invite(owner.organisation, email="new@example.org", role="editor", by=owner.user)


def join_request():
    organisation = MembershipFactory(status="active").organisation
    requests.ask(organisation, by=UserFactory(), text="I look after our groups.")


def joined():
    organisation = MembershipFactory(status="active").organisation
    person = RepresentativeFactory(organisation=organisation, role="member")
    letters.joined(person)


def returned():
    reviewing.return_for_more(MembershipFactory(), by=UserFactory(), reason="Who comes there?")


def ends_soon():
    OfferFactory(expires_on=timezone.localdate() + WARNED_BEFORE)
    assert offers.warn_due() == 1


def received():
    organisation = MembershipFactory(status="active").organisation
    calls.express(CallFactory(), organisation, by=UserFactory(), text="In two schools.")


def withdrawn():
    organisation = MembershipFactory(status="active").organisation
    row = calls.express(CallFactory(), organisation, by=UserFactory(), text="In two schools.")
    calls.withdraw(row, by=UserFactory())


def taken_down():
    offers.take_down(OfferFactory(), by=UserFactory(), reason="It is an advertisement.")


def barometer():
    round = BarometerRoundFactory()
    guest = barometers.Guest("guest@example.org", "en")
    assert barometers.invite(round, [guest], by=UserFactory())


def team():
    MembershipFactory(status="active")
    to = team_letters.recipients(Organisation.objects.members())
    words = dict.fromkeys(("fi", "sv", "en"), ("An event", "Welcome."))
    team_letters.write_to_many(to, words, key=uuid4(), by=UserFactory())


OF_ORGANISATIONS = (
    team,
    renewal,
    renewal_reminder,
    lapsed,
    confirm,
    hand_over,
    invitation,
    join_request,
    joined,
    returned,
)
OF_THE_PROGRAMME = (ends_soon, received, withdrawn, taken_down, barometer)
EVERY = [("organisations", one) for one in OF_ORGANISATIONS]
EVERY += [("programme", one) for one in OF_THE_PROGRAMME]
# These tell what was decided or done, and link to the organisation's own page, behind sign-in.
TELL = {
    *("answered", "approved", "body_accepted", "body_declined", "declined", "ended"),
    *("join_answered", "left", "merged", "received", "restored", "withdrawn", "where"),
}


def names(room):
    return {one.name.split(".")[0] for one in (LETTERS / room).glob("*.txt")}


def test_every_letter_that_asks_is_scanned():
    assert {one.__name__ for one in OF_ORGANISATIONS} == names("organisations") - TELL
    assert {one.__name__ for one in OF_THE_PROGRAMME} == names("programme")


@pytest.mark.parametrize(("room", "letter"), EVERY, ids=lambda one: getattr(one, "__name__", one))
def test_no_scanner_answers_a_letter(room, letter):
    letter()
    links = set(links_of_letters(room))
    assert links
    before = everything()

    for scan in SCANNERS:
        for _time in range(TIMES):
            for link in links:
                scan(link)
        assert everything() == before, scan.__name__


def test_the_reader_renews_hours_after_all_scanners_and_takes_it_back(time_machine):
    renewal()
    [address] = links_of_letters("organisations")
    scanned(address, time_machine)

    press(address, time_machine, press="go-on")
    assert Renewal.objects.get().confirmed_at
    for scan in SCANNERS:
        scan(address)
    assert Renewal.objects.get().confirmed_at
    press(address, time_machine, press="undo")
    assert Renewal.objects.get().confirmed_at is None


def test_the_reader_confirms_hours_after_all_scanners_and_takes_it_back(time_machine):
    confirm()
    [address] = links_of_letters("organisations")
    scanned(address, time_machine)

    press(address, time_machine, confirm="")
    assert Confirmation.objects.standing().count() == 1
    for scan in SCANNERS:
        scan(address)
    assert Confirmation.objects.standing().count() == 1
    press(address, time_machine, undo="")
    assert not Confirmation.objects.standing().exists()


def test_the_reader_declines_hours_after_all_scanners_and_takes_it_back(time_machine):
    invitation()
    [address] = links_of_letters("organisations")
    scanned(address, time_machine)

    press(address, time_machine, decline="")
    assert Invitation.objects.get().declined_at
    for scan in SCANNERS:
        scan(address)
    assert Invitation.objects.get().declined_at
    press(address, time_machine, take_up="")
    assert Invitation.objects.get().declined_at is None


def test_an_offer_ends_by_itself_whatever_scanners_do(time_machine):
    ends_soon()
    [address] = links_of_letters("programme")
    for scan in SCANNERS:
        scan(address)
    later(time_machine, WARNED_BEFORE + timedelta(days=1))
    assert offers.expire_due() == 1
    assert Offer.objects.get().state == "expired"


def scanned(address, time_machine):
    for scan in SCANNERS:
        for _time in range(TIMES):
            scan(address)
    later(time_machine, timedelta(hours=5))

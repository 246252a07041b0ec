"""Letters that ask how it goes: on rolling days, at most four a year, to somebody else in turn."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnership.commitments.models import Ask
from partnership.commitments.services import follow_up, reports
from portal.forms import opened_now
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.commitments import AskFactory, CommitmentFactory
from tests.factories.partnership import RepresentativeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def commitment():
    return CommitmentFactory(share={"next_due": timezone.localdate() + timedelta(days=10)})


@pytest.fixture
def backup(commitment):
    user = UserFactory(email="backup@example.org")
    RepresentativeFactory(organisation=commitment.organisation, user=user, role="member")
    return user


def days(time_machine, number):  # the same hour by the clock, in summer too
    time_machine.move_to(timezone.localtime() + timedelta(days=number))


def test_nothing_is_asked_before_its_day(commitment):
    assert follow_up.ask_due() == 0


def test_the_backup_person_is_asked_after_a_fortnight(commitment, backup, time_machine):
    contact = commitment.organisation.representatives.first().user
    days(time_machine, 10)
    assert (follow_up.ask_due(), follow_up.ask_due()) == (1, 0)
    days(time_machine, 13)
    assert follow_up.ask_due() == 0
    days(time_machine, 1)

    assert follow_up.ask_due() == 1

    assert [(one.to, one.backup) for one in Ask.objects.order_by("asked_at")] == [
        (contact, False),
        (backup, True),
    ]
    first, second = Letter.objects.order_by("pk")
    assert first.holds_key and Ask.objects.last().key in first.text
    assert "from your colleague" in second.text


def test_at_most_four_letters_a_year_however_often_the_schedule_runs(commitment, time_machine):
    for _day in range(370):
        days(time_machine, 1)
        follow_up.ask_due()
        follow_up.ask_due()

    assert Ask.objects.count() == 4


def test_a_worker_that_was_away_asks_once(commitment, time_machine):
    days(time_machine, 60)

    assert (follow_up.ask_due(), follow_up.ask_due()) == (1, 0)


def test_who_has_told_is_left_alone_for_nine_months(commitment, time_machine):
    days(time_machine, 10)
    follow_up.ask_due()
    ask = Ask.objects.get()
    reports.tell(ask.share, progress="on-track", by=ask.to, ask=ask)

    for _day in range(269):
        days(time_machine, 1)
        assert follow_up.ask_due() == 0
    days(time_machine, 2)
    assert follow_up.ask_due() == 1


def test_a_letter_can_be_put_off_and_that_be_taken_back(commitment, time_machine):
    days(time_machine, 10)
    follow_up.ask_due()
    ask = Ask.objects.get()

    follow_up.snooze(ask)
    follow_up.snooze(ask)
    days(time_machine, 27)
    assert follow_up.ask_due() == 0
    days(time_machine, 1)
    assert follow_up.ask_due() == 1

    second = Ask.objects.first()
    follow_up.snooze(second)
    follow_up.wake(second)
    assert not second.is_snoozed
    second.share.refresh_from_db()
    assert second.share.not_before is None


def test_one_press_says_that_nothing_has_changed(client, commitment, time_machine):
    share = commitment.shares.get()
    ask = AskFactory(share=share)
    address = f"/en/commitments/tell/{ask.key}/"
    assert 'name="same"' not in client.get(address).content.decode()
    reports.tell(share, progress="stuck", by=None)
    assert "No change: Stuck" in client.get(address).content.decode()
    read = {"opened": opened_now()}
    assert client.post(address, read | {"same": ""}).status_code == 422  # a machine is as fast
    time_machine.move_to(timezone.now() + timedelta(minutes=1))

    client.post(address, read | {"same": ""})

    assert ask.reports.get().progress == "stuck"


def test_a_letter_is_put_off_from_its_page(client, commitment, time_machine):
    ask = AskFactory(share=commitment.shares.get())
    address = f"/en/commitments/tell/{ask.key}/"
    read = {"opened": opened_now()}
    time_machine.move_to(timezone.now() + timedelta(minutes=1))

    client.post(address, read | {"later": ""})

    html = client.get(address).content.decode()
    assert "You have put this off" in html and 'name="later"' not in html
    client.post(address, read | {"wake": ""})
    assert "You have put this off" not in client.get(address).content.decode()
    assert not ask.reports.exists()


def test_a_person_without_an_account_in_use_is_not_asked(commitment, time_machine):
    for representative in commitment.organisation.representatives.all():
        representative.user.is_active = False
        representative.user.save()
    days(time_machine, 10)

    assert follow_up.ask_due() == 0

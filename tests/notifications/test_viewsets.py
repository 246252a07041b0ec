from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.mail.models import Letter, MailTrouble
from portal.operations import metrics
from tests.access.test_matrix import STAFF
from tests.factories.notices import LetterFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["index", "index_results", "inspect"])
@pytest.mark.parametrize("role", STAFF)
def test_only_superusers_look_into_the_outbox(role, name, client, people):
    letter = LetterFactory()
    client.force_login(people[role])
    address = reverse(f"letters:{name}", args=[letter.pk] if name == "inspect" else [])

    response = client.get(address)

    assert (response.status_code == 200) == (role == "superuser")
    assert (letter.to in response.text) == (role == "superuser")


def test_list_says_what_failed_and_why(client, people):
    LetterFactory(error="SMTPServerDisconnected: gone", given_up_at=timezone.now())
    client.force_login(people["superuser"])

    page = client.get(reverse("letters:index")).text

    assert "Given up" in page
    assert "SMTPServerDisconnected: gone" in page
    assert "/cms/letters/edit/" not in page


def test_given_up_letter_is_sent_again_by_a_button(client, people):
    letter = LetterFactory(given_up_at=timezone.now(), attempts=8, error="refused")
    client.force_login(people["superuser"])
    again = reverse("letters:send_again", args=[letter.pk])

    assert again in client.get(reverse("letters:inspect", args=[letter.pk])).text
    client.post(again)

    letter.refresh_from_db()
    assert (letter.given_up_at, letter.attempts, letter.error) == (None, 0, "")


def test_sent_letter_is_not_sent_again(client, people):
    sent_at = timezone.now()
    letter = LetterFactory(sent_at=sent_at)
    client.force_login(people["superuser"])

    client.post(reverse("letters:send_again", args=[letter.pk]))

    letter.refresh_from_db()
    assert letter.sent_at == sent_at


@pytest.mark.parametrize("role", [role for role in STAFF if role != "superuser"])
def test_others_cannot_send_again(role, client, people):
    letter = LetterFactory(given_up_at=timezone.now())
    client.force_login(people[role])

    client.post(reverse("letters:send_again", args=[letter.pk]))

    letter.refresh_from_db()
    assert letter.given_up_at is not None


def test_list_costs_the_same_for_many_letters(client, people):
    client.force_login(people["superuser"])
    LetterFactory.create_batch(3)
    of_three = queries_of_page(client, reverse("letters:index"))
    LetterFactory.create_batch(3)

    assert queries_of_page(client, reverse("letters:index")) == of_three


def test_all_given_up_letters_are_sent_again_by_a_button(client, people):
    LetterFactory.create_batch(3, given_up_at=timezone.now(), attempts=8, error="refused")
    sent = LetterFactory(sent_at=timezone.now())
    client.force_login(people["superuser"])
    again = reverse("letters:send_all_again")

    page = client.get(reverse("letters:index")).text
    assert f'action="{again}"' in page
    assert "Send all 3 given-up letters again" in page
    assert client.get(again).status_code == 405
    client.post(again)

    assert Letter.objects.due().count() == 3
    sent.refresh_from_db()
    assert sent.sent_at
    assert again not in client.get(reverse("letters:index")).text


@pytest.mark.parametrize("role", [role for role in STAFF if role != "superuser"])
def test_others_cannot_send_all_again(role, client, people):
    LetterFactory(given_up_at=timezone.now())
    client.force_login(people[role])

    client.post(reverse("letters:send_all_again"))

    assert not Letter.objects.due().exists()


def test_outbox_readyz_and_metrics_say_since_when_the_server_is_in_trouble(client, people):
    assert client.get("/readyz").json()["mail"] == "ok"
    since = datetime(2026, 3, 1, 7, 30, tzinfo=UTC)
    MailTrouble.objects.create(since=since, error="SMTPServerDisconnected: CANARY")
    client.force_login(people["superuser"])

    page = client.get(reverse("letters:index")).text

    assert "The mail server has taken no letters since 1\u00a0March\u00a02026,\u00a09.30." in page
    assert "SMTPServerDisconnected: CANARY" in page
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["mail"] == "in trouble since 2026-03-01T07:30:00Z"
    assert "CANARY" not in answer.text
    seconds = metrics.page().decode().partition("\nportal_mail_trouble_seconds ")[2].split()[0]
    assert float(seconds) == pytest.approx((timezone.now() - since).total_seconds(), abs=60)


def test_a_letter_that_holds_a_key_is_shown_to_nobody(client, people):
    letter = LetterFactory(text="CANARY", holds_key=True)
    client.force_login(people["superuser"])

    page = client.get(reverse("letters:inspect", args=[letter.pk])).text

    assert "CANARY" not in page
    assert "holds a key" in page

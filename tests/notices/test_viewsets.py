import pytest
from django.urls import reverse
from django.utils import timezone

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

"""The same form in two windows, behind the back button, and sent twice."""

import re

import pytest

from content.questions.models import Draft, Question

pytestmark = pytest.mark.django_db
ASK = "/en/questions/ask/"


def hidden(response):
    """What the form has in it that is not seen."""
    page = response.content.decode()
    form = page[page.index("data-ask") :]
    return dict(re.findall(r'type="hidden" name="(key|window|opened)" value="([^"]*)"', form))


@pytest.mark.usefixtures("nothing_found")
def test_what_is_typed_in_a_second_window_is_not_written_over_the_first(client, asker, filled):
    """Two empty forms, then the same draft in two: each is shown what the other keeps."""
    first, second = ({**filled, **hidden(client.get(ASK))} for _window in range(2))
    first["title"], second["title"] = "Of the first window", "Of the second window"

    def kept():
        return Draft.objects.get(user=asker).fields["title"]

    client.post(ASK, first | {"look": "1"})
    part = client.post(ASK, second | {"look": "1"})
    assert (kept(), "Another unfinished question" in part.content.decode()) == (
        first["title"],
        True,
    )

    both = client.post(ASK, second | {"save": "1"})
    page = both.content.decode()
    assert (both.status_code, kept()) == (409, first["title"])
    assert first["title"] in page and second["title"] in page

    assert client.post(ASK, second | hidden(both) | {"save": "1"}).status_code == 302
    assert kept() == second["title"]
    assert client.post(ASK, first | {"save": "1"}).status_code == 409
    assert kept() == second["title"]


@pytest.mark.usefixtures("nothing_found")
def test_one_window_keeps_its_draft_again_and_again(client, asker, filled):
    mine = {**filled, **hidden(client.get(ASK))}

    for title in ("One", "Two", "Three"):
        client.post(ASK, mine | {"look": "1", "title": title})
        assert Draft.objects.get(user=asker).fields["title"] == title


@pytest.mark.usefixtures("nothing_found")
@pytest.mark.parametrize("press", [{}, {"save": "1"}])
def test_what_is_written_into_a_form_that_was_sent_already_is_not_lost(
    client, asker, filled, press
):
    """By the back button, or in a second window: it becomes a form of its own."""
    client.post(ASK, filled)
    first = Question.objects.get()
    other = filled | {"title": "Who pays for an interpreter?"}

    again = client.post(ASK, other | press)

    page = again.content.decode()
    assert again.status_code == 409
    assert first.number in page and other["title"] in page
    assert Draft.objects.get(user=asker).fields["title"] == other["title"]
    client.post(ASK, other | hidden(again))
    assert set(Question.objects.values_list("title", flat=True)) == {first.title, other["title"]}


@pytest.mark.usefixtures("nothing_found")
def test_saving_a_form_that_was_sent_as_it_stands_leads_to_the_question(client, asker, filled):
    client.post(ASK, filled)

    answer = client.post(ASK, filled | {"save": "1"})

    number = Question.objects.get().slug
    assert answer.url == f"{ASK.replace('ask', 'mine')}{number}/"
    assert not Draft.objects.filter(user=asker).exists()


@pytest.mark.usefixtures("nothing_found")
def test_what_was_written_into_a_sent_form_waits_behind_the_sign_in_too(client, asker, filled):
    client.post(ASK, filled)
    client.logout()
    client.post(ASK, filled | {"title": "Who pays for an interpreter?"})

    client.force_login(asker)
    page = client.get(ASK).content.decode()

    assert "Who pays for an interpreter?" in page

"""The list in /cms/, and the page on which one is answered."""

import pytest

from portal.feedback.models import Feedback
from portal.mail.models import Letter
from tests.factories.feedback import FeedbackFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
DESK = "/cms/feedback/"


@pytest.fixture
def at_desk(client, editor):
    client.force_login(editor)
    return client


def test_the_list_shows_the_clock_and_the_menu_how_many_wait(at_desk):
    FeedbackFactory(text="The table cannot be read.")
    FeedbackFactory(status=Feedback.Status.CLOSED)

    page = at_desk.get(DESK).content.decode()

    assert "The table cannot be read." in page
    assert "14 days left" in page
    assert "Feedback (1)" in page


def test_an_empty_list_says_that_none_waits(at_desk):
    assert "No feedback is waiting. All feedback is answered within 14 days." in (
        at_desk.get(DESK).content.decode()
    )


def test_feedback_is_not_added_by_hand(at_desk):
    assert "/new/" not in at_desk.get(DESK).content.decode()


def test_an_answer_is_sent_and_closes_the_feedback(at_desk, editor):
    feedback = FeedbackFactory()

    response = at_desk.post(
        f"{DESK}{feedback.pk}/", {"event": "answer", "text": "It is mended."}, follow=True
    )

    feedback.refresh_from_db()
    assert (feedback.status, feedback.closed_by) == (Feedback.Status.ANSWERED, editor)
    assert "It is mended." in Letter.objects.get().text
    assert "The answer has been sent." in response.content.decode()


def test_an_empty_answer_is_asked_for_again(at_desk):
    feedback = FeedbackFactory()

    response = at_desk.post(f"{DESK}{feedback.pk}/", {"event": "answer", "text": " "})

    assert response.status_code == 200
    assert response.context["forms"]["answer"].errors
    assert not Letter.objects.exists()


def test_closing_needs_a_reason_and_can_be_undone(at_desk):
    feedback = FeedbackFactory()
    path = f"{DESK}{feedback.pk}/"

    at_desk.post(path, {"event": "close", "note": ""})
    assert Feedback.objects.get().status == Feedback.Status.OPEN
    at_desk.post(path, {"event": "close", "note": "Not about the portal."})
    assert Feedback.objects.get().status == Feedback.Status.CLOSED
    assert "Not about the portal." in at_desk.get(path).content.decode()
    at_desk.post(path, {"event": "reopen"})
    assert Feedback.objects.get().status == Feedback.Status.OPEN


def test_a_colleagues_answer_is_not_overwritten(at_desk):
    feedback = FeedbackFactory(status=Feedback.Status.ANSWERED, answer="First.")

    response = at_desk.post(
        f"{DESK}{feedback.pk}/", {"event": "answer", "text": "Second."}, follow=True
    )

    assert "Somebody else has already dealt" in response.content.decode()
    assert Feedback.objects.get().answer == "First."


def test_the_page_lists_what_has_been_done(at_desk, editor):
    feedback = FeedbackFactory()
    at_desk.post(f"{DESK}{feedback.pk}/", {"event": "answer", "text": "It is mended."})

    page = at_desk.get(f"{DESK}{feedback.pk}/").content.decode()

    assert "Answered" in page
    assert str(editor) in page


def test_who_does_not_answer_feedback_sees_none_of_it(client, people):
    feedback = FeedbackFactory()
    client.force_login(people["lawyer"])

    assert client.get(f"{DESK}{feedback.pk}/").status_code == 404
    assert DESK not in client.get("/cms/").content.decode()
    assert client.post(f"{DESK}{feedback.pk}/", {"event": "reopen"}).status_code == 404


def test_six_cost_the_queries_of_one(at_desk):
    FeedbackFactory()
    of_one = queries_of_page(at_desk, DESK)
    FeedbackFactory.create_batch(5)

    assert queries_of_page(at_desk, DESK) == of_one

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from portal.feedback import services
from portal.feedback.models import Feedback
from portal.mail.models import Letter
from portal.scheduling import schedule
from portal.workflow import TransitionNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.feedback import FeedbackFactory
from tests.proofs import size

pytestmark = pytest.mark.django_db
Status = Feedback.Status

EVENTS = {
    "answer": lambda feedback, by: services.answer(feedback, by=by, text="It is mended."),
    "close": lambda feedback, by: services.close(feedback, by=by, note="Not about us."),
    "reopen": lambda feedback, by: services.reopen(feedback, by=by),
}
# Written out by hand, so that a change in MOVES has to be meant twice.
ALLOWED = {
    ("answer", Status.OPEN): Status.ANSWERED,
    ("close", Status.OPEN): Status.CLOSED,
    ("reopen", Status.CLOSED): Status.OPEN,
}
REFUSED = [
    (event, status) for event in EVENTS for status in Status if (event, status) not in ALLOWED
]


@pytest.mark.parametrize(("event", "before"), ALLOWED)
def test_event_moves_the_feedback_and_is_logged(event, before, editor):
    feedback = FeedbackFactory(status=before)

    EVENTS[event](feedback, editor)

    feedback.refresh_from_db()
    assert feedback.status == ALLOWED[event, before]
    entry = ModelLogEntry.objects.for_instance(feedback).get()
    assert (entry.action, entry.user) == (f"feedback.{event}", editor)


@pytest.mark.parametrize(("event", "status"), REFUSED)
def test_event_is_refused_and_changes_nothing(event, status, editor):
    feedback = FeedbackFactory(status=status)

    with pytest.raises(TransitionNotAllowed):
        EVENTS[event](feedback, editor)

    feedback.refresh_from_db()
    assert feedback.status == status
    assert not Letter.objects.exists()
    assert not ModelLogEntry.objects.for_instance(feedback).exists()


@pytest.mark.proof
@settings(
    max_examples=size(25, 1000),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(events=st.lists(st.sampled_from(sorted(EVENTS)), max_size=8))
def test_in_any_order_of_events_one_answer_is_sent_at_most(events, db):
    by = UserFactory()
    feedback = FeedbackFactory()
    expected = Status.OPEN

    for event in events:
        try:
            EVENTS[event](feedback, by)
        except TransitionNotAllowed:
            assert (event, expected) not in ALLOWED
        else:
            expected = ALLOWED[event, expected]
        feedback.refresh_from_db()
        assert feedback.status == expected
        assert (feedback.closed_at is None) == (expected == Status.OPEN)
        assert (feedback.closed_by is None) == (expected == Status.OPEN)

    answered = expected == Status.ANSWERED
    assert Letter.objects.filter(to=feedback.email).count() == answered


def test_second_answer_loses_to_the_first(editor):
    feedback = FeedbackFactory()
    seen_by_a_colleague = Feedback.objects.get(pk=feedback.pk)
    services.answer(feedback, by=editor, text="First.")

    with pytest.raises(TransitionNotAllowed):
        services.answer(seen_by_a_colleague, by=UserFactory(), text="Second.")

    assert Feedback.objects.get().answer == "First."
    assert Letter.objects.count() == 1


def test_the_answer_is_written_in_the_senders_language(editor):
    feedback = FeedbackFactory(language="sv", name="A & B")

    services.answer(feedback, by=editor, text="Tabellen är <nu> läsbar.")

    letter = Letter.objects.get()
    assert (letter.to, letter.language) == (feedback.email, "sv")
    assert "Tabellen är <nu> läsbar." in letter.text
    assert feedback.text in letter.text
    assert "A & B" in letter.text
    assert "Traficom" in letter.text


def test_without_an_address_no_answer_can_be_sent(editor):
    feedback = FeedbackFactory(email="")

    with pytest.raises(services.NoAddressError):
        services.answer(feedback, by=editor, text="It is mended.")

    assert Feedback.objects.get().status == Status.OPEN


def receive(**fields):
    values = {"kind": "content", "text": "A word is missing.", "email": "", "about": "/en/areas/"}
    return services.receive(**{"key": uuid.uuid4(), "language": "en", **values, **fields})


def test_what_is_received_is_confirmed_by_letter():
    feedback = receive(email="reader@example.org")

    letter = Letter.objects.get()
    assert letter.to == "reader@example.org"
    assert ModelLogEntry.objects.for_instance(feedback).get().action == "feedback.receive"


def test_the_receipt_carries_nobodys_words_to_an_address_that_nobody_confirmed():
    receive(email="victim@example.org", name="CANARY", text="CANARY", about="/en/?q=CANARY")

    letter = Letter.objects.get()
    assert "CANARY" not in letter.subject + letter.text + letter.html


def test_one_address_gets_three_receipts_a_day():
    for number in range(5):
        receive(email="Victim@example.org" if number % 2 else "victim@example.org")

    assert Letter.objects.count() == 3
    assert Feedback.objects.count() == 5


def test_without_an_address_nothing_is_written():
    receive()

    assert not Letter.objects.exists()


def test_the_same_form_sent_twice_is_one_feedback():
    key = uuid.uuid4()

    assert receive(key=key, email="a@example.org") == receive(key=key, email="a@example.org")
    assert Letter.objects.count() == 1


def test_what_was_closed_two_years_ago_is_cleared_and_the_rest_is_kept():
    now = timezone.now()
    long_ago = now - timedelta(days=731)
    old = FeedbackFactory(status=Status.ANSWERED, received_at=long_ago, closed_at=long_ago)
    FeedbackFactory(status=Status.CLOSED, closed_at=now - timedelta(days=729))
    FeedbackFactory(received_at=long_ago)

    assert services.clear(now) == 1

    assert Feedback.objects.count() == 2
    assert not Feedback.objects.filter(pk=old.pk).exists()


def test_clearing_is_in_the_schedule():
    assert "portal.feedback.services.clear" in {entry.function for entry in schedule()}


def test_another_text_from_a_form_that_was_sent_is_feedback_of_its_own():
    """The browser's back button leads to the same form."""
    key = uuid.uuid4()

    for text in ("The map is small.", "The list is long.", "The list is long."):
        services.receive(key=key, language="en", kind="idea", text=text, email="r@example.org")

    texts = Feedback.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["The map is small.", "The list is long."]
    assert Letter.objects.count() == 2

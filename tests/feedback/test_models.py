from datetime import UTC, date, datetime

import pytest
import time_machine

from portal.feedback.admin import clock
from portal.feedback.models import Feedback
from tests.factories.accounts import UserFactory
from tests.factories.feedback import FeedbackFactory

pytestmark = pytest.mark.django_db
# Late in the evening in UTC, and already the next day in Helsinki.
RECEIVED = datetime(2026, 11, 1, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "left", "words", "overdue"),
    [
        ("2026-11-02T00:30:00+02:00", 14, "14 days left", False),
        ("2026-11-15T23:59:00+02:00", 1, "1 day left", False),
        ("2026-11-16T23:59:00+02:00", 0, "Last day today", False),
        ("2026-11-17T00:01:00+02:00", -1, "1 day late", True),
        ("2026-11-20T12:00:00+02:00", -4, "4 days late", True),
    ],
)
def test_the_clock_runs_fourteen_days_in_finnish_time(now, left, words, overdue, settings):
    settings.LANGUAGE_CODE = "en"
    feedback = FeedbackFactory(received_at=RECEIVED)

    with time_machine.travel(now, tick=False):
        assert feedback.due_on == date(2026, 11, 16)
        assert feedback.days_left == left
        assert clock(feedback) == words
        assert feedback.is_overdue == overdue
        today = datetime.fromisoformat(now).date()
        assert Feedback.objects.overdue(today).exists() == overdue


def test_what_came_at_midnight_has_its_last_day_too():
    FeedbackFactory(received_at=datetime.fromisoformat("2026-11-02T00:00:00+02:00"))

    assert not Feedback.objects.overdue(date(2026, 11, 16)).exists()
    assert Feedback.objects.overdue(date(2026, 11, 17)).exists()


@time_machine.travel("2026-12-24T12:00:00+02:00", tick=False)
def test_what_is_answered_is_never_late():
    feedback = FeedbackFactory(received_at=RECEIVED, status=Feedback.Status.ANSWERED)

    assert not feedback.is_overdue
    assert clock(feedback) == ""
    assert not Feedback.objects.overdue(date(2026, 12, 24)).exists()


def test_the_most_urgent_is_first_and_the_closed_are_last():
    def at(day):
        return datetime(2026, 11, day, tzinfo=UTC)

    closed = {"status": Feedback.Status.CLOSED, "received_at": at(1)}
    closed_first = FeedbackFactory(**closed, closed_at=at(2))
    closed_last = FeedbackFactory(**closed, closed_at=at(3))
    second, first = FeedbackFactory(received_at=at(5)), FeedbackFactory(received_at=at(4))

    assert list(Feedback.objects.by_urgency()) == [first, second, closed_last, closed_first]


@pytest.mark.parametrize(
    ("role", "sees"), [("editor", 1), ("lawyer", 0), ("statistician", 0), ("programme", 0)]
)
def test_feedback_is_for_those_who_answer_it(role, sees):
    FeedbackFactory()

    assert Feedback.objects.visible_to(UserFactory(role=role)).count() == sees


def test_the_name_in_the_log_tells_nothing_of_the_sender():
    feedback = FeedbackFactory(name="Example Reader", text="secret words")

    assert "Example" not in str(feedback)
    assert "secret" not in str(feedback)
    assert feedback.email not in str(feedback)

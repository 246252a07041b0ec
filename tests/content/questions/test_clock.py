"""The clock of a question stands while the asker is waited for, each time anew."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from content.questions.services import casework
from tests.factories import questions as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def on():
    """`on(day)` makes it the morning of that day of March 2026; the 2nd is a Monday."""
    with time_machine.travel(0, tick=False) as clock:
        yield lambda day: clock.move_to(
            datetime(2026, 3, day, 9, tzinfo=ZoneInfo("Europe/Helsinki"))
        )


def test_the_days_of_two_waits_add_up(on):
    on(2)
    lawyer = make.lawyer()
    question = make.assigned(by=lawyer)
    due = question.due_on
    for asked_back, resumed in [(4, 9), (10, 12)]:
        on(asked_back)
        casework.ask_back(question, by=lawyer, text="How so?")
        on(resumed)
        casework.resume(question, by=lawyer)

    assert question.waited_days == 3 + 2
    assert question.paused_on is None
    assert question.due_on > due
    on(13)
    casework.submit(question, by=lawyer, text="So.", sections=())
    checker = make.lawyer()
    casework.claim_check(question, by=checker)
    casework.approve(question, by=checker)

    assert question.days_taken == 9 - 5


def test_a_wait_moves_the_day_it_is_due_by_its_working_days(on):
    on(2)
    lawyer = make.lawyer()
    question = make.assigned(by=lawyer)
    question.due_on = date(2026, 3, 16)
    question.save(update_fields=["due_on"])
    on(5)
    casework.ask_back(question, by=lawyer, text="How so?")
    on(10)
    casework.resume(question, by=lawyer)

    assert question.due_on == date(2026, 3, 19)

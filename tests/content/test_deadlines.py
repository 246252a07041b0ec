"""Deadlines: kept with the guidance on them, on the home page with the days left, and as a file."""

from datetime import date

import pytest
import time_machine
from icalendar import Calendar
from wagtail.models import Locale

from content.pages.models import Deadline
from tests.factories.content import ArticleFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db


def deadline(page, day, what="Apply for the reimbursement", whom="Municipality"):
    return Deadline.objects.create(
        page=page,
        day=day,
        what=what,
        whom=whom,
        locale=Locale.objects.get(language_code=page.language),
    )


@pytest.fixture
def article():
    return ArticleFactory(language="en", title="Transition")


@time_machine.travel("2026-11-30T12:00:00+02:00", tick=False)
def test_the_home_page_says_how_many_days_are_left_and_for_whom(article, client):
    deadline(article, date(2026, 12, 31))
    deadline(article, date(2026, 11, 29), what="Gone by")

    page = client.get("/en/").content.decode()

    assert "31 days left" in page
    assert "Apply for the reimbursement" in page
    assert "Municipality" in page
    assert "Gone by" not in page
    assert "Apply for the reimbursement" not in client.get("/fi/").content.decode()


@time_machine.travel("2026-12-31T12:00:00+02:00", tick=False)
def test_on_its_day_a_deadline_is_today_and_one_past_is_only_on_its_article(article, client):
    deadline(article, date(2026, 12, 31))
    deadline(article, date(2026, 12, 30), what="Gone by")

    assert "Today" in client.get("/en/").content.decode()
    own = client.get(article.url_path).content.decode()
    assert "Gone by" in own
    assert "Past" in own


def test_deadlines_of_a_draft_are_told_nowhere(client):
    deadline(ArticleFactory(language="en", live=False), date(2999, 1, 1), what="Canary")

    assert "Canary" not in client.get("/en/").content.decode()
    assert b"Canary" not in client.get("/en/deadlines.ics").content


@time_machine.travel("2026-11-30T12:00:00+02:00", tick=False)
def test_the_calendar_has_whole_days_and_names_that_stay(article, client, settings):
    deadline(article, date(2026, 12, 31), what="Apply; all of it, and ä")

    answer = client.get("/en/deadlines.ics")
    settings.SITE_URL = "https://elsewhere.example.org"
    again = client.get("/en/deadlines.ics")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert event["dtstart"].dt == date(2026, 12, 31)
    assert event["dtend"].dt == date(2027, 1, 1)
    assert event["summary"] == "Apply; all of it, and ä"
    assert event["uid"] == Calendar.from_ical(again.content).walk("VEVENT")[0]["uid"]
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75


def test_ten_deadlines_cost_the_queries_of_one(article, client):
    deadline(article, date(2999, 1, 1))
    few = queries_of_page(client, "/en/deadlines.ics")
    for number in range(2, 12):
        deadline(ArticleFactory(language="en"), date(2999, 1, number))

    assert queries_of_page(client, "/en/deadlines.ics") == few

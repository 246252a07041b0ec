"""The release calendar: minutes in Finland, changes that stay, a page, a calendar file, a feed."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.db.models import ProtectedError
from django.urls import reverse
from icalendar import Calendar

from monitoring.datasets import calendar, example, services
from monitoring.datasets.models import PlanChange, PlannedRelease
from portal.workflow import TransitionNotAllowed
from tests.factories.accounts import UserFactory
from tests.monitoring.datasets.making import MOMENT, approved
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
State = PlannedRelease.State
SUMMER = datetime(2027, 6, 1, 6, 30, tzinfo=UTC)
PAGE = "/en/datasets/release-calendar/"


@pytest.fixture
def planned(dataset):
    return calendar.plan(dataset, period="2024", planned_at=SUMMER, by=UserFactory())


def move(plan, days=7, reason="The register is late"):
    calendar.move(
        plan, planned_at=plan.planned_at + timedelta(days=days), reason=reason, by=UserFactory()
    )


EVENTS = {
    "confirm": lambda one: calendar.confirm(one, by=UserFactory()),
    "move": move,
    "cancel": lambda one: calendar.cancel(one, reason="Not collected", by=UserFactory()),
}
ALLOWED = {
    ("confirm", State.PROVISIONAL): State.CONFIRMED,
    ("move", State.PROVISIONAL): State.PROVISIONAL,
    ("move", State.CONFIRMED): State.CONFIRMED,
    ("cancel", State.PROVISIONAL): State.CANCELLED,
    ("cancel", State.CONFIRMED): State.CANCELLED,
}


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("state", State)
def test_each_event_in_each_state(planned, event, state):
    PlannedRelease.objects.update(state=state)
    planned.refresh_from_db()

    if (event, state) in ALLOWED:
        EVENTS[event](planned)
    else:
        with pytest.raises(TransitionNotAllowed):
            EVENTS[event](planned)

    planned.refresh_from_db()
    assert planned.state == ALLOWED.get((event, state), state)


def test_a_change_of_the_day_has_a_reason_and_stays(client, planned):
    with pytest.raises(calendar.ReasonMissing):
        move(planned, reason=" ")
    with pytest.raises(calendar.SameMinute):
        move(planned, days=0)
    move(planned)
    move(planned, days=1, reason="A holiday")
    calendar.cancel(planned, reason="The register is closed", by=UserFactory())

    html = client.get(PAGE).content.decode()
    for words in ("The register is late", "A holiday", "The register is closed", "called off"):
        assert words in html
    with pytest.raises(ProtectedError):
        planned.delete()
    assert PlanChange.objects.count() == 3


def test_the_minute_is_told_in_finnish_time(client, planned):
    html = client.get(PAGE).content.decode()

    assert "9.30" in html
    assert '+0300">' in html


def test_the_figures_of_a_planned_period_end_its_plan(dataset, figures, planned):
    other = calendar.plan(dataset, period="2025", planned_at=SUMMER, by=UserFactory())
    release = approved(services.bring(dataset, BytesIO(example.as_csv(figures)), "file.csv"))

    services.release_due(MOMENT)

    planned.refresh_from_db()
    other.refresh_from_db()
    assert (planned.state, planned.release) == (State.PUBLISHED, release)
    assert other.state == State.PROVISIONAL


def test_a_calendar_moves_an_event_and_takes_off_what_is_called_off(client, planned):
    def event():
        answer = client.get("/en/datasets/releases.ics")
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        [found] = Calendar.from_ical(answer.content).walk("VEVENT")
        return found

    first = event()
    move(planned)
    moved = event()
    calendar.cancel(planned, reason="No data", by=UserFactory())

    assert (first["STATUS"], first["SEQUENCE"], first.decoded("DTSTART")) == (
        "TENTATIVE",
        0,
        SUMMER,
    )
    assert moved["UID"] == first["UID"]
    assert (moved["SEQUENCE"], moved.decoded("DTSTART")) == (1, SUMMER + timedelta(days=7))
    assert (event()["STATUS"], event()["SEQUENCE"]) == ("CANCELLED", 2)


def test_the_feed_tells_of_changes(client, planned):
    move(planned)

    text = client.get("/fi/aineistot/releases.atom").content.decode()

    assert "The register is late" in text
    assert "Alustava" in text and "8.6.2027" in text


def test_the_page_costs_the_same_queries_however_long(client, dataset, planned):
    move(planned)
    few = queries_of_page(client, PAGE)
    for year in range(2010, 2020):
        move(calendar.plan(dataset, period=str(year), planned_at=SUMMER, by=UserFactory()))

    assert queries_of_page(client, PAGE) <= few


def test_statisticians_plan_move_and_call_off(client, people, dataset):
    client.force_login(people["statistician"])
    new = reverse("planned_releases:new")
    typed = {"dataset": dataset.slug, "period": "2025", "planned_at": "2027-06-01T09:30"}

    wrong = client.post(new, typed | {"period": "2025Q1"})
    assert wrong.status_code == 422 and "A period of the dataset" in wrong.content.decode()
    made = client.post(new, typed)
    assert client.post(new, typed).status_code == 422
    plan = PlannedRelease.objects.get()
    assert plan.planned_at == SUMMER
    seen = plan.version_token
    changed = {"move": "move", "planned_at": "2027-06-02T09:30", "seen": seen}
    assert client.post(made.url, changed).status_code == 422
    client.post(made.url, changed | {"reason": "A holiday"})
    plan.refresh_from_db()
    assert plan.planned_at == SUMMER + timedelta(days=1)
    client.post(made.url, {"move": "cancel", "reason": "No data", "seen": seen})
    plan.refresh_from_db()
    assert plan.state == State.PROVISIONAL
    client.post(made.url, {"move": "cancel", "reason": "No data", "seen": plan.version_token})
    plan.refresh_from_db()
    assert plan.state == State.CANCELLED
    assert "A holiday" in client.get(made.url).content.decode()
    assert client.get(reverse("planned_releases:index")).status_code == 200

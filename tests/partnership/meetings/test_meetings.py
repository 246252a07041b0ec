"""Worksheets: one month for all areas, on paper too; decisions recorded, seen and followed up."""

import csv
import io
import json
import uuid
from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone
from django.utils.translation import override

from monitoring.areas.models import HeadlineFigure
from monitoring.datasets.models import FrozenFigure
from partnership.meetings import printing, services, starter, worksheets
from partnership.meetings.errors import TakenBack
from partnership.meetings.models import Decision, WorksheetMonth
from portal.concurrency import Stale
from portal.mail.models import Letter
from portal.notifications.models import Event
from portal.places.models import Area
from tests.factories.accounts import UserFactory
from tests.factories.authorities import an_officer
from tests.factories.commitments import CommitmentFactory
from tests.factories.datasets import changed, released_dataset
from tests.factories.meetings import DecisionFactory
from tests.factories.monitoring import AreaFactory
from tests.factories.notices import FollowFactory
from tests.printing.samples import opened, tags
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
EMPLOYMENT = Area.Kind.EMPLOYMENT_AREA


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def areas():
    """The country and two employment areas."""
    return [
        AreaFactory(),
        *(
            AreaFactory(
                kind=EMPLOYMENT,
                code=f"{number:02}",
                name_fi=f"Alue {number}",
                name_sv=f"Område {number}",
                name_en=f"Area {number}",
                genitive_fi=f"Alueen {number}",
            )
            for number in (1, 2)
        ),
    ]


@pytest.fixture
def frozen(areas):
    """This month, frozen of two datasets whose values are all 10."""
    datasets = [released_dataset(areas, slug=slug) for slug in ("first", "second")]
    assert worksheets.freeze_due()
    return datasets


@pytest.fixture
def officer(areas):
    return an_officer(areas[1]).user


def words(**given):
    return {
        "read_on": f"{timezone.localdate():%Y-%m-%d}",
        "body": "Integration group",
        "decided": "An evening group is opened.",
        "language": "en",
        "follow_up_on": "",
        "key": str(uuid.uuid4()),
    } | given


def test_a_month_is_frozen_once_with_the_same_releases_for_all_areas(areas, frozen):
    assert not worksheets.freeze_due()
    month = WorksheetMonth.objects.get()
    changed(frozen[0], 30)

    with override("en"):
        sheets = [worksheets.worksheet(area, month) for area in areas[1:]]

    assert [[row.now for row in sheet.rows] for sheet in sheets] == [["10\xa0persons"] * 2] * 2
    assert "Area 1" in sheets[0].rows[0].sentence
    assert sheets[0].rows[0].revised
    assert not sheets[0].rows[1].revised
    assert FrozenFigure.objects.count() == 2
    with time_machine.travel(timezone.now() + timedelta(days=32)):
        assert worksheets.freeze_due()
    assert WorksheetMonth.objects.count() == 2


def test_nothing_is_frozen_while_nothing_is_released(areas):
    assert not worksheets.freeze_due()
    assert not WorksheetMonth.objects.exists()


def test_other_figures_chosen_later_do_not_reach_back(areas, frozen):
    third = released_dataset(areas, slug="third")
    HeadlineFigure.objects.create(kind=EMPLOYMENT, dataset=third, position=0)

    sheet = worksheets.worksheet(areas[1], worksheets.latest())

    assert [row.slug for row in sheet.rows] == ["first", "second"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_worksheet_is_printed_with_its_questions_and_a_box(areas, frozen, language):
    with override(language):
        sheet = worksheets.worksheet(areas[1], worksheets.latest())
        said = json.dumps(printing.document(sheet), ensure_ascii=False)
        pdf = opened(printing.as_pdf(sheet))
        first = worksheets.questions_of("")[0]

    assert {"fi": "Alue 1", "sv": "Område 1", "en": "Area 1"}[language] in said
    assert said.count(first) == 2
    assert {"fi": "Päätämme", "sv": "Vi beslutar", "en": "We decide"}[language] in said
    assert len(pdf.pages) == 1
    assert {"Table", "TH", "H2"} <= set(tags(pdf))


def test_every_question_is_there_in_three_languages():
    for entry in worksheets.questions().values():
        assert {len(entry[language]) for language in ("fi", "sv", "en")} == {2}


def test_the_page_shows_what_the_paper_shows(client, areas, frozen):
    page = client.get("/en/meetings/TA01/").content.decode()
    assert "Worksheet: Area 1" in page
    assert page.count("worksheet__questions") == 2
    assert "Record what was decided" not in page
    assert client.get("/en/meetings/TA01/?month=2020-01").status_code == 400
    paper = client.get("/sv/moten/TA01/skriv-ut.pdf")
    assert paper["Content-Type"] == "application/pdf"


def test_an_area_records_and_everybody_sees_it(client, areas, frozen, officer):
    FollowFactory(kind="area", subject="TA01")
    commitment = CommitmentFactory(state="published", areas=[areas[1]])
    client.force_login(officer)
    given = words(commitment=commitment.pk, follow_up_on="2099-01-01")
    for _twice in range(2):
        answer = client.post("/en/meetings/TA01/record/", given)

    row = Decision.objects.get()
    assert answer["Location"] == row.get_absolute_url()
    assert (row.area, row.recorded_by, row.month) == (areas[1], officer, worksheets.latest())
    assert Event.objects.filter(thing_kind="decision").count() == 1
    client.logout()
    for address in ("/en/meetings/", "/en/meetings/TA01/", "/en/areas/TA01/", "/en/programme/"):
        assert "Integration group" in client.get(address).content.decode(), address
    page = client.get(row.get_absolute_url()).content.decode()
    assert commitment.title in page
    assert "Decision recorded" in page
    assert officer.get_full_name() not in page
    item = client.get("/api/v1/meetings/decisions?area=TA01").json()["items"][0]
    assert item["decided"] == "An evening group is opened."
    text = client.get("/en/meetings.csv").content.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text)))["commitment"] == str(commitment.pk)


def test_a_stranger_records_nothing(client, areas, frozen, officer):
    other = an_officer(areas[2]).user
    client.force_login(other)
    assert client.post("/en/meetings/TA01/record/", words()).status_code == 404
    assert client.post("/en/meetings/TA02/record/", words()).status_code == 302
    row = Decision.objects.get()
    client.force_login(officer)
    assert (
        client.post(f"/en/meetings/decisions/{row.pk}/change/", {"take_back": ""}).status_code
        == 404
    )


def test_what_is_wrong_is_said_and_nothing_is_lost(client, areas, frozen, officer):
    client.force_login(officer)
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%Y-%m-%d}"

    answer = client.post("/en/meetings/TA01/record/", words(read_on=tomorrow))
    assert answer.status_code == 422
    assert "Record it when the meeting has been held." in answer.content.decode()
    assert "An evening group is opened." in answer.content.decode()
    answer = client.post("/en/meetings/TA01/record/", words(follow_up_on="2020-01-01"))
    assert "before the meeting" in answer.content.decode()
    assert not Decision.objects.exists()


def test_what_it_said_before_stays_in_the_history(client, areas, officer):
    row = DecisionFactory(area=areas[1], decided="A morning group is opened.")
    client.force_login(officer)
    page = client.get(f"/en/meetings/decisions/{row.pk}/change/")
    seen = BeautifulSoup(page.content, "html.parser").select_one("input[name=seen]")["value"]

    client.post(f"/en/meetings/decisions/{row.pk}/change/", words(seen=seen, outcome="Ten came."))

    row.refresh_from_db()
    assert (row.decided, row.outcome) == ("An evening group is opened.", "Ten came.")
    page = client.get(row.get_absolute_url()).content.decode()
    assert "A morning group is opened." in page
    stale = client.post(
        f"/en/meetings/decisions/{row.pk}/change/", words(seen=seen, decided="Neither.")
    )
    assert stale.status_code == 409
    assert "It has been changed meanwhile" in stale.content.decode()
    assert "Neither." in stale.content.decode()


def test_a_decision_is_taken_back(client, areas, officer):
    row = DecisionFactory(area=areas[1])
    client.force_login(officer)
    client.post(f"/en/meetings/decisions/{row.pk}/change/", {"take_back": ""})

    assert "Taken back" in client.get(row.get_absolute_url()).content.decode()
    client.logout()
    assert client.get(row.get_absolute_url()).status_code == 404
    assert "Integration group" not in client.get("/en/meetings/").content.decode()
    assert client.get("/api/v1/meetings/decisions").json()["items"] == []
    row.refresh_from_db()
    services.take_back(row, by=officer)
    with pytest.raises(TakenBack):
        services.change(row, {"body": "Another"}, by=officer)


def test_a_change_of_what_was_not_read_is_refused(areas, officer):
    row = DecisionFactory(area=areas[1])
    with pytest.raises(Stale):
        services.change(row, {"body": "Another"}, by=officer, expect="older")


def test_the_officer_is_asked_on_the_day_once_and_the_desk_says_so(client, areas, officer):
    today = timezone.localdate()
    row = DecisionFactory(area=areas[1], read_on=date(2026, 1, 1), follow_up_on=today)
    DecisionFactory(area=areas[1], follow_up_on=today + timedelta(days=5))
    DecisionFactory(area=areas[1], follow_up_on=today, outcome="Done.")
    DecisionFactory(area=areas[2], follow_up_on=today, example=True)

    assert services.remind_due() == 1
    assert services.remind_due() == 0

    letter = Letter.objects.get()
    assert letter.to == officer.email
    client.force_login(officer)
    desk = client.get("/en/desk/").content.decode()
    assert desk.count("Tell what came of the decision") == 2
    services.change(row, {"follow_up_on": today - timedelta(days=1)}, by=officer)
    assert services.remind_due() == 1
    client.force_login(UserFactory())
    assert "Tell what came" not in client.get("/en/desk/").content.decode()


def test_use_is_counted_and_nobody_is_ranked(client, areas, frozen):
    month = worksheets.latest()
    for area in areas[1:]:
        DecisionFactory(area=area, month=month, follow_up_on=timezone.localdate(), outcome="Yes.")
    DecisionFactory(area=areas[1], month=month, withdrawn_at=timezone.now())
    page = BeautifulSoup(client.get("/en/meetings/").content, "html.parser")

    numbers = [int(one.text) for one in page.select(".programme-figures dd")]
    assert numbers == [2, 2, 2, 2]
    assert "Municipality" not in page.select_one("main section").text
    assert "Employment area 2/2" in " ".join(page.text.split())
    assert "Area 2" not in client.get("/en/meetings.csv?area=TA01").content.decode()


@pytest.mark.parametrize("address", ["/en/meetings/", "/en/meetings/TA01/"])
def test_a_longer_list_costs_no_more_queries(client, areas, frozen, address):
    DecisionFactory(area=areas[1])
    few = queries_of_page(client, address)
    for _each in range(5):
        DecisionFactory(area=areas[1], follow_up_on=timezone.localdate())

    assert queries_of_page(client, address) == few


def test_the_examples_of_a_try_out_are_marked_and_entered_once(areas):
    AreaFactory(kind=EMPLOYMENT, code="05")
    released_dataset(areas)
    for _twice in range(2):
        starter.load()

    assert WorksheetMonth.objects.count() == 1
    rows = Decision.objects.all()
    assert [row.area.key for row in rows] == ["TA05", "TA05"]
    assert all(row.example for row in rows)
    assert services.remind_due() == 0

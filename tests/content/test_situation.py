"""Integration now: one page and one A4 out of all rooms."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from law import coming
from monitoring.datasets.models import Break, Dataset
from partnership.commitments.models import Commitment
from portal.places.models import Area
from tests.factories import questions
from tests.factories.authorities import AreaContactFactory, IntegrationProgrammeFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.datasets import changed, released_dataset
from tests.factories.law import (
    ActFactory,
    AmendmentFactory,
    IncomingAmendmentFactory,
    PendingBillFactory,
)
from tests.factories.monitoring import AreaFactory
from tests.factories.places import BelongingFactory
from tests.factories.topics import TopicFactory
from tests.printing.samples import opened, tags
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
PAGE = "/en/situation/"
SQUARE = "M10 10l50 0 0 50-50 0z"


@pytest.fixture
def country(db) -> list[Area]:
    return [
        AreaFactory(),
        *(
            AreaFactory(
                kind=Area.Kind.EMPLOYMENT_AREA, code=f"0{number}", map_path=SQUARE, name_en=name
            )
            for number, name in enumerate(("North", "South"), start=1)
        ),
    ]


@pytest.fixture
def six(country) -> list[Dataset]:
    return [
        released_dataset(country, slug=f"figure-{number}", name_en=f"Figure {number}")
        for number in range(6)
    ]


def read(client):
    return BeautifulSoup(client.get(PAGE).content, "html.parser")


def words(page, heading):
    return page.find(id=heading).find_parent("section").get_text(" ", strip=True)


def test_with_nothing_in_the_portal_the_page_says_so(client, db):
    page = read(client)

    assert "No figures of the whole country" in words(page, "figures")
    assert "knows of no change" in words(page, "law")
    assert "No question has been answered" in words(page, "questions")
    assert "No commitment" in words(page, "commitments")
    assert not page.select("#map")
    assert client.get("/en/situation.pdf").status_code == 200


def test_six_figures_are_sentences_with_their_trend_and_cautions(client, six, country):
    six[0].limits_en = "It cannot tell why."
    six[0].save()
    Break.objects.create(
        dataset=six[1], time=2024, text_fi="x", text_sv="x", text_en="The register changed."
    )
    changed(six[2], 12, area=country[0], cell=0, time=2024)

    items = [li.get_text(" ", strip=True) for li in read(client).select(".situation__figures li")]

    assert len(items) == 6
    assert all("Finland" in one and "2024" in one and "Example" in one for one in items)
    assert "It cannot tell why." in items[0] and "No clear change" in items[0]
    assert "The register changed." in items[1]
    assert "revised since" in items[2] and "12" in items[2]


def test_the_map_is_drawn_and_leads_to_its_figure(client, six):
    page = read(client)

    assert page.select_one(".situation__map svg")
    assert page.select_one(".situation__map a")["href"] == f"/en/datasets/{six[0].slug}/?kind=map"


def test_the_next_changes_of_the_law_come_in_order_without_what_is_over_or_invented(client, db):
    today = timezone.localdate()
    act = ActFactory(number=681, year=2023)
    AmendmentFactory(act=act, number=2, year=2026, in_force_from=today + timedelta(days=90))
    AmendmentFactory(act=act, number=1, year=2026, in_force_from=today)
    IncomingAmendmentFactory(act=act, number=3, year=2026, in_force_from=today + timedelta(days=60))
    invented = ActFactory(number=9999, year=2020, example=True)
    AmendmentFactory(act=invented, number=9, year=2026, in_force_from=today + timedelta(days=5))
    bill = PendingBillFactory(name_en="A reform", planned_on=today + timedelta(days=75))
    bill.acts.set([act])
    over = PendingBillFactory(name_en="An old one", planned_on=today + timedelta(days=9))
    over.acts.set([invented])

    assert len(coming.next_changes(today)) == 3
    shown = words(read(client), "law")
    assert shown.index("3/2026") < shown.index("A reform") < shown.index("Act 2/2026")
    assert "An old one" not in shown and "9/2026" not in shown and "Act 1/2026" not in shown


def test_questions_of_the_month_tell_their_theme_and_the_median(client, db):
    question = questions.answered()
    type(question).objects.filter(pk=question.pk).update(days_taken=4)

    shown = words(read(client), "questions")

    assert "1 question was answered in the last 30 days." in shown
    assert "at most 4 working days" in shown
    assert f"Most were about: {question.topic.name_en} (1)" in shown

    type(question).objects.update(answered_at=timezone.now() - timedelta(days=45))
    assert "in the last 30 days, 1 in the last year" in words(read(client), "questions")


def test_the_newest_commitments_come_first_and_no_draft(client, db):
    for number in range(4):
        CommitmentFactory(
            title=f"Commitment {number}", published_at=timezone.now() - timedelta(days=number)
        )
    CommitmentFactory(title="Not yet", state=Commitment.State.DRAFT)

    titles = [a.get_text(strip=True) for a in read(client).select(".situation h3 a")]

    assert titles == ["Commitment 0", "Commitment 1", "Commitment 2"]


@pytest.mark.parametrize("path", ["/fi/tilannekuva.pdf", "/sv/lagesbild.pdf", "/en/situation.pdf"])
def test_the_sheet_is_one_tagged_page_in_each_language(client, six, path):
    for number in range(3):
        CommitmentFactory(title=f"Commitment {number} " + "with many words " * 12)

    answer = client.get(path)

    pdf = opened(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    assert len(pdf.pages) == 1
    assert str(pdf.Root.Lang) == path[1:3]
    assert tags(pdf).count("H1") == 1 and "Figure" in tags(pdf)


def test_more_rows_cost_no_more_queries(client, six):
    CommitmentFactory()
    PendingBillFactory(planned_on=date(2099, 1, 1)).acts.set([ActFactory()])
    questions.answered(topic=TopicFactory())
    few = queries_of_page(client, PAGE)
    for number in range(3):
        CommitmentFactory()
        PendingBillFactory(planned_on=date(2099, 1, 2 + number)).acts.set([ActFactory()])
        questions.answered(topic=TopicFactory())

    assert queries_of_page(client, PAGE) <= few


def test_whoever_follows_it_follows_the_figures_of_the_country(client, six):
    assert read(client).select_one(".follow-link")["href"].endswith("?what=area:FI")


def test_what_municipalities_have_told_is_counted_and_no_readiness_invented(client, db):
    today = timezone.localdate()
    area = AreaFactory(kind=Area.Kind.EMPLOYMENT_AREA, code="05")
    towns = [
        AreaFactory(kind=Area.Kind.MUNICIPALITY, code=f"09{number}", population=9)
        for number in range(4)
    ]
    for town in towns[:2]:
        BelongingFactory(part=town, whole=area)
    IntegrationProgrammeFactory(area=area, valid_from=today, shown_at=timezone.now())
    IntegrationProgrammeFactory(area=towns[2], valid_from=today)  # not shown
    old = today - timedelta(days=1)
    IntegrationProgrammeFactory(
        area=towns[3], valid_from=old, valid_to=old, shown_at=timezone.now()
    )
    AreaContactFactory(area=towns[0], example=True)

    shown = " ".join(words(read(client), "law").split())

    assert "nobody has told the portal" in shown
    assert "of 4 municipalities 2 have an integration programme in force here" in shown
    assert "1 have said whom to contact" in shown
    assert "1 of these is an invented example." in shown

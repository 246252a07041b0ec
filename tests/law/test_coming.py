"""What readers see of an amending act that is published and not in the portal's words yet."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from law import finlex
from law.models import IncomingAmendment, LawWatch
from tests.factories.law import ActFactory, AmendmentFactory, SectionFactory, SectionVersionFactory
from tests.law.test_awaited import read

pytestmark = pytest.mark.django_db

SAID = "An amendment has been published, in force 1 January 2027: 9003/2026"
State = IncomingAmendment.State


@pytest.fixture
def act():
    """An invented act of two sections, of which an announced act changes the second."""
    act = ActFactory(number=9001, year=2023)
    for number in ("1", "2"):
        SectionVersionFactory(section=SectionFactory(act=act, number=number, position=int(number)))
    return act


def announce(act, **fields):
    said = {"in_force_from": date(2027, 1, 1), "sections": ["2"]}
    return IncomingAmendment.objects.create(act=act, number=9003, year=2026, **said | fields)


def test_the_section_the_act_and_the_api_tell_of_a_published_amendment(client, act):
    announce(act)
    api = "/api/v1/law/acts/9001-2023"

    assert SAID in read(client, "/en/law/9001-2023/2/")
    assert SAID not in read(client, "/en/law/9001-2023/1/")
    assert SAID in read(client, "/en/law/9001-2023/")
    assert "saadoskokoelma/2026/9003" in read(client, "/en/law/9001-2023/2/")
    [one] = client.get(api).json()["item"]["published_amendments"]
    assert (one["reference"], one["in_force_from"], one["sections"]) == (
        "9003/2026",
        "2027-01-01",
        ["2"],
    )
    every = client.get(f"{api}/sections").json()["items"]
    assert [row["published_amendments"] for row in every] == [[], ["9003/2026"]]


def test_without_known_sections_every_section_says_so(client, act):
    announce(act, sections=[], in_force_from=None)

    page = read(client, "/en/law/9001-2023/1/")

    assert "in force on a day that a decree will say: 9003/2026" in page
    assert "Which sections it changes is not known yet." in page


@pytest.mark.parametrize("state", [State.CONFIRMED, State.DISMISSED])
def test_what_is_decided_on_is_not_coming(client, act, state):
    announce(act, state=state)

    assert SAID not in read(client, "/en/law/9001-2023/2/")


def test_an_act_that_the_section_awaits_is_told_of_once(client, act):
    announce(act)
    AmendmentFactory(act=act, number=9003, year=2026)

    assert SAID not in read(client, "/en/law/9001-2023/2/")


def test_the_day_of_the_last_good_look_stands_where_the_day_of_import_stood(client, act):
    assert "Compared with Finlex" not in read(client, "/en/law/9001-2023/1/")
    assert "imported on" not in read(client, "/en/law/9001-2023/")

    looked = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)
    LawWatch.objects.create(number=9001, year=2023, looked_at=looked)

    for path in ("/en/law/", "/en/law/9001-2023/", "/en/law/9001-2023/1/"):
        assert "Compared with Finlex on 30 November 2026" in read(client, path)
    item = client.get("/api/v1/law/acts/9001-2023").json()["item"]
    assert item["compared_on"] == "2026-11-30"


def test_a_section_is_linked_by_the_mark_that_finlex_gives_it(act):
    section = act.sections.get(number="2")
    chapterless = SectionFactory.build(act=act, chapter=None, number="7")

    assert finlex.section_of(section, "fi").endswith("/2023/9001#chp_2__sec_2")
    section.eid = "chp_2__sec_2v20269003"
    assert finlex.section_of(section, "fi").endswith("/2023/9001#chp_2__sec_2v20269003")
    assert finlex.section_of(chapterless, "sv").endswith("/2023/9001#sec_7")


@pytest.mark.parametrize(
    "path",
    [
        "/en/law/9001-2023/",
        "/en/law/9001-2023/2/",
        "/api/v1/law/acts/9001-2023",
        "/api/v1/law/acts/9001-2023/sections",
    ],
)
def test_the_queries_do_not_grow_with_what_is_coming(client, act, path):
    def queries():
        """Those of an answer that nothing is kept of."""
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    announce(act)
    few = queries()
    for number in range(9100, 9130):
        IncomingAmendment.objects.create(act=act, number=number, year=2026, sections=["2"])

    assert 0 < queries() <= few

"""Pending bills: their stages, and where readers are told of them."""

import json
import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from law import bills, services
from law.models import Amendment, IncomingAmendment, PendingBill
from law.models.bills import as_number
from law.parsers import json_format
from portal.concurrency import Stale
from portal.workflow import TransitionNotAllowed
from search import queue
from tests.factories.accounts import UserFactory
from tests.factories.law import (
    AMENDMENT,
    ActFactory,
    AmendmentFactory,
    PendingBillFactory,
    SectionFactory,
    before_amendment,
)
from tests.proofs import size
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
Stage = PendingBill.Stage


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("HE 13/2026", "HE 13/2026"),
        ("he 13/2026 vp", "HE 13/2026"),
        ("RP 13/2026 rd", "HE 13/2026"),
        (" 13/2026 ", "HE 13/2026"),
        ("HE 13", ""),
        ("HE 013/2026", ""),
    ],
)
def test_a_number_is_kept_in_one_spelling(typed, kept):
    assert as_number(typed) == kept


def test_what_is_no_number_is_refused():
    with pytest.raises(ValidationError, match="HE 13/2026"):
        PendingBill(number="thirteen").clean()


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("day", "1 March 2027"),
        ("month", "March 2027"),
        ("half", "first half of 2027"),
        ("year", "2027"),
    ],
)
def test_the_planned_day_is_told_as_far_as_it_is_known(how, words):
    bill = PendingBill(planned_on=date(2027, 3, 1), planned_as=how)

    assert bill.planned.replace("\xa0", " ") == words


def test_each_language_calls_a_bill_by_its_own_name(client):
    bill = PendingBillFactory(number="HE 13/2026")

    for path, words in [
        (f"/fi/laki/hankkeet/{bill.pk}/", "HE 13/2026"),
        (f"/sv/lag/projekt/{bill.pk}/", "RP 13/2026"),
        (f"/en/law/bills/{bill.pk}/", "Government proposal HE 13/2026"),
    ]:
        assert words in client.get(path).content.decode()


def banners(client, path):
    return client.get(path).content.decode().count("A bill is pending")


def test_a_bill_is_told_of_on_its_sections_and_the_act(client):
    named, other = SectionFactory(number="14"), SectionFactory(number="15")
    bill = PendingBillFactory(sections=[named])

    page = client.get(named.get_absolute_url()).content.decode().replace("\xa0", " ")
    assert bill.title in page and "In committee, planned in force 1 March 2027" in page
    assert banners(client, other.get_absolute_url()) == 0
    assert banners(client, named.act.get_absolute_url()) == 1


def test_one_that_names_no_section_is_pending_on_the_whole_act(client):
    section = SectionFactory(number="14")
    PendingBillFactory(acts=[section.act])

    page = client.get(section.get_absolute_url()).content.decode()

    assert "which sections is not known" in page


@pytest.mark.parametrize("days", [30, 31])
def test_a_stage_that_nobody_has_confirmed_for_long_is_said_to_be_unchecked(client, days):
    section = SectionFactory()
    day = timezone.localdate() - timedelta(days)
    bill = PendingBillFactory(sections=[section], confirmed_on=day)

    for path in (section.get_absolute_url(), bill.get_absolute_url(), "/en/law/bills/"):
        assert ("not checked since" in client.get(path).content.decode()) == (days > 30)


def test_a_confirmation_ends_that_at_once(client):
    bill = PendingBillFactory(confirmed_on=date(2026, 1, 1))
    assert "not checked since" in client.get(bill.get_absolute_url()).content.decode()

    bills.confirm(bill, by=UserFactory(role="lawyer"))

    assert "not checked since" not in client.get(bill.get_absolute_url()).content.decode()


def test_a_move_keeps_the_day_of_each_stage_and_is_logged():
    bill = PendingBillFactory(stage=Stage.PARLIAMENT, confirmed_on=date(2026, 6, 1))
    bills.entered(bill)
    lawyer = UserFactory(role="lawyer")

    bills.move(bill, Stage.PASSED, by=lawyer, since=date(2026, 9, 1), note="EV 40/2026")

    bill.refresh_from_db()
    assert [(one["stage"], one["on"]) for one in bill.stages] == [
        ("parliament", "2026-06-01"),
        ("passed", "2026-09-01"),
    ]
    assert (bill.confirmed_on, bill.confirmed_by) == (timezone.localdate(), lawyer)
    [line] = ModelLogEntry.objects.filter(action="law.bill_move")
    assert line.data == {"note": "EV 40/2026", "from": "parliament", "to": "passed"}
    assert line.user == lawyer
    way = {str(step.label): (step.when, step.on) for step in bill.way}
    assert way["Submitted to Parliament"] == ("earlier", date(2026, 6, 1))
    assert way["In committee"] == ("earlier", None)
    assert way["Passed, to be confirmed"] == ("now", date(2026, 9, 1))
    assert way["Given as an act"] == ("later", None)


def test_whoever_read_an_earlier_stage_is_refused():
    bill = PendingBillFactory(stage=Stage.PARLIAMENT)
    read = bill.version_token
    bills.move(bill, Stage.COMMITTEE, by=None)

    with pytest.raises(Stale):
        bills.move(bill, Stage.PLENARY, by=None, expect=read)
    with pytest.raises(Stale):
        bills.confirm(bill, by=UserFactory(), expect=read)


@pytest.mark.proof
@settings(
    max_examples=size(25, 500),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(moves=st.lists(st.sampled_from(Stage.values), max_size=12))
def test_a_bill_goes_where_the_map_leads_and_every_move_is_logged(moves, db):
    bill = PendingBillFactory(stage=Stage.PREPARATION)
    bills.entered(bill)
    path = [Stage.PREPARATION]
    for to in moves:
        if to in PendingBill.MOVES[path[-1]]:
            bills.move(bill, to, by=None)
            path.append(Stage(to))
        else:
            with pytest.raises(TransitionNotAllowed):
                bills.move(bill, to, by=None)
    bill.refresh_from_db()
    lines = ModelLogEntry.objects.for_instance(bill).filter(action="law.bill_move")
    told = [(line.data["from"], line.data["to"]) for line in lines.order_by("pk")]

    assert bill.stage == path[-1] == bill.stages[-1]["stage"]
    assert [one["stage"] for one in bill.stages] == path
    assert told == list(pairwise(path))
    assert [step.when for step in bill.way].count("now") == 1
    assert not (bill.is_live and bill.stage in PendingBill.ENDS)


STANDING = st.sampled_from(["live", "given", "withdrawn", "became", "published"])


@pytest.mark.proof
@settings(
    max_examples=size(15, 200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(pending=st.lists(st.tuples(STANDING, st.sampled_from(["14", "15", "all"])), max_size=6))
def test_a_section_has_a_banner_for_each_bill_that_is_pending_on_it(pending, client, db):
    for model in (PendingBill, IncomingAmendment, Amendment):
        model.objects.all().delete()
    act = ActFactory()
    sections = {number: SectionFactory(act=act, number=number) for number in ("14", "15")}
    expected = dict.fromkeys(sections, 0)
    for place, (standing, on) in enumerate(pending):
        stage = standing if standing in ("given", "withdrawn") else Stage.COMMITTEE
        number = f"HE {place + 1}/2026"
        named = [] if on == "all" else [sections[on]]
        bill = PendingBillFactory(acts=[act], sections=named, stage=stage, number=number)
        if standing == "became":
            AmendmentFactory(act=act, number=5000 + place, proposal=number)
            assert bills.join(act) == [bill]
        if standing == "published":
            IncomingAmendment.objects.create(
                act=act, number=7000 + place, year=2026, proposal=number
            )
        for section in expected:
            expected[section] += standing in ("live", "given") and on in (section, "all")

    for number, section in sections.items():
        assert banners(client, section.get_absolute_url()) == expected[number]


@pytest.mark.parametrize("of", ["act", "section"])
def test_an_act_and_a_section_cost_as_little_with_many_bills(client, of):
    section = SectionFactory(number="14")
    path = (section.act if of == "act" else section).get_absolute_url()
    PendingBillFactory(sections=[section])
    of_one = queries_of_page(client, path)
    for _each in range(5):
        PendingBillFactory(sections=[section])

    assert queries_of_page(client, path) == of_one


def test_the_list_and_a_bill_cost_as_little_with_many(client):
    bill = PendingBillFactory(sections=[SectionFactory()])
    of_one = [queries_of_page(client, path) for path in ("/en/law/bills/", bill.get_absolute_url())]
    bill.sections.add(*(SectionFactory() for _each in range(5)))
    for _each in range(5):
        PendingBillFactory()

    assert of_one == [
        queries_of_page(client, path) for path in ("/en/law/bills/", bill.get_absolute_url())
    ]


def test_a_bill_that_becomes_an_amendment_gives_way_to_it(client):
    section = SectionFactory(number="14")
    bill = PendingBillFactory(sections=[section], number="HE 146/2025")
    assert banners(client, section.get_absolute_url()) == 1

    amendment = AmendmentFactory(act=section.act, proposal="HE 146/2025")
    assert bills.join(section.act) == [bill]

    bill.refresh_from_db()
    assert bill.stage == Stage.GIVEN
    assert list(bill.amendments.all()) == [amendment]
    assert banners(client, section.get_absolute_url()) == 0
    assert amendment.reference in client.get(bill.get_absolute_url()).content.decode()
    assert bills.join(section.act) == []


def test_a_bill_comes_back_when_its_amendment_is_taken_out_again(client):
    section = SectionFactory(number="14")
    PendingBillFactory(sections=[section], number="HE 146/2025")
    amendment = AmendmentFactory(act=section.act, proposal="HE 146/2025")
    bills.join(section.act)

    amendment.delete()

    page = client.get(section.get_absolute_url()).content.decode()
    assert "A bill is pending" in page and "Given as an act" in page


def test_a_published_amendment_makes_its_bill_given():
    bill = PendingBillFactory(number="HE 146/2025")
    incoming = IncomingAmendment.objects.create(
        act=bill.acts.get(), number=1376, year=2025, proposal="HE 146/2025 vp"
    )

    assert bills.join_published(incoming) == bill

    bill.refresh_from_db()
    assert bill.stage == Stage.GIVEN
    assert bills.join_published(incoming) is None


def test_an_amending_act_that_is_imported_is_joined_with_its_bill(client):
    section = SectionFactory(number="14")
    before_amendment(section)
    bill = PendingBillFactory(sections=[section], number="HE 7/2027")

    said = json.dumps({**AMENDMENT, "proposal": "HE 7/2027"})
    services.import_files([json_format.read("said.json", said)])

    bill.refresh_from_db()
    assert bill.stage == Stage.GIVEN
    assert [one.reference for one in bill.amendments.all()] == ["150/2027"]
    assert banners(client, section.get_absolute_url()) == 0


def test_a_bill_has_one_address(client):
    bill = PendingBillFactory()

    response = client.get(f"/en/law/bills/0{bill.pk}/")

    assert (response.status_code, response["Location"]) == (301, bill.get_absolute_url())


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/fi/laki/", "Mitä on tulossa"),
        ("/sv/lag/", "Vad som är på gång"),
        ("/en/law/", "What is coming"),
    ],
)
def test_the_page_of_the_law_begins_with_what_is_coming(client, path, heading):
    assert heading not in client.get(path).content.decode()
    bill = PendingBillFactory()
    PendingBillFactory(stage=Stage.WITHDRAWN, number="HE 9999/2026")
    PendingBillFactory(acts=[ActFactory(number=9900, year=2025, example=True)])

    page = client.get(path).content.decode()

    with translation.override(path[1:3]):
        assert page.index(heading) < page.index(bill.title) < page.index("681/2023)")
    assert "HE 9999/2026" not in page
    assert len(re.findall(rf'href="[^"]*/{bill.pk}/"', page)) == 1


def test_the_page_of_the_law_costs_as_little_with_many_bills(client):
    PendingBillFactory()
    of_one = queries_of_page(client, "/en/law/")
    for _each in range(5):
        PendingBillFactory()

    assert queries_of_page(client, "/en/law/") == of_one


@pytest.mark.parametrize(
    ("path", "words", "name"),
    [
        ("/fi/haku/", "kotoutumislain muuttamisesta", "Laki kotoutumislain muuttamisesta"),
        ("/sv/sok/", "ändring av integrationslagen", "Lag om ändring av integrationslagen"),
        ("/en/search/", "HE 13/2026", "Act amending the Integration Act"),
        ("/en/search/", "section 14", "Act amending the Integration Act"),
    ],
)
def test_the_search_finds_a_bill_by_its_name_number_and_sections(client, path, words, name):
    bill = PendingBillFactory(number="HE 13/2026", sections=[SectionFactory(number="14")])
    queue.everything()

    page = client.get(path, {"q": words}).content.decode()

    with translation.override(path[1:3]):
        assert f'href="{bill.get_absolute_url()}"' in page
    assert name in re.sub(r"</?mark>", "", page)


def test_a_bill_that_moves_is_found_with_its_new_stage_and_then_no_more(client):
    bill = PendingBillFactory(number="HE 13/2026")
    queue.everything()
    bills.move(bill, Stage.PLENARY, by=None)
    queue.everything()

    page = client.get("/en/search/", {"q": "HE 13/2026"}).content.decode()

    assert str(Stage.PLENARY.label) in page
    bill.delete()
    queue.everything()
    assert "Act amending the Integration Act" not in client.get(
        "/en/search/", {"q": "HE 13/2026"}
    ).content.decode().replace("<mark>", "").replace("</mark>", "")

"""Sections changed by an act whose words the portal does not have: said wherever they show."""

from datetime import date

import pytest

from law import starter
from law.documents import sections as documents
from law.models import Act, AmendmentEffect, Section
from tests.factories.law import AmendmentFactory, SectionFactory, SectionVersionFactory
from tests.law.test_statutes import run

pytestmark = pytest.mark.django_db

SAID = "Act 1376/2025 has changed this section since 1 January 2026; its words are not here yet."


@pytest.fixture
def section():
    """Section 86 with its first wording, which act 1376/2025 has changed since."""
    section = SectionFactory(number="86", amended_by=["1376/2025"], summary_en="In short.")
    SectionVersionFactory(section=section)
    AmendmentFactory(
        act=section.act,
        number=1376,
        year=2025,
        given_on=date(2025, 12, 22),
        in_force_from=date(2026, 1, 1),
    )
    return section


def read(client, path):
    return " ".join(client.get(path).content.decode().replace("\xa0", " ").split())


def test_the_section_s_page_says_so_instead_of_the_text_in_force(client, section):
    page = read(client, "/en/law/681-2023/86/")

    assert SAID in page
    assert "The text in force</h2>" not in page
    assert "The wording before it is below." in page


@pytest.mark.parametrize("path", ["/en/law/681-2023/86/?on=2025-12-31"])
def test_on_a_day_before_the_act_the_wording_is_the_one_in_force(client, section, path):
    assert "its words are not here yet" not in read(client, path)


def test_with_the_words_of_the_act_it_is_the_text_in_force(client, section):
    SectionVersionFactory(
        section=section,
        amendment=section.act.amendments.get(number=1376),
        valid_from=date(2026, 1, 1),
    )

    page = read(client, "/en/law/681-2023/86/")

    assert "its words are not here yet" not in page
    assert "The text in force</h2>" in page


def test_the_act_s_page_the_words_within_a_page_the_api_and_the_search_say_so(client, section):
    tag = "Changed by act 1376/2025; words not here yet"
    api = client.get("/api/v1/law/acts/681-2023/sections/86").json()["item"]
    every = client.get("/api/v1/law/acts/681-2023/sections").json()["items"]
    english = [one for one in documents(Section.objects.all()) if one.language == "en"]

    assert tag in read(client, "/en/law/681-2023/")
    assert tag in read(client, "/en/law/681-2023/86/inline/")
    assert SAID in read(client, "/en/law/681-2023/86/inline/")
    assert (api["may_have_changed"], api["awaited_act"]) == (True, "1376/2025")
    assert [one["awaited_act"] for one in every] == ["1376/2025"]
    assert tag in english[0].trail


def test_the_shipped_act_knows_what_nobody_has_seen(client):
    starter.load()

    assert SAID in read(client, "/en/law/681-2023/86/")
    assert SAID in read(client, "/en/law/681-2023/92b/")
    assert "its words are not here yet" not in read(client, "/en/law/681-2023/55/")
    page = read(client, "/en/law/681-2023/")
    assert "Act 1414/2025, in force from 1 January 2026" in page
    assert "Act 70/2026, in force from 1 May 2026" in page
    assert "Which sections they change is being checked." in page
    awaited = client.get("/api/v1/law/acts/681-2023").json()["item"]["acts_awaited"]
    assert [one["reference"] for one in awaited] == ["1414/2025", "70/2026"]


def test_an_awaited_act_that_has_been_imported_is_awaited_no_longer():
    starter.load()
    AmendmentFactory(act=Act.objects.get(), number=70, year=2026)

    assert [one.reference for one in Act.objects.get().acts_awaited] == ["1414/2025"]


def test_words_that_arrive_later_open_the_checks_of_what_rests_on_the_section(tmp_path):
    starter.load()
    file = tmp_path / "act.json"
    file.write_text(
        """{"amends": "681/2023", "number": "1376/2025", "given_on": "2025-12-22",
        "in_force_from": "2026-01-01", "source": "An invented text",
        "changed": [{"number": "72", "heading": {"fi": "A", "sv": "B"},
        "text": {"fi": ["Uusi."], "sv": ["Ny."]}}]}"""
    )

    run(file)
    run(file)

    assert [one.section.number for one in AmendmentEffect.objects.all()] == ["72"]

"""Two days side by side, what changed on a day, what prepared an act, and the trail on paper."""

from datetime import date

import pytest
from django.utils import timezone

from law import comparisons
from law.models import Act
from tests.factories.accounts import UserFactory
from tests.factories.law import (
    ActFactory,
    AmendmentFactory,
    SectionFactory,
    SectionVersionFactory,
)
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
PAGE = "/en/law/681-2023/14/"
ACT = "/en/law/681-2023/"


def said(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def text(words):
    return [{"text": words, "items": []}]


@pytest.fixture
def section():
    """Section 14 with a wording of each of two years, and section 15 that nothing changed."""
    act = ActFactory()
    amendment = AmendmentFactory(
        act=act,
        number=721,
        year=2025,
        in_force_from=date(2026, 1, 1),
        proposal="HE 13/2025",
        committee_report="HaVM 15/2025 vp",
        transitional_fi="Vireillä oleva asia käsitellään loppuun aiempien säännösten mukaan.",
        transitional_sv="Ett anhängigt ärende slutbehandlas enligt tidigare bestämmelser.",
    )
    SectionVersionFactory(section=SectionFactory(number="15", position=15))
    section = SectionFactory(number="14", position=14, amended_by=["721/2025"])
    SectionVersionFactory(
        section=section,
        text_fi=text("Kunta neuvoo asiakasta."),
        text_sv=text("Kommunen ger råd."),
        valid_to=date(2025, 12, 31),
    )
    SectionVersionFactory(
        section=section,
        amendment=amendment,
        valid_from=date(2026, 1, 1),
        text_fi=text("Kunta ohjaa asiakasta."),
        text_sv=text("Kommunen ger handledning."),
    )
    return section


def test_a_section_on_two_days_has_its_changed_words_marked(section, client):
    page = client.get(f"{PAGE}compare/", {"on": "2025-06-01", "with": "2026-06-01"})

    assert ">neuvoo<" in said(page)
    assert ">ohjaa<" in said(page)
    assert "1 June 2025 and 1 June 2026" in said(page)


def test_the_days_may_come_in_any_order(section, client):
    page = client.get(f"{PAGE}compare/", {"with": "2025-06-01", "on": "2026-06-01"})

    assert [page.context["first"], page.context["second"]] == [date(2025, 6, 1), date(2026, 6, 1)]


def test_without_days_the_last_change_is_compared(section, client):
    page = client.get(f"{PAGE}compare/")

    assert page.context["first"] == date(2025, 12, 31)
    assert page.context["second"] == timezone.localdate()
    assert page.context["compared"].parts


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi/laki", "Kunta"), ("sv/lag", "Kommunen"), ("en/law", "Kunta")],
)
def test_each_reader_gets_a_language_of_the_law(section, client, language, words):
    days = {"on": "2025-06-01", "with": "2026-06-01"}

    assert words in said(client.get(f"/{language}/681-2023/14/compare/", days))


def test_the_same_words_are_said_to_be_the_same(section, client):
    page = client.get(f"{PAGE}compare/", {"on": "2026-02-01", "with": "2026-06-01"})

    assert "The words are the same on both days." in said(page)


def test_a_section_that_was_not_there_is_all_new(section, client):
    page = client.get(f"{PAGE}compare/", {"on": "2024-06-01", "with": "2026-06-01"})

    assert "all of it is new" in said(page)


@pytest.mark.parametrize("path", [f"{PAGE}compare/", f"{ACT}compare/"])
@pytest.mark.parametrize("bad", ["on", "with"])
def test_what_is_no_day_is_named_and_the_other_day_stays(section, client, path, bad):
    other = "with" if bad == "on" else "on"
    page = client.get(path, {bad: "1.1.2026", other: "2025-06-01"})

    assert page.status_code == 400
    assert f"“{bad}” cannot be “1.1.2026”" in said(page)
    assert 'value="2025-06-01"' in said(page)


def test_a_whole_act_lists_the_sections_that_differ(section, client):
    page = client.get(f"{ACT}compare/", {"on": "2025-06-01", "with": "2026-06-01"})

    assert "1 section differs." in said(page)
    assert 'id="section-14"' in said(page)
    assert 'id="section-15"' not in said(page)


def test_a_change_whose_words_are_not_here_is_told_too(section, client):
    AmendmentFactory(act=section.act, number=1376, year=2025, in_force_from=date(2026, 1, 1))
    section.act.sections.filter(number="15").update(amended_by=["1376/2025"])
    page = client.get(f"{ACT}changes/2026-01-01/")

    assert "Act 1376/2025 has changed this section since 1 January 2026" in said(page)
    assert 'id="section-15"' in said(page)


def test_a_day_of_change_says_what_changed_and_by_which_act(section, client):
    page = said(client.get(f"{ACT}changes/2026-01-01/"))

    assert "What changed on 1 January 2026" in page
    assert ">neuvoo<" in page
    assert "valtiopaivaasiakirjat/HE+13/2025" in page
    assert "valtiopaivaasiakirjat/HaVM+15/2025" in page
    assert "Vireillä oleva asia" in page


def test_swedish_readers_get_the_swedish_papers(section, client):
    page = said(client.get("/sv/lag/681-2023/changes/2026-01-01/"))

    assert "riksdagshandlingar/FvUB+15/2025" in page
    assert "Ett anhängigt ärende" in page


@pytest.mark.parametrize("day", ["2026-01-02", "2025-01-01", "soon", "2025-02-30"])
def test_a_day_without_a_change_has_no_page(section, client, day):
    assert client.get(f"{ACT}changes/{day}/").status_code == 404


def test_the_act_and_the_map_of_the_site_list_the_days(section, client):
    address = "/en/law/681-2023/changes/2026-01-01/"

    assert f'href="{address}"' in said(client.get(ACT))
    assert address in client.get("/sitemap.xml").content.decode()


def test_a_wording_that_never_was_in_force_makes_no_day(section):
    SectionVersionFactory(
        section=section,
        amendment=AmendmentFactory(number=9, year=2025, in_force_from=date(2026, 1, 1)),
        valid_from=date(2025, 5, 1),
        valid_to=date(2025, 4, 30),
    )

    days = comparisons.days_of_change(Act.objects.prefetch_related("amendments"))
    assert [one.day for one in days] == [date(2026, 1, 1)]


def test_a_section_says_what_prepared_its_amendment(section, client):
    page = said(client.get(PAGE))

    assert "valtiopaivaasiakirjat/HE+13/2025" in page
    assert "HaVM 15/2025 vp" in page
    assert "Entry into force and transitional provisions" in page
    assert "/en/law/681-2023/14/compare/" in page
    assert "/en/law/681-2023/14/trail/" in page


@pytest.mark.parametrize("address", [f"{ACT}compare/", f"{ACT}changes/2026-01-01/", ACT])
def test_more_sections_take_no_more_queries(section, client, address):
    once = queries_of_page(client, address)
    amendment = section.act.amendments.get(number=721)
    for number in range(20, 26):
        one = SectionFactory(number=str(number), position=number)
        SectionVersionFactory(section=one, valid_to=date(2025, 12, 31))
        SectionVersionFactory(
            section=one, amendment=amendment, valid_from=date(2026, 1, 1), text_fi=text("Uusi.")
        )

    assert queries_of_page(client, address) == once


def test_the_trail_has_both_languages_the_act_and_who_checked(section, client):
    version = section.versions.get(valid_from=date(2026, 1, 1))
    version.checked_at, version.checked_by = timezone.now(), UserFactory(role="lawyer")
    version.save()
    page = said(client.get(f"{PAGE}trail/", {"on": "2026-02-01"}))

    assert "Kunta ohjaa asiakasta." in page
    assert "Kommunen ger handledning." in page
    assert "By a lawyer of the portal on" in page
    assert version.checked_by.get_full_name() not in page
    assert "/en/law/681-2023/14/trail/?on=2026-02-01" in page
    assert "721/2025" in page
    assert "neuvoo" not in page


def test_the_trail_does_not_say_that_an_unchecked_wording_was_checked(section, client):
    section.versions.update(needs_legal_review=True)
    page = said(client.get(f"{PAGE}trail/", {"on": "2026-02-01"}))

    assert "Not yet checked by a lawyer" in page
    assert "By a lawyer of the portal" not in page


def test_the_trail_refuses_what_is_no_day(section, client):
    response = client.get(f"{PAGE}trail/", {"on": "x"})

    assert response.status_code == 400
    assert "“on” cannot be “x”" in said(response)


@pytest.mark.parametrize(
    ("alone", "words"),
    [
        ("sv", "Act 721/2025 changed the Swedish wording alone"),
        ("fi", "Act 721/2025 changed the Finnish wording alone"),
        ("", ""),
    ],
)
def test_the_act_and_the_api_say_when_one_language_alone_was_changed(section, client, alone, words):
    first, last = section.versions.order_by("valid_from")
    if alone:
        other = "fi" if alone == "sv" else "sv"
        for name in (f"text_{other}", f"heading_{other}"):
            setattr(last, name, getattr(first, name))
        last.save()
    path = "/api/v1/law/acts/681-2023/sections"

    page = said(client.get(f"{ACT}?on=2026-02-01"))
    before = said(client.get(f"{ACT}?on=2025-02-01"))
    [listed] = [one for one in client.get(path).json()["items"] if one["section"] == "14"]
    whole = client.get(f"{path}/14").json()["item"]
    on_day = client.get(f"{path}/14?on=2026-02-01").json()["item"]

    assert (words in page) if words else "wording alone" not in page
    assert "wording alone" not in before
    assert listed["last_change_only_in"] == whole["last_change_only_in"] == (alone or None)
    changed = [one["changed_in"] for one in whole["wordings"]]
    assert changed == [["fi", "sv"], [alone] if alone else ["fi", "sv"]]
    assert [one["changed_in"] for one in on_day["wordings"]] == changed[1:]


def test_a_language_whose_words_are_not_here_was_not_changed_alone(section, client):
    last = section.versions.order_by("valid_from").last()
    last.text_sv, last.heading_sv = [], ""
    last.save()

    assert "wording alone" not in said(client.get(f"{ACT}?on=2026-02-01"))
    api = client.get("/api/v1/law/acts/681-2023/sections/14").json()["item"]
    assert api["last_change_only_in"] is None
    assert [one["changed_in"] for one in api["wordings"]] == [["fi", "sv"], ["fi"]]


@pytest.mark.parametrize(("length", "small"), [(3000, False), (3600, True)])
def test_a_long_section_is_printed_in_smaller_letters(section, client, length, small):
    section.versions.filter(amendment__isnull=False).update(text_sv=text("a" * length))

    assert ("trail--long" in said(client.get(f"{PAGE}trail/"))) == small

import re
from datetime import date

import pytest

from law import references
from law.models import Act, Section
from portal.resources import ResourceType
from tests.factories.law import (
    ActFactory,
    AmendmentFactory,
    SectionFactory,
    SectionVersionFactory,
)
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def guidance(only_room):
    """A kind of a later app: one article rests on every section numbered 14."""
    asked = []

    def items(sections, user, language):
        asked.append(len(sections))
        return {
            section.pk: [
                references.Backlink(
                    "An article", "/en/guidance/an-article/", kind="guidance", note="in Finnish"
                )
            ]
            for section in sections
            if section.number == "14"
        }

    only_room(ResourceType("guidance", can=(references.Referrer("Guidance", items),)))
    return asked


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/fi/laki/", ["Kotoutumislaki (681/2023)", "Yleiset säännökset"]),
        ("/sv/lag/681-2023/", ["Integrationslagen (681/2023)", "32\xa0a\xa0§", "Upphävd"]),
        ("/en/law/681-2023/", ["Integration Act (681/2023)", "Section 32 a", "Repealed"]),
        (
            "/fi/laki/681-2023/14/",
            ["14\xa0§", "Osaamisen ja kotoutumisen"],
        ),
        ("/sv/lag/681-2023/14/", ["14\xa0§", "Bedömning av kompetens"]),
        ("/en/law/681-2023/14/", ["Section 14", "Assessment of skills"]),
    ],
)
def test_the_law_is_in_three_languages(the_act, client, path, words):
    page = client.get(path).content.decode()

    for word in words:
        assert word in page


def test_english_headings_are_said_to_be_unofficial(the_act, client):
    for path in ["/en/law/", "/en/law/681-2023/", "/en/law/681-2023/14/"]:
        assert "our own unofficial translation" in client.get(path).content.decode()


def test_pages_say_how_far_the_data_reaches(the_act, client):
    for path in ["/en/law/681-2023/", "/en/law/681-2023/14/"]:
        page = client.get(path).content.decode().replace("\xa0", " ")
        assert "up to date to act 721/2025, given on 27 June 2025" in page
        assert "Later amendments are not included" in page


def test_a_repealed_section_says_so(the_act, client):
    page = client.get("/en/law/681-2023/15/").content.decode().replace("\xa0", " ")

    assert "Act 1100/2024 repealed this section before it came into force." in page
    assert "It was never in force." in page
    assert "has not been in force since" not in page


def test_a_section_leads_to_its_place_in_finlex(the_act, client):
    finnish = client.get("/fi/laki/681-2023/32a/").content.decode()
    swedish = client.get("/sv/lag/681-2023/32a/").content.decode()

    assert "https://www.finlex.fi/fi/lainsaadanto/2023/681#chp_2__sec_32a" in finnish
    assert "https://www.finlex.fi/sv/lagstiftning/2023/681#chp_2__sec_32a" in swedish
    assert "https://www.finlex.fi/fi/lainsaadanto/saadoskokoelma/2024/322" in finnish
    assert "https://www.finlex.fi/sv/laki/alkup/2024/20240322" in swedish


def test_a_section_without_anything_resting_on_it_says_so(the_act, guidance, client):
    assert "No guidance on the portal refers" in client.get("/en/law/681-2023/13/").content.decode()


def test_a_section_shows_what_rests_on_it(the_act, guidance, client):
    page = client.get("/en/law/681-2023/14/").content.decode()

    assert '<a href="/en/guidance/an-article/">An article</a>' in page
    assert "in Finnish" in page


@pytest.mark.parametrize(
    ("number", "before", "after"), [("1", None, "2"), ("32a", "32", "33"), ("102", "101", None)]
)
def test_a_section_leads_to_the_ones_before_and_after(the_act, client, number, before, after):
    context = client.get(f"/en/law/681-2023/{number}/").context

    assert getattr(context["previous"], "number", None) == before
    assert getattr(context["following"], "number", None) == after


def test_the_act_counts_what_rests_on_each_section_in_one_question(the_act, guidance, client):
    page = client.get("/en/law/681-2023/").content.decode()

    assert guidance == [105]  # and not of its chapters: these things rest on sections alone
    assert page.count("1 reference<") == 1


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("14", ["14"]),
        ("32", ["32", "32a"]),
        ("32a", ["32a"]),
        ("§ 14", ["14"]),
        ("TIETOVARANTO", ["76", "77"]),
        ("tietovarannon rekisterinpitäjät", ["78"]),
        ("data repository controllers", ["78"]),
        ("nosuchword", []),
    ],
)
def test_sections_are_found_by_number_and_words(the_act, client, words, numbers):
    response = client.get("/en/law/681-2023/", {"q": words})

    found = [one.number for part in response.context["parts"] for one in part.sections]
    assert found == numbers
    assert ("No section has these words" in response.content.decode()) == (not found)


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/en/law/681-2023/32A/", "/en/law/681-2023/32a/"),
        ("/en/law/0681-2023/", "/en/law/681-2023/"),
        ("/en/law/681-02023/14/?a=1", "/en/law/681-2023/14/?a=1"),
        (
            "/en/law/0681-2023/14/compare/?on=2025-01-01",
            "/en/law/681-2023/14/compare/?on=2025-01-01",
        ),
        ("/en/law/681-2023/32A/compare/", "/en/law/681-2023/32a/compare/"),
        ("/en/law/0681-2023/14/trail/", "/en/law/681-2023/14/trail/"),
        ("/en/law/0681-2023/14/inline/", "/en/law/681-2023/14/inline/"),
        ("/en/law/0681-2023/compare/", "/en/law/681-2023/compare/"),
        ("/en/law/0681-2023/changes/2026-01-01/", "/en/law/681-2023/changes/2026-01-01/"),
    ],
)
def test_other_spellings_lead_to_the_address(the_act, client, typed, path):
    response = client.get(typed)

    assert response.status_code == 301
    assert response["Location"] == path


@pytest.mark.parametrize(
    "path",
    [
        "/en/law/681-2023/103/",
        "/en/law/681-2023/014/",
        "/en/law/1386-2010/",
        "/en/law/1386-2010/1/",
        "/en/law/99999999999999999999-2023/",
    ],
)
def test_what_is_not_there_is_not_found(the_act, client, path):
    assert client.get(path).status_code == 404


def test_the_pages_cost_few_queries(the_act, guidance, client, django_assert_max_num_queries):
    for path in ["/en/law/", "/en/law/681-2023/", "/en/law/681-2023/14/"]:
        client.get(path)
        with django_assert_max_num_queries(15):
            client.get(path)


def test_what_rests_on_them_keeps_the_pages_to_few_queries(
    starter_site, client, django_assert_max_num_queries
):
    for path in ["/en/law/681-2023/", "/en/law/681-2023/14/"]:
        client.get(path)
        with django_assert_max_num_queries(20):
            client.get(path)


def test_six_sections_cost_the_queries_of_one(guidance, client):
    SectionFactory()
    of_one = queries_of_page(client, "/en/law/681-2023/")
    SectionFactory.create_batch(5)

    assert queries_of_page(client, "/en/law/681-2023/") == of_one


def test_six_acts_cost_the_queries_of_one(client):
    ActFactory()
    of_one = queries_of_page(client, "/en/law/")
    for number in range(1, 6):
        ActFactory(number=number)

    assert queries_of_page(client, "/en/law/") == of_one


def test_acts_and_sections_are_in_the_site_map(the_act, client):
    page = client.get("/sitemap.xml").content.decode()

    assert f"{Act.objects.get().get_absolute_url()}<" in page.replace("/en/law/", "/fi/laki/")
    assert page.count("/en/law/681-2023/") >= Section.objects.count()


@pytest.mark.parametrize("section", ["", "14/"])
def test_a_decree_is_named_in_the_language_of_the_page(the_act, client, section):
    finnish = client.get(f"/fi/laki/681-2023/{section}").content.decode()
    english = client.get(f"/en/law/681-2023/{section}").content.decode()
    name = "Valtioneuvoston asetus osaamisen ja kotoutumisen palvelutarpeen arvioinnista"

    assert f">{name} (869/2024)</a>" in finnish
    assert 'hreflang="fi">Government Decree 869/2024</a>' in english
    assert "(in Finnish)" in english
    assert name not in english


def test_no_line_ends_between_a_number_and_its_section_sign(client):
    """In the number of the section, in its wordings and in what changed between them."""
    section = SectionFactory(number="32a", summary_fi="Lyhyesti.")
    SectionVersionFactory(
        section=section, text_fi=[{"text": "Kunta toimii 13 §:n mukaan:", "items": ["1) 2 b § ja"]}]
    )
    SectionVersionFactory(
        section=section,
        amendment=AmendmentFactory(act=section.act),
        valid_from=date(2025, 3, 1),
        text_fi=[{"text": "Kunta toimii 14 §:n mukaan:", "items": ["1) 2 b § ja"]}],
    )

    for path in ("/fi/laki/681-2023/32a/", "/fi/laki/681-2023/32a/?on=2025-02-01"):
        page = client.get(path).content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        assert "32\xa0a\xa0§" in main and "2\xa0b\xa0§" in main
        assert re.findall(r".{0,20} §.{0,9}", main) == []

"""An invented decree: no chapters, a table, closing words and annexes."""

import re
from datetime import date

import pytest

from law import documents, following
from law.models import Decree, Section
from portal.notifications.models import Event
from tests.factories.law import (
    ActFactory,
    AmendmentEffectFactory,
    AmendmentFactory,
    SectionFactory,
    SectionVersionFactory,
)
from tests.factories.notices import FollowFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
TEXT = [
    {
        "text": "Korvaus on seuraava:",
        "items": ["1) matka;", "2) majoitus"],
        "table": [["Kunta", "Euroa"], ["Aula", "120"]],
        "closing": "jos kulu on tarpeen.",
    }
]


@pytest.fixture
def decree():
    act = ActFactory(
        kind="decree",
        number=877,
        year=2024,
        name_fi="Valtioneuvoston asetus esimerkistä",
        name_sv="Statsrådets förordning om exempel",
        name_en="Government Decree on an Example",
        short_fi="esimerkkiasetus",
        short_sv="exempelförordningen",
        short_en="Example Decree",
        given_on=date(2024, 12, 1),
    )
    section = SectionFactory(act=act, chapter=None, number="1", position=1)
    SectionVersionFactory(section=section, text_fi=TEXT)
    for position, number in ((2, "liite1"), (3, "liite2")):
        annex = SectionFactory(
            act=act, chapter=None, kind="annex", number=number, position=position
        )
        SectionVersionFactory(section=annex, text_fi=TEXT)
    return act


@pytest.mark.parametrize(
    ("address", "contents", "annex"),
    [
        ("/fi/laki/877-2024/", "Pykälät", "Liite\xa01"),
        ("/sv/lag/877-2024/", "Paragrafer", "Bilaga\xa01"),
        ("/en/law/877-2024/", "Sections", "Annex\xa01"),
    ],
)
def test_a_decree_without_chapters_is_read_as_a_whole(decree, client, address, contents, annex):
    page = client.get(address).content.decode()

    assert f'<h2 id="sections">{contents}</h2>' in page
    assert '<h2 id="annexes">' in page
    assert annex in page
    assert "/877-2024/liite1/" in page
    assert "chapter-" not in page


def test_a_section_has_its_table_and_its_closing_words(decree, client):
    page = client.get("/fi/laki/877-2024/1/").content.decode()

    assert '<th scope="col">Kunta</th><th scope="col">Euroa</th>' in page
    assert "<td>Aula</td><td>120</td>" in page
    assert page.index("<li>2) majoitus</li>") < page.index("<p>jos kulu on tarpeen.</p>")
    assert '<caption class="visually-hidden">Taulukko: Korvaus on seuraava:</caption>' in page
    assert 'role="region" aria-label="Taulukko' not in page  # two tables may have one name
    assert "saadoskokoelma/2024/877" in page
    assert "2024/877#sec_1" in page


def test_an_annex_has_a_page_of_its_own(decree, client):
    page = client.get("/en/law/877-2024/liite1/").content.decode()

    assert "Annex\xa01" in page
    assert "#sec_liite1" not in page


def test_the_list_of_acts_has_the_decree_without_chapters(decree, client):
    page = client.get("/en/law/").content.decode()

    assert "/en/law/877-2024/" in page
    assert "<h3>Chapters</h3>" not in page


@pytest.mark.parametrize("address", ["/en/law/", "/en/law/681-2023/", "/en/law/681-2023/1/"])
def test_a_decree_that_is_here_leads_to_its_own_page(decree, client, address):
    section = SectionFactory(number="1")
    for number in (877, 878):
        Decree.objects.create(
            act=section.act, number=number, year=2024, name_fi="A", first=section, last=section
        )

    page = client.get(address).content.decode()

    assert '<a href="/en/law/877-2024/">' in page
    assert "saadoskokoelma/2024/878" in page
    assert "saadoskokoelma/2024/877" not in page


def test_more_decrees_take_no_more_queries(decree, client):
    section = SectionFactory(number="1")

    def more(number):
        Decree.objects.create(
            act=section.act, number=number, year=2024, name_fi="A", first=section, last=section
        )

    more(877)
    once = queries_of_page(client, "/en/law/")
    for number in range(800, 810):
        more(number)

    assert queries_of_page(client, "/en/law/") == once


def test_the_api_gives_a_decree_whole(decree, client):
    act = client.get("/api/v1/law/acts/877-2024").json()["item"]
    section = client.get("/api/v1/law/acts/877-2024/sections/1").json()["item"]
    annex = client.get("/api/v1/law/acts/877-2024/sections/liite1").json()["item"]

    assert (act["kind"], act["chapters"]) == ("decree", [])
    assert (section["kind"], section["chapter"], annex["kind"]) == ("section", None, "annex")
    [part] = section["wordings"][0]["text_fi"]
    assert part["closing"] == "jos kulu on tarpeen."
    assert part["table"] == [["Kunta", "Euroa"], ["Aula", "120"]]


def test_the_search_finds_annexes_and_sections_without_chapters(decree):
    found = {
        (one.language, one.path): one for one in documents.sections(Section.objects.order_by("pk"))
    }

    annex = found["fi", "/fi/laki/877-2024/liite1/"]
    assert annex.title == "Liite\xa01 Pykälä liite1"
    assert annex.trail == ["esimerkkiasetus 877/2024"]
    assert "§" not in annex.words
    assert "2) majoitus" in found["fi", "/fi/laki/877-2024/1/"].body


@pytest.mark.parametrize("address", ["", "1/", "1/compare/", "1/trail/", "1/inline/", "compare/"])
@pytest.mark.parametrize(
    ("language", "act"),
    [
        ("en/law", r"(this|the|whole|by|in) (Act|act)\b"),
        ("fi/laki", r"\b(lailla|lakia|tämän lain|[Ll]aki(ssa)?\s\d)"),
    ],
)
def test_the_pages_of_a_decree_call_it_a_decree(decree, client, address, language, act):
    section = decree.sections.get(number="1")
    amendment = AmendmentFactory(
        act=decree,
        number=1182,
        year=2025,
        given_on=date(2025, 12, 1),
        in_force_from=date(2026, 1, 1),
    )
    section.amended_by = ["1182/2025", "1183/2025"]
    section.save()
    SectionVersionFactory(
        section=section, amendment=amendment, valid_from=date(2026, 1, 1), text_fi=TEXT
    )
    AmendmentFactory(
        act=decree,
        number=1183,
        year=2025,
        given_on=date(2025, 12, 1),
        in_force_from=date(2026, 1, 2),
    )
    response = client.get(f"/{language}/877-2024/{address}", follow=True)

    page = response.content.decode()
    main = page.partition("<main")[2].partition("</main>")[0] or page
    words = re.sub(r"<[^>]*>", " ", main)
    assert response.status_code == 200
    assert not re.search(act, words), re.search(f".{{60}}{act}.{{20}}", words, re.S)


def test_a_follower_of_a_decree_hears_of_a_decree(decree):
    amendment = AmendmentFactory(act=decree, number=1182, year=2025)
    section = decree.sections.get(number="1")
    effect = AmendmentEffectFactory(
        section=section, amendment=amendment, before=section.versions.get()
    )
    FollowFactory(kind="act", subject=decree.reference)

    following.record_activity([effect])

    notes = Event.objects.get().notes
    assert notes["en"].startswith("Amended by decree 1182/2025")
    assert notes["fi"].startswith("Muutettu asetuksella 1182/2025")
    assert notes["sv"].startswith("Ändrad genom förordning 1182/2025")

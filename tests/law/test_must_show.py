"""The real Act out of its statute files, section by section as readers get it."""

import html
import re
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from law import starter
from law.models import Act, Amendment, Chapter, Decree, Section, SectionVersion
from law.parsers import elements
from search.models import Change
from tests.databases import Rows

COLLECTION = Path(settings.BASE_DIR).parent / "shared" / "data" / "statutes"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not (COLLECTION / "asd20250721-fi.xml").is_file(),
        reason="the Act's XML is not there (docs/operator.md says how to fetch it)",
    ),
]
PARAGRAPHS = ("MomenttiKooste", "MomenttiJohdantoKooste", "MomenttiKohtaKooste")
ACT, PARTIAL, LAST, NEW = "20230681", "20240322", "20241100", "20250721"
NOT_HERE = {
    "fi": "sen sanat eivät ole vielä täällä",
    "sv": "dess ordalydelse finns inte här än",
}
ADDRESS = {"fi": "/fi/laki/681-2023/", "sv": "/sv/lag/681-2023/"}


def lines_of(element):
    """The paragraphs of a section in a file, a line for each item and sub-item."""
    for child in element:
        if child.name in PARAGRAPHS:
            inner = [one for one in child if one.name == "MomenttiAlakohtaKooste"]
            outside = [one for one in child.children if one not in inner]
            own = elements.Element(child.name, 0, {}, outside)
            yield own.text
            yield from (one.text for one in inner)
        else:
            yield from lines_of(child)


def sections_in(statute, language):
    """Number → (its lines, those of them that the act gives), as a file has them.

    Words before a list of which only some items are given stand there for the reader alone.
    """
    file = COLLECTION / f"asd{statute}-{language}.xml"
    if not file.is_file():
        return {}
    found = {}
    for section in elements.read(file.name, file.read_text()).all("Pykala"):
        label = section.first("PykalaTunnusKooste")
        if label is not None:
            number = label.text.removesuffix("§").replace(" ", "").lower()
            lines = [line for line in lines_of(section) if line]
            broken = [one for one in section.all("KohdatMomentti") if one.first("Katkoviiva")]
            intros = [one.first("MomenttiJohdantoKooste").text for one in broken]
            found[number] = (lines, [line for line in lines if line not in intros])
    return found


class Body(HTMLParser):
    """The lines of the section's text on a page, without its heading."""

    def __init__(self):
        super().__init__()
        self.depth = 0
        self.in_heading = False
        self.lines = []

    def handle_starttag(self, tag, attributes):
        if self.depth or "law-text__body" in dict(attributes).get("class", "").split():
            if tag in ("p", "li", "br"):
                self.in_heading = dict(attributes).get("class") == "law-text__heading"
                self.lines.append("")
            if tag == "div":
                self.depth += 1

    def handle_endtag(self, tag):
        if tag == "div" and self.depth:
            self.depth -= 1

    def handle_data(self, data):
        if self.depth and self.lines and not self.in_heading:
            self.lines[-1] += data


def text_on(page):
    """The first text of a section on its page, above the list of its wordings."""
    body = Body()
    body.feed(page.partition('id="changes"')[0])
    return [line for line in (" ".join(one.split()) for one in body.lines) if line]


def words_of(page):
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", page)).split())


def forms():
    return {one.name: sha256(one.read_bytes()).hexdigest() for one in COLLECTION.rglob("*.json")}


def load():
    """The portal's own Act, and the files in the order of docs/operator.md."""
    before = forms()
    starter.load()
    files = [
        COLLECTION / f"asd{statute}-{language}.xml"
        for statute in (ACT, PARTIAL, LAST, NEW)
        for language in ("fi", "sv")
        if (COLLECTION / f"asd{statute}-{language}.xml").is_file()
    ]
    assert len(files) == 7
    call_command("import_law", *files)
    assert forms() == before


@pytest.fixture(scope="module")
def rows_of_the_files():
    return Rows(load, Act, Amendment, Chapter, Section, Decree, SectionVersion, Change)


@pytest.fixture
def imported(db, rows_of_the_files):
    rows_of_the_files.bring()
    return {section.number: section for section in Section.objects.all()}


def read(client, language, number, day):
    return client.get(f"{ADDRESS[language]}{number}/", {"on": day}).content.decode()


def check_words(client, language, statutes, day, numbers):
    """Every line is one of the files', and all of the last file that gave some are there."""
    files = [sections_in(statute, language) for statute in statutes]
    for number in numbers:
        given = [file[number] for file in files if number in file]
        shown = text_on(read(client, language, number, day))
        if not given:
            continue
        if len(given) == 1:
            assert shown == given[0][0], number
        known = {line for lines, _given in given for line in lines}
        assert [line for line in shown if line not in known] == [], number
        assert [line for line in given[-1][1] if line not in shown] == [], number


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_day_before_the_act_shows_each_section_as_enacted(imported, client, language):
    enacted = sections_in(ACT, language)
    said = {"fi": "Ei vielä voimassa", "sv": "Inte ännu i kraft"}[language]
    for number in enacted:
        page = read(client, language, number, "2024-12-31")
        assert said in words_of(page), number
        assert text_on(page) == enacted[number][0], number
    assert len(enacted) == 102


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_first_day_of_the_act_is_word_for_word_the_files(imported, client, language):
    repealed = {"15", "17", "21", "48"}
    numbers = [one for one in imported if one not in repealed]

    check_words(client, language, (ACT, PARTIAL, LAST), "2025-01-01", numbers)


def test_what_721_alone_changed_is_word_for_word_its_file(imported, client):
    new = sections_in(NEW, "fi")
    numbers = [one for one in new if "1376/2025" not in imported[one].amended_by]

    assert len(new) == 39
    check_words(client, "fi", (ACT, PARTIAL, LAST, NEW), "2026-01-02", numbers)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_what_1376_changed_says_that_its_words_are_not_here(imported, client, language):
    numbers = [
        one.number for one in imported.values() if "1376/2025" in (one.added_by, *one.amended_by)
    ]

    assert len(numbers) >= 11
    for number in numbers:
        page = words_of(read(client, language, number, "2026-01-02"))
        assert "1376/2025" in page, number
        assert NOT_HERE[language] in page, number


def test_the_swedish_of_721_says_that_its_words_are_not_here(imported, client):
    for number in sections_in(NEW, "fi"):
        page = words_of(read(client, "sv", number, "2026-01-02"))
        assert NOT_HERE["sv"] in page, number
        assert "721/2025" in page, number


def test_every_wording_of_the_files_is_kept(imported):
    assert SectionVersion.objects.exclude(text_fi=[]).count() > 180

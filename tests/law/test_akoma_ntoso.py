"""Acts and decrees as Finlex's open data gives them, read whole or refused with the place."""

from datetime import date
from pathlib import Path

import pytest

from law import parsers
from law.parsers import AmendingAct
from portal.errors import BrokenFileError

from . import akn, statutes

FINLEX = Path(__file__).parent / "finlex"
BY, AMENDING = "9003/2026", "amending-statute"


def read(text, name="file.xml"):
    return parsers.read_text(name, text)


def test_an_act_as_given_has_its_chapters_items_closing_words_and_table():
    act = parsers.read(FINLEX / "original_fin.xml")

    assert (act.number, act.year, act.fields["kind"]) == (9001, 2023, "act")
    assert act.fields["given_on"] == date(2023, 3, 10)
    assert act.fields["in_force_from"] == date(2024, 1, 1)
    assert [one["number"] for one in act.chapters] == ["1", "2"]
    assert [(one["number"], one["chapter"]) for one in act.sections][2:4] == [
        ("3", "2"),
        ("4", "2"),
    ]
    assert act.wordings["2", "fi"].text == [
        {
            "text": "Tässä laissa tarkoitetaan:",
            "items": [
                "1) palvelulla vanhaa palvelua;",
                "2) asiakkaalla:\na) henkilöä; tai\nb) yhteisöä.",
            ],
            "closing": "Loppukappale koskee molempia kohtia.",
        }
    ]
    assert act.wordings["3", "fi"].text[1] == {
        "text": "Määrät ovat:",
        "items": [],
        "table": [["Ryhmä", "Määrä"], ["A", "10"]],
    }


def test_words_after_the_items_that_stand_as_an_item_without_a_number_are_closing_words():
    item = "<paragraph><num>{0})</num><content><p>{1}</p></content></paragraph>"
    last = "<paragraph><content><p>ja siten vaarantaa suojaa.</p></content></paragraph>"
    rest = item.format(1, "rikkoo säännöstä") + item.format(2, "rikkoo määräystä")
    intro = "<intro><p>Joka tahallaan</p></intro>"
    of_both, of_none = (
        akn.section(number, "Sakko", f"<subsection>{intro}{inside}</subsection>")
        for number, inside in ((1, rest + last), (2, last + last))
    )

    wordings = read(akn.document(of_both + of_none)).wordings

    assert wordings["1", "fi"].text == [
        {
            "text": "Joka tahallaan",
            "items": ["1) rikkoo säännöstä", "2) rikkoo määräystä"],
            "closing": "ja siten vaarantaa suojaa.",
        }
    ]
    assert wordings["2", "fi"].text[0]["items"] == ["ja siten vaarantaa suojaa."] * 2


def test_a_decree_has_no_chapters_and_its_annex_is_a_section_of_its_own():
    decree = parsers.read(FINLEX / "decree_consolidated_fin.xml")

    rows = decree.act
    assert decree.issued_under == [(9001, 2023)]
    assert rows.fields["kind"] == "decree"
    assert rows.chapters == []
    assert [(one["number"], one["chapter"], one.get("kind")) for one in rows.sections] == [
        ("1", "", None),
        ("2", "", None),
        ("liite", "", "annex"),
    ]
    annex = rows.wordings["liite", "fi"]
    assert annex.heading == "Liite"
    assert annex.text == [{"text": "LUETTELO", "items": [], "table": [["A", "10"]]}]


def test_parts_and_headings_between_sections_are_read_with_what_follows_them():
    inner = akn.chapter(
        1, "Alku", "<crossHeading>Väliotsikko</crossHeading>", akn.section("1", "Eka")
    )
    text = akn.document(f"<part><num>I OSA</num><heading>Osa</heading>{inner}</part>")

    act = read(text)

    assert act.parts == [("I", "Osa", "1")]
    assert act.cross_headings == [("Väliotsikko", "1")]


def test_sections_that_begin_again_in_each_chapter_are_called_with_its_number():
    text = akn.document(
        akn.chapter(1, "Eka", akn.section("1", "A", akn.subsection("Yksi.")))
        + akn.chapter(2, "Toka", akn.section("1", "B", akn.subsection("Kaksi.")))
    )

    act = read(text)

    assert [one["number"] for one in act.sections] == ["1:1", "2:1"]
    assert act.wordings["2:1", "fi"].text[0]["text"] == "Kaksi."


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("\n      CO\n      <sub>2</sub>\n      -päästö\n    ", "CO2-päästö"),
        ("\n      jäljempänä \n      <i>asetus</i>, jota\n    ", "jäljempänä asetus, jota"),
        ("\n      <i>palvelulla</i>\n       vanhaa;\n    ", "palvelulla vanhaa;"),
        ("laissa (\n      <ref>9000/2020</ref>\n      ) , josta", "laissa (9000/2020), josta"),
        ("<b>OTSIKKO</b><br/>Sovelletaan", "OTSIKKO Sovelletaan"),
    ],
)
def test_spaces_are_those_of_the_text_and_not_of_the_file(inside, words):
    act = read(akn.document(akn.section("1", "Otsikko", akn.subsection(inside))))

    assert act.wordings["1", "fi"].text[0]["text"] == words


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_an_amending_act_says_who_when_and_why_and_which_sections(language):
    code = akn.CODES[language]
    act = parsers.read(FINLEX / f"amending_{code}.xml")

    assert isinstance(act, AmendingAct)
    assert act.amends == [(9001, 2023)]
    assert (act.given_on, act.in_force_from) == (date(2026, 10, 30), date(2027, 1, 1))
    assert act.sections == ["3", "2", "5", "5a"]
    if language == "fi":
        assert (act.proposal, act.committee_report) == ("HE 9903/2026", "XxVM 9/2026")
        assert act.transitional.startswith("Ennen voimaantuloa alkaneeseen")


@pytest.mark.parametrize(
    ("words", "begins", "ends"),
    [
        ("Tämä laki tulee voimaan 1 päivänä tammikuuta 2027.", date(2027, 1, 1), None),
        ("Tämän lain voimaantulosta säädetään asetuksella.", None, None),
        (
            "Tämä laki tulee voimaan 1 päivänä maaliskuuta 2027 ja on voimassa 31 päivään"
            " joulukuuta 2028.",
            date(2027, 3, 1),
            date(2028, 12, 31),
        ),
        (
            "Tämä laki tulee voimaan 1 päivänä maaliskuuta 2027 ja on voimassa vuoden 2027"
            " loppuun.",
            date(2027, 3, 1),
            date(2027, 12, 31),
        ),
    ],
)
def test_the_day_of_an_amending_act_is_in_its_words(words, begins, ends):
    after = f'<hcontainer name="entryIntoForce"><content><p>{words}</p></content></hcontainer>'
    clause = (
        '<blockContainer><block name="substitutions"><i>muutetaan</i> lain'
        ' (<affectedDocument href="/akn/fi/act/statute/2023/9001">9001/2023</affectedDocument>)'
        " 1 § seuraavasti:</block></blockContainer>"
    )
    body = akn.section("1", "Otsikko", akn.subsection("Uusi."))

    act = read(akn.document(body, category="amending-statute", clause=clause, after=after))

    assert (act.in_force_from, act.valid_until) == (begins, ends)
    assert act.sections == ["1"]


def test_a_clause_that_is_not_read_says_where_and_names_no_section():
    clause = "<p><i>muutetaan</i> lain (9001/2023) jotakin aivan muuta:</p>"
    text = akn.document("", reference="9009/2026", category="amending-statute", clause=clause)

    act = read(text)

    assert act.sections == []
    assert "formula" in act.problem


@pytest.mark.parametrize(
    ("language", "words", "sections"),
    [
        ("fi", "muutetaan lain (9001/2023) 3―5 § ja 24 i §", ["3", "4", "5", "24i"]),
        ("fi", "muutetaan lain (9001/2023) nimike, 1 §:n 2 momentin 3 kohdan a alakohta", ["1"]),
        (
            "fi",
            "lisätään lain (9001/2023) 7 §:n edelle uusi väliotsikko ja 8 §:ään uusi 2 momentti",
            ["8"],
        ),
        ("fi", "lisätään lain (9001/2023) 8 §:ään väliaikaisesti uusi 2 momentti", ["8"]),
        ("fi", "muutetaan lain (9001/2023) 2 § ja liite", ["2", "liite"]),
        ("sv", "ändras i lagen (9001/2023) 2 § 1 mom. 3 b-punkten", ["2"]),
        ("sv", "fogas till 4 § i namnlagen (9001/2023) ett nytt 4 mom.", ["4"]),
        ("sv", "fogas till lagen (9001/2023) en ny mellanrubrik före 7 § och en ny 8 §", ["8"]),
        ("sv", "ändras i lagen (9001/2023) bilagan och 2 §", ["2", "liite"]),
    ],
)
def test_the_names_of_sections_are_read_past_what_does_not_change_them(language, words, sections):
    end = {"fi": "seuraavasti:", "sv": "som följer:"}[language]
    clause = f'<blockContainer><block name="substitutions">{words} {end}</block></blockContainer>'
    text = akn.document("", reference=BY, language=language, category=AMENDING, clause=clause)

    act = read(text)

    assert (act.sections, act.problem) == (sections, "")


def test_a_clause_of_many_numbers_is_read_or_refused_at_once():
    words = f"muutetaan lain (9001/2023) {'1' * 300}, {'12, ' * 300} toisin:"
    text = akn.document("", reference=BY, category=AMENDING, clause=f"<block>{words}</block>")

    assert read(text).problem


GOOD = akn.document(akn.section("1", "Otsikko", akn.subsection("Sanat.")))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD[:-40], "no element found"),
        (f"<!DOCTYPE a>{GOOD}", "document type"),
        (GOOD + " " * 4_000_001, "is the most"),
        (GOOD.replace("<content>", "<blockList/><content>"), "blockList"),
        (GOOD.replace(">1 §<", ">ensimmäinen §<"), "is not like 14 §"),
        (GOOD.replace('language="fin"', 'language="eng"'), "not fin or swe"),
        (GOOD.replace(">9001/2023<", ">9002/2023<"), "its address is of 9001/2023"),
        (GOOD.replace('"#act"', '"#treaty"'), "not an act or a decree"),
        (GOOD.replace("<content>", '<hcontainer name="omission"/><content>'), "left out"),
        ((FINLEX / "content_absent.xml").read_text(), "has no text"),
        ((FINLEX / "empty.xml").read_text(), "it is empty"),
        ((FINLEX / "proposal_fin.xml").read_text(), "act is missing"),
        ("<html/>", "none of those known: VahvistettavaLaki, akomaNtoso, AknXmlList"),
    ],
)
def test_what_is_not_a_statute_read_whole_is_refused_with_the_place(text, said):
    with pytest.raises(BrokenFileError) as refused:
        read(text, "broken.xml")

    assert "broken.xml" in str(refused.value)
    assert said in str(refused.value)


def test_an_annex_that_is_another_file_is_refused_with_its_name():
    annex = '<p><a href="media/1.pdf">Liite</a></p>'
    after = (
        '<hcontainer name="attachments"><hcontainer name="attachment"><content>'
        f"{annex}</content></hcontainer></hcontainer>"
    )

    with pytest.raises(BrokenFileError, match=r"a file of its own: media/1\.pdf"):
        read(akn.document(akn.section("1", "A", akn.subsection("B.")), after=after))


def test_the_statute_collection_and_akoma_ntoso_give_the_same_wordings_of_the_same_act():
    """Two readers that share no code but the tidying of spaces."""
    items = ["1) <i>palvelu</i> ;", "2) tuki."]
    old = statutes.statute(
        9001,
        statutes.chapter(
            1,
            "Alku",
            statutes.section("1", "Eka", statutes.paragraph("Yksi ( 9000/2020 ) , toinen.")),
            statutes.section("1 a", "Toka", statutes.with_items("Sanat:", *items)),
        ),
        year=2023,
    )
    old = old.replace('<saa:Pykala met1:pykalaLuokitusKoodi="VoimaantuloSaannos">', "<saa:Loppu>")
    old = old[: old.index("<saa:Loppu>")] + old[old.index("</saa:Pykalisto>") :]
    new = akn.document(
        akn.chapter(
            1,
            "Alku",
            akn.section("1", "Eka", akn.subsection("Yksi (<ref>9000/2020</ref>), toinen.")),
            akn.section(
                "1 a",
                "Toka",
                akn.items("Sanat:", akn.item("1", "<i>palvelu</i>;"), akn.item("2", "tuki.")),
            ),
        )
    )

    ours, theirs = read(old), read(new)

    assert ours.wordings == theirs.wordings
    assert [(one["number"], one["chapter"]) for one in ours.sections] == [
        (one["number"], one["chapter"]) for one in theirs.sections
    ]

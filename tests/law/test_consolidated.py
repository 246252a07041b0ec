"""One wording a day out of a consolidated text that shows the old words and the coming ones."""

from datetime import date
from pathlib import Path

import pytest

from law import parsers
from portal.errors import BrokenFileError

from . import akn

FINLEX = Path(__file__).parent / "finlex"
EVE, DAY = date(2026, 12, 31), date(2027, 1, 1)


def version(body, **more):
    text = akn.document(body, **{"version": "20269003"} | more)
    return parsers.read_text("version.xml", text)


def of_section(found, number, day):
    wording = found.wordings_on(day).get(number)
    return wording and [[one["text"], *one["items"]] for one in wording.text]


def test_on_the_eve_the_words_are_those_of_the_version_before():
    before = parsers.read(FINLEX / "consolidated_20259002_fin.xml")
    after = parsers.read(FINLEX / "consolidated_20269003_fin.xml")

    assert after.changes_on == [DAY]
    assert after.wordings_on(EVE) == before.wordings_on(EVE)
    assert list(after.wordings_on(DAY)) == ["1", "2", "3", "5", "5a", "6"]
    assert len(after.wordings_on(DAY)["3"].text) == 1
    assert after.transitional["9003/2026"].startswith("Ennen voimaantuloa")
    assert after.preparation["9003/2026"] == ("HE 9903/2026", "XxVM 9/2026")
    assert after.decrees == [(9004, 2024)]
    assert [one.reference for one in after.amended_by] == ["9003/2026", "9002/2025"]


def test_a_heading_is_without_the_act_that_changed_it():
    after = parsers.read(FINLEX / "consolidated_20269003_fin.xml")

    assert after.act.wordings["3", "fi"].heading == "Muutettu otsikko"


def test_swedish_notes_are_read():
    after = parsers.read(FINLEX / "consolidated_20269003_swe.xml")

    assert of_section(after, "2", EVE) == [["I denna lag avses med", "1) tjänst en gammal tjänst,"]]
    assert of_section(after, "2", DAY) == [["I denna lag avses med", "1) tjänst en ny tjänst,"]]


BY = "9003/2026"
OLD_FI, OLD_SV = " Aiempi sanamuoto kuuluu:", " Den tidigare formen lyder:"


@pytest.mark.parametrize(
    ("language", "changed", "old"),
    [
        ("fi", "L:lla 9003/2026 muutettu 1 momentti tulee voimaan 1.1.2027.", OLD_FI),
        ("fi", "P:llä 9003/2026 muutettu 1 momentti tuli voimaan 1.1.2027.", OLD_FI),
        ("sv", "1 mom. har ändrats genom L 9003/2026, som träder i kraft 1.1.2027.", OLD_SV),
        ("sv", "1 mom. har ändrats genom F 9003/2026, som trädde i kraft 1.1.2027.", OLD_SV),
    ],
)
def test_a_changed_subsection_stands_before_its_old_words(language, changed, old):
    body = akn.section(
        "1",
        "Otsikko",
        akn.subsection("Uusi.", by=BY),
        akn.note(changed + old),
        akn.subsection("Vanha."),
        akn.subsection("Sama."),
    )

    found = version(body, language=language)

    assert of_section(found, "1", EVE) == [["Vanha."], ["Sama."]]
    assert of_section(found, "1", DAY) == [["Uusi."], ["Sama."]]


def test_several_items_changed_together_are_before_one_note():
    body = akn.section(
        "1",
        "Otsikko",
        akn.items(
            "Alku:",
            akn.item("1", "yksi;"),
            akn.item("2", "uusi kaksi;", by=BY),
            akn.item("3", "uusi kolme.", by=BY),
            akn.note("L:lla 9003/2026 muutetut 2 ja 3 kohta tulevat voimaan 1.1.2027." + OLD_FI),
            akn.item("2", "vanha kaksi;"),
            akn.item("3", "vanha kolme."),
        ),
    )

    found = version(body)

    assert of_section(found, "1", EVE) == [
        ["Alku:", "1) yksi;", "2) vanha kaksi;", "3) vanha kolme."]
    ]
    assert of_section(found, "1", DAY) == [
        ["Alku:", "1) yksi;", "2) uusi kaksi;", "3) uusi kolme."]
    ]


def test_two_acts_that_change_the_same_section_on_two_days():
    body = (
        akn.section("1", "Kolmas", akn.subsection("Kolmas."), by="9004/2026")
        + akn.note("L:lla 9004/2026 muutettu 1 § tulee voimaan 1.6.2027." + OLD_FI)
        + akn.section("1", "Toinen", akn.subsection("Toinen."), by=BY)
        + akn.note("L:lla 9003/2026 muutettu 1 § tulee voimaan 1.1.2027." + OLD_FI)
        + akn.section("1", "Ensimmäinen", akn.subsection("Ensimmäinen."))
    )

    found = version(body, version="20269004")

    assert found.changes_on == [DAY, date(2027, 6, 1)]
    assert [
        found.wordings_on(day)["1"].heading
        for day in (EVE, DAY, date(2027, 5, 31), date(2027, 6, 1))
    ] == ["Ensimmäinen", "Toinen", "Toinen", "Kolmas"]


def test_a_temporary_change_gives_the_old_words_back():
    body = akn.section(
        "1",
        "Otsikko",
        akn.subsection("Väliaikainen.", by=BY),
        akn.note(
            "L:lla 9003/2026 väliaikaisesti muutettu 1 momentti on voimassa"
            " 1.1.2027–31.12.2027." + OLD_FI
        ),
        akn.subsection("Vanha."),
    )

    found = version(body)

    days = (EVE, DAY, date(2027, 12, 31), date(2028, 1, 1))
    assert [of_section(found, "1", day)[0][0] for day in days] == [
        "Vanha.",
        "Väliaikainen.",
        "Väliaikainen.",
        "Vanha.",
    ]


def test_a_change_whose_day_a_decree_will_say_does_not_hold_yet():
    body = akn.section(
        "1",
        "Otsikko",
        akn.subsection("Uusi.", by=BY),
        akn.note(
            "L:lla 9003/2026 muutettu 1 momentti tulee voimaan asetuksella säädettävänä"
            " ajankohtana." + OLD_FI
        ),
        akn.subsection("Vanha."),
    )

    found = version(body)

    assert found.changes_on == []
    assert of_section(found, "1", date(2099, 1, 1)) == [["Vanha."]]


def test_changed_heading_and_intro_have_notes_of_their_own():
    body = (
        "<section><num>1 §</num><heading>Uusi otsikko</heading>"
        + akn.note("L:lla 9003/2026 muutettu otsikko tulee voimaan 1.1.2027." + OLD_FI)
        + "<heading>Vanha otsikko</heading><subsection><intro><p>Uusi:</p></intro>"
        + akn.note("L:lla 9003/2026 muutettu johdantokappale tulee voimaan 1.1.2027." + OLD_FI)
        + f"<intro><p>Vanha:</p></intro>{akn.item('1', 'kohta.')}</subsection></section>"
    )

    found = version(body)

    assert found.wordings_on(EVE)["1"].heading == "Vanha otsikko"
    assert of_section(found, "1", EVE) == [["Vanha:", "1) kohta."]]
    assert found.wordings_on(DAY)["1"].heading == "Uusi otsikko"
    assert of_section(found, "1", DAY) == [["Uusi:", "1) kohta."]]


def test_an_added_chapter_is_there_from_its_day():
    body = (
        akn.chapter("1", "Alku", akn.section("1", "Eka", akn.subsection("Yksi.")))
        + akn.chapter("2", "Uusi", akn.section("2", "Toka", akn.subsection("Kaksi.")))
        + akn.note("L:lla 9003/2026 lisätty 2 luku tulee voimaan 1.1.2027.")
    )

    found = version(body)

    assert list(found.wordings_on(EVE)) == ["1"]
    assert [one["number"] for one in found.on(DAY).chapters] == ["1", "2"]


def test_repealed_sections_and_ranges_leave_nothing():
    line = "<content><p><i>{} L:lla <ref>30.10.2026/9003</ref>{}</i></p></content>"
    body = (
        f"<section><num>1 §</num>{line.format('1 § on kumottu', '.')}</section>"
        f"<section><num>2–3 §</num>"
        f"{line.format('2–3 § on kumottu', f', joka tulee voimaan 1.1.2027.{OLD_FI}')}</section>"
        + akn.section("2", "Toka", akn.subsection("Kaksi."))
        + akn.section("3", "Kolmas", akn.subsection("Kolme."))
        + akn.section("4", "Neljäs", akn.subsection("Neljä."))
    )

    found = version(body)

    assert list(found.wordings_on(EVE)) == ["2", "3", "4"]
    assert list(found.wordings_on(DAY)) == ["4"]


@pytest.mark.parametrize(
    "words",
    [
        "L:lla 9003/2026 muutettu 1 momentti tulee voimaan 31.2.2027." + OLD_FI,
        "L:lla 9003/2026 muutettu 1 momentti tulee joskus voimaan." + OLD_FI,
        "L:lla 9003/2026 muutettu 1 kohta tulee voimaan 1.1.2027." + OLD_FI,
        "L:lla 9003/2026 muutettu liite tulee voimaan 1.1.2027.",
        "Tämä on jokin uusi huomautus.",
        f"L:lla 9003/2026 muutettu {'1' * 200} § tulee voimaan 1.1.2027.",
    ],
)
def test_a_note_that_is_not_understood_is_refused_with_its_place(words):
    body = akn.section(
        "1", "Otsikko", akn.subsection("Uusi.", by=BY), akn.note(words), akn.subsection("Vanha.")
    )

    with pytest.raises(BrokenFileError) as refused:
        version(body)

    assert "noteAuthorial" in str(refused.value)
    assert words[:40] in str(refused.value)


def test_what_the_file_says_of_modified_or_versions_means_nothing():
    body = akn.section("1", "Otsikko", akn.subsection("Sanat."))
    text = akn.document(body, version="20239001")

    one = parsers.read_text("version.xml", text)
    other = parsers.read_text("version.xml", text.replace("originalVersion", "multipleVersions"))

    assert one.wordings_on(DAY) == other.wordings_on(DAY)

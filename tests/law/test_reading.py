"""Enacting clauses and files: what is understood, and what is refused with its line."""

from datetime import date

import pytest

from law import parsers
from law.parsers import clauses
from law.parsers.clauses import ClauseError
from portal.errors import BrokenFileError

from . import statutes

SHORT = {"substitution": "c", "insertion": "a", "repeal": "r"}


def told(text, language="fi", listed=()):
    """The clause in short: action, section.subsection.item, and what of it."""
    found = []
    for one in clauses.targets([text], language, listed):
        words = one.section or f"chapter {one.chapter}"
        words += f".{one.subsection}" if one.subsection else ""
        words += f".{one.item}" if one.item else ""
        words += " heading" * one.heading + " intro" * one.intro
        words += f" ({one.only})" if one.only else ""
        found.append(f"{SHORT[one.action]} {words}")
    return found


@pytest.mark.parametrize(
    ("finnish", "swedish", "expected"),
    [
        (
            "kumotaan lain (900/2026) 13 §:n 3 momentti sekä 15 ja 17 §,",
            "upphävs i lagen (900/2026) 13 § 3 mom. samt 15 och 17 §,",
            ["r 13.3", "r 15", "r 17"],
        ),
        (
            "muutetaan lain (900/2026) 18–20 § ja 28 §:n 1 momentin 2 kohta sekä 5 §:n 6 kohta",
            "ändras i lagen (900/2026) 18–20 § och 28 § 1 mom. 2 punkten samt 5 § 6 punkten",
            ["c 18", "c 19", "c 20", "c 28.1.2", "c 5.1.6"],
        ),
        (
            "muutetaan lain (900/2026) 23 §:n otsikko ja 1–3 momentti",
            "ändras i lagen (900/2026) rubriken för 23 § och 23 § 1–3 mom.",
            ["c 23 heading", "c 23.1", "c 23.2", "c 23.3"],
        ),
        (
            "muutetaan lain (900/2026) 2 §:n 6 momentin johdantokappale ja 8 §",
            "ändras i lagen (900/2026) det inledande stycket i 2 § 6 mom. och 8 §",
            ["c 2.6 intro", "c 8"],
        ),
        (
            "lisätään lakiin (900/2026) uusi 32 a § ja 102 §:ään uusi 6 momentti seuraavasti:",
            "fogas till lagen (900/2026) en ny 32 a § och till 102 § ett nytt 6 mom. som följer:",
            ["a 32a", "a 102.6"],
        ),
        (
            "lisätään lain (900/2026) 10 §:ään, sellaisena kuin se on laissa 322/2024, uusi"
            " 4 momentti, jolloin nykyinen 4 momentti siirtyy 5 momentiksi, seuraavasti:",
            "fogas till lagen (900/2026) 10 §, sådan den lyder i lag 322/2024, ett nytt 4 mom.,"
            " varvid det nuvarande 4 mom. blir 5 mom., som följer:",
            ["a 10.4"],
        ),
        (
            "muutetaan lain (900/2026) 84 ja 86 §, 87 ja 89 §:n ruotsinkielinen sanamuoto ja 90 §",
            "ändras i lagen (900/2026) 84 och 86 §, den svenska språkdräkten i 87 och 89 § och"
            " 90 §",
            ["c 84", "c 86", "c 87 (sv)", "c 89 (sv)", "c 90"],
        ),
    ],
)
def test_both_languages_name_the_same(finnish, swedish, expected):
    assert told(finnish) == expected
    assert told(swedish, "sv") == expected


def test_a_range_may_be_long_and_not_without_end():
    assert len(told("kumotaan lain (900/2026) 1–200 §")) == 200
    with pytest.raises(ClauseError, match=r"a range of more than 200 numbers: 1–201"):
        told("kumotaan lain (900/2026) 1–201 §")


def test_a_range_takes_in_lettered_sections_that_have_a_text():
    assert told("muutetaan lain (900/2026) 2–3 §", listed=["2a"]) == ["c 2", "c 2a", "c 3"]


@pytest.mark.parametrize(
    "clause",
    [
        "muutetaan lain (900/2026) liite",
        "muutetaan lain (900/2026) 5 §:n",
        "muutetaan lain (900/2026) momentti",
        "lisätään lain (900/2026) 5 §:ään",
        "kumotaan lain (900/2026) 5 luku",
        "muutetaan lain (900/2026) 56–999999 §",
        "muutetaan lain (900/2026) 56–9999 §",
        "muutetaan lain (900/2026) 5 §:n 6–99999999999 kohta",
        "muutetaan lain (900/2026) 5 §:n 6–9999 kohta",
        "muutetaan lain (900/2026) 20–18 §",
        "muutetaan lain (900/2026) 0 §",
        pytest.param("muutetaan lain (900/2026) " + "9" * 5000 + " §", id="5,000 digits"),
    ],
)
def test_what_is_not_understood_is_not_guessed(clause):
    with pytest.raises(ClauseError):
        told(clause)


def read(tmp_path, text, name="statute.xml"):
    (tmp_path / name).write_text(text)
    return parsers.read(tmp_path / name)


def test_an_amending_act_is_read_in_both_languages(tmp_path):
    finnish = read(tmp_path, statutes.amendment("fi"))
    swedish = read(tmp_path, statutes.amendment("sv"))

    for rows in (finnish, swedish):
        assert (rows.amends, rows.reference) == ((900, 2026), "10/2027")
        assert (rows.given_on, rows.in_force_from) == (date(2027, 2, 2), date(2027, 3, 1))
        assert [one.section for one in rows.modifications] == ["1", "2", "2a", "3"]
    assert "fi" not in finnish.modifications[3].wording
    assert finnish.modifications[3].swedish_alone
    assert swedish.modifications[3].wording["sv"].heading == "Ikraftträdande"


def test_a_part_may_come_into_force_on_a_day_of_its_own(tmp_path):
    later = (
        "Tämä laki tulee voimaan 1 päivänä maaliskuuta 2027. Sen 2 §:n 3 momentin kumoaminen tulee"
        " kuitenkin voimaan vasta 1 päivänä kesäkuuta 2027."
    )
    rows = read(tmp_path, statutes.amendment("fi", in_force=later))

    days = [(one.section, one.day) for one in rows.modifications]
    assert ("2", None) in days
    assert ("2", date(2027, 6, 1)) in days


GOOD = statutes.amendment("fi")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("</saa:Johtolause>", "", 1), ["line ", "mismatched tag"]),
        ("<!DOCTYPE x []><x/>", ["line 1", "document type"]),
        ('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', ["line 1", "document type"]),
        ("<saa/>", ["line 1, saa", "none of those known: VahvistettavaLaki"]),
        (GOOD.replace('kieliKoodi="fi"', 'kieliKoodi="en"'), ["VahvistettavaLaki", "not fi or sv"]),
        (GOOD.replace(">10<", ">ten<"), ["line 4, AsiakirjaNroTeksti", "“ten”"]),
        (GOOD.replace("2 a §<", "toinen §<"), ["PykalaTunnusKooste", "is not like 14 §"]),
        (
            GOOD.replace("<sis:Katkoviiva/></saa:Pykala>", "<tau:Taulukko/></saa:Pykala>").replace(
                "xmlns:sis=", 'xmlns:tau="urn:example:tau" xmlns:sis='
            ),
            ["Taulukko", "not expected"],
        ),
        (GOOD.replace("1 §:n 2 kohta", "1 §:n 9 kohta"), ["Pykala", "item 9"]),
        (GOOD.replace("uusi 2 a §", "uusi 2 b §"), ["section 2", "not"]),
        (GOOD.replace("2.2.2027", "31.2.2027"), ["PaivaysKooste", "no day"]),
        (
            GOOD.replace(" 2 §:n otsikko ja 1 momentti", " 2 §:n 1 ja 2 momentti"),
            ["2 subsections", "the text has 1"],
        ),
    ],
)
def test_a_file_that_is_not_as_expected_is_refused_with_line_and_element(tmp_path, text, said):
    with pytest.raises(BrokenFileError) as refused:
        read(tmp_path, text)

    for words in ["statute.xml", *said]:
        assert words in str(refused.value)


def test_a_new_chapter_whose_heading_is_missing_is_refused_with_the_line(tmp_path):
    text = statutes.statute(
        10,
        statutes.section("9", "Uusi pykälä", statutes.paragraph("Uusi.")),
        "lisätään lakiin (900/2026) uusi 5 a luku seuraavasti:",
    )

    with pytest.raises(BrokenFileError, match="chapter 5a is named, and its heading is not in"):
        read(tmp_path, text)

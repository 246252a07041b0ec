import re
import sys
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.linguistics.personal_data import Kind, find

TABLES = tomllib.loads((Path(__file__).parent / "texts.toml").read_text())
MARK = re.compile(r"«(\w+):(.*?)»")
CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
SIGNS = {"+": 1800} | dict.fromkeys("-UVWXY", 1900) | dict.fromkeys("ABCDEF", 2000)


def unmarked(text):
    """The text as it would be written, and the (kind, words) that are to be found in it."""
    return MARK.sub(r"\2", text), [(kind, words) for kind, words in MARK.findall(text)]


def found(text):
    return [(finding.kind.value, finding.words) for finding in find(text)]


@dataclass
class Figures:
    texts: int = 0
    codes: list[int] = field(default_factory=lambda: [0, 0])
    rest: list[int] = field(default_factory=lambda: [0, 0])
    false_alarms: list[str] = field(default_factory=list)
    clean: int = 0

    def __str__(self):
        return (
            f"{self.texts} texts, {self.clean} without anything to find; "
            f"codes {self.codes[0]}/{self.codes[1]}, the rest {self.rest[0]}/{self.rest[1]}, "
            f"texts with a false alarm {len(self.false_alarms)}"
        )


def measure(half):
    figures = Figures()
    for texts in TABLES[half].values():
        for marked in texts:
            text, wanted = unmarked(marked)
            got = found(text)
            figures.texts += 1
            figures.clean += not wanted
            for kind, words in wanted:
                # Pointing at the place is what counts: an address may be found without its flat.
                hit = any(
                    kind == other and (other_words in words or words in other_words)
                    for other, other_words in got
                )
                tally = figures.codes if kind == "code" else figures.rest
                tally[0] += hit
                tally[1] += 1
            if any(
                not any(words in meant or meant in words for _kind, meant in wanted)
                for _kind, words in got
            ):
                figures.false_alarms.append(text)
    return figures


def test_the_list_is_long_and_in_three_languages():
    assert sum(len(texts) for half in TABLES.values() for texts in half.values()) >= 200
    assert all(set(half) == {"fi", "sv", "en"} for half in TABLES.values())


@pytest.mark.parametrize("half", ["tuning", "held_out"])
def test_finds_every_code_most_of_the_rest_and_seldom_what_is_not_there(half):
    figures = measure(half)

    sys.stdout.write(f"\n{half}: {figures}\n")
    assert figures.codes[0] == figures.codes[1] > 0
    assert figures.rest[0] >= 0.9 * figures.rest[1] > 0
    assert len(figures.false_alarms) <= 0.05 * figures.texts, figures.false_alarms


def code(day, sign, individual):
    digits = f"{day:%d%m%y}{individual:03}"
    return f"{day:%d%m%y}{sign}{individual:03}{CHECKS[int(digits) % 31]}"


@st.composite
def codes(draw):
    sign = draw(st.sampled_from(sorted(SIGNS)))
    century = SIGNS[sign]
    day = draw(st.dates(date(century, 1, 1), date(century + 99, 12, 31)))
    return code(day, sign, draw(st.integers(2, 999)))


@given(codes(), st.sampled_from(["{}", "hetu {}.", "({})", "koodi:{}", "{}:n", "\n{}\n", "{}, ja"]))
def test_every_right_code_is_found_whatever_stands_around_it(code, frame):
    assert ("code", code) in found(frame.format(code))


@given(codes(), st.integers(1, 30))
def test_a_wrong_check_character_makes_it_no_code(code, off):
    wrong = code[:-1] + CHECKS[(CHECKS.index(code[-1]) + off) % 31]

    assert "code" not in [kind for kind, _words in found(wrong)]


@pytest.mark.parametrize("sign", sorted(SIGNS))
def test_every_sign_of_a_century_is_known(sign):
    text = code(date(SIGNS[sign] + 45, 5, 6), sign, 934)

    assert found(f"Tunnus {text} puuttuu.") == [("code", text)]


def test_a_code_is_not_a_part_of_a_longer_number():
    text = code(date(1990, 1, 1), "-", 905)

    assert found(f"{text}9") == found(f"1{text}") == []


@pytest.mark.parametrize(
    "written",
    [
        "hetu010190-905V",
        "010190-905Vn päätös",
        "010190\n-905V",
        "010190 -\r\n 905V",
        "010190\u2028-905V",
        "010190\t-905V",
        "0101\u200e90-905\u200fV",
        "٠١٠١٩٠-٩٠٥V",
        "010190--905V",
        "010190_905V",
        "010190/905V",
        "010190 905V",
        "010190905V",
        "01-01-1990-905V",
        "01/01/90-905V",
        "01.01.1990 905V",
        "0\u03361\u03360190-905V",
        "010190А905V",  # a Cyrillic А
        "O1O19o-9O5V",
        "0l0I90-905v",
    ],
)
def test_a_code_is_found_however_it_is_written(written):
    assert [kind for kind, _words in found(f"Asia: {written}.")] == ["code"]


def test_a_leap_day_without_a_sign_is_a_day_of_some_century():
    text = code(date(2000, 2, 29), "A", 905)

    assert found(text) == [("code", text)]
    assert [kind for kind, _words in found(text.replace("A", " "))] == ["code"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("passi P1234567", "case"),
        ("kotoutumissuunnitelma nro 55667", "case"),
        ("tel. +380 (44) 123-45-67", "phone"),
        ("040/1234567", "phone"),
        ("puh: 040 - 123 4567", "phone"),
        ("matti at example dot org", "email"),
        ("anna piste virtanen ät example.org", "email"),
        ("HÄMEENKATU 15", "address"),
        ("Norra Esplanaden 25", "address"),
        ("Esimerkkikatu  5", "address"),
    ],
)
def test_other_ways_of_writing_are_found_too(text, kind):
    assert [one for one, _words in found(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    ["Valtatie 4", "kotoutumispolku 1", "Koulutuspolku 2 ja 3", "EOAK/1234/2023", "KHO/2019/12"],
)
def test_roads_service_paths_and_published_decisions_are_nobodys(text):
    assert found(text) == []


@given(st.text())
def test_findings_stand_where_they_say_and_never_overlap(text):
    end = 0
    for finding in find(text):
        assert text[finding.start : finding.end] == finding.words
        assert finding.start >= end
        end = finding.end


def test_invisible_characters_hide_nothing():
    text = code(date(1990, 1, 1), "-", 905)
    hidden = text[:4] + "\u200b" + text[4:8] + "\u00ad" + text[8:]

    assert [finding.words for finding in find(f"Tunnus {hidden}.")] == [hidden]


def test_the_same_words_have_the_same_key_and_other_words_another():
    one, two, three = find("040 123 4567, 040  123 4567".replace("  ", " ") + ", 050 123 4567")

    assert one.key == two.key != three.key
    assert one.kind == Kind.PHONE

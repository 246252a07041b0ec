import re
import sys
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.questions.detection import Kind, find

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


def test_a_code_is_not_a_part_of_a_longer_word():
    text = code(date(1990, 1, 1), "-", 905)

    assert found(f"x{text}") == found(f"{text}9") == found(f"1{text}") == []


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

"""Text as it was typed is read as the text that was meant."""

import unicodedata
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.linguistics.typed import (
    mentioning,
    text_as_typed,
    text_to_keep,
    valid_in_xml,
    without_dots,
)

MARKS = ("\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff", "\u200e")
WORDS = st.text("abdeioäöåéÄÖ -'§1", min_size=1, max_size=20)


@given(WORDS, st.data())
def test_a_word_is_the_same_however_it_was_typed(text, data):
    typed = unicodedata.normalize("NFD", text)
    for _mark in range(data.draw(st.integers(0, 3))):
        place = data.draw(st.integers(0, len(typed)))
        typed = typed[:place] + data.draw(st.sampled_from(MARKS)) + typed[place:]

    assert text_as_typed(typed) == text_as_typed(text)


@given(st.text(max_size=30))
def test_reading_twice_changes_nothing_more(text):
    once = text_as_typed(text)

    assert text_as_typed(once) == once
    assert text_to_keep(text_to_keep(text)) == text_to_keep(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("työ\u00a0ja\u202fkoti", "työ ja koti"),
        ("“integration” ’s", '"integration" \'s'),
        ("ELY‑keskus", "ELY-keskus"),
        (" \t kunta \n", "kunta"),
        ("x\uffff\ufdd0\U0001ffff", "x"),
    ],
)
def test_spaces_quotes_and_hyphens_are_those_of_a_keyboard(typed, meant):
    assert text_as_typed(typed) == meant


def test_what_is_kept_loses_only_what_nobody_sees():
    kept = "Lainaus “näin” –\u00a0ja\nرسم\u200cها 👩\u200d💻"

    assert text_to_keep(unicodedata.normalize("NFD", "Ä\u00ad\ufeff") + kept) == f"Ä{kept}"


@given(st.text(st.characters(exclude_categories=[])))
def test_what_xml_refuses_is_left_out(text):

    ElementTree.fromstring(f"<a>{escape(valid_in_xml(text))}</a>")


def test_accents_are_left_out_only_when_nothing_else_is_found():
    rows = ["Tyokoe", "Työ"]

    assert mentioning(rows, "työ", str) == ["Työ"]
    assert mentioning(rows, "TYO", str) == ["Tyokoe"]
    assert mentioning(["Työ", "Koti"], "tyo", str) == ["Työ"]
    assert mentioning(rows, " \u200b", str) == rows
    assert mentioning(rows, "työ koti", str) == []


def test_letters_without_dots():
    assert without_dots("ÄÄNEKOSKI Åbo é") == "aanekoski abo e"

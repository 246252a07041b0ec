"""What changed between two texts."""

import random

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.linguistics.word_diffs import Part, words

LINES = st.lists(st.sampled_from(["kunta", "alue", "ja", "tai", ",", ".", "\n", "32 a §"])).map(
    " ".join
)


def plain(text):
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())


def without(parts, kind):
    return "".join(part.text for part in parts if part.kind != kind)


def test_a_changed_word_stands_between_what_stayed():
    assert words("Kunta laatii suunnitelman.", "Kunta päivittää suunnitelman.") == [
        Part("same", "Kunta "),
        Part("removed", "laatii"),
        Part("added", "päivittää"),
        Part("same", " suunnitelman."),
    ]


def test_equal_texts_have_nothing_changed():
    assert words("Kunta\nlaatii.", " Kunta \n laatii.") == [Part("same", "Kunta\nlaatii.")]
    assert words("", "") == []


def test_an_added_paragraph_is_one_part():
    assert words("Yksi.", "Yksi.\nKaksi on uusi.") == [
        Part("same", "Yksi."),
        Part("added", "\nKaksi on uusi."),
    ]


def test_an_added_paragraph_that_ends_like_the_one_before_starts_on_its_own_line():
    old = "Jos hän on sairas.\n\nKunta ohjaa."
    new = "Jos hän on sairas.\n\nAlue osallistuu, jos hän on sairas.\n\nKunta ohjaa."
    for parts, kind in ((words(old, new), "added"), (words(new, old), "removed")):
        assert [part.kind for part in parts] == ["same", kind, "same"]
        assert parts[1].text.strip() == "Alue osallistuu, jos hän on sairas."
        assert parts[0].text.strip() == "Jos hän on sairas."


def test_few_words_between_longer_changes_do_not_split_them():
    parts = words(
        "Kunnan on järjestettävä palvelut ja ohjaus määräajassa alueellaan.",
        "Työvoimaviranomainen tarjoaa neuvontaa ja koulutusta pyynnöstä alueellaan.",
    )

    assert [part.kind for part in parts] == ["removed", "added", "same"]


def test_numbers_with_a_dot_and_punctuation_are_compared_whole():
    parts = words("Voimassa 1.1.2025.", "Voimassa 1.3.2027.")

    assert Part("removed", "1.1.2025") in parts
    assert Part("added", "1.3.2027") in parts


@given(old=LINES, new=LINES)
def test_the_parts_make_both_texts(old, new):
    parts = words(old, new)

    assert plain(without(parts, "added")) == plain(old)
    assert plain(without(parts, "removed")) == plain(new)


@given(old=st.text(), new=st.text())
def test_any_text_can_be_compared(old, new):
    parts = words(old, new)

    assert all(part.text for part in parts)
    assert "".join(without(parts, "added").split()) == "".join(old.split())


def long_text(seed, vocabulary=4000):
    chosen = random.Random(seed)
    return "\n".join(
        " ".join(f"sana{chosen.randrange(vocabulary)}" for _ in range(100)) for _ in range(200)
    )


@pytest.mark.timeout(60)  # quadratic work would take many minutes
def test_twenty_thousand_words_are_compared_word_by_word_without_quadratic_work():
    text = long_text(1)
    edited = text.split(" ")
    for place in range(0, len(edited), 150):
        edited[place] = "muutettu"
    pairs = [
        (text, " ".join(edited)),
        (text, long_text(2)),
        (text, ""),
        ("sama sana " * 10_000, "sama toinen " * 10_000),
        (long_text(1, vocabulary=50), long_text(2, vocabulary=50)),
    ]
    for old, new in pairs:
        parts = words(old, new)
        assert "".join(part.text for part in parts if part.kind != "added").split() == old.split()
        assert "".join(part.text for part in parts if part.kind != "removed").split() == new.split()


def test_changes_are_told_in_words_and_not_by_colour_alone():
    parts = words("Kunta <b>laatii</b>.", "Kunta päivittää.")
    with translation.override("en"):
        page = render_to_string("components/diff.html", {"parts": parts})

    assert "<ins>" in page
    assert "<del>" in page
    assert "added:" in page
    assert "removed:" in page
    assert "<b>" not in page


def test_texts_that_share_little_are_told_whole_one_after_the_other():
    old = (
        "Kunnan on järjestettävä palvelut ja ohjaus määräajassa koko alueellaan"
        " maahanmuuttajien tarpeiden mukaan."
    )
    new = (
        "Työvoimaviranomainen tarjoaa neuvontaa ja koulutusta pyynnöstä sekä laatii arvion"
        " ennen suunnitelmaa jokaiselle."
    )

    assert words(old, new) == [("removed", old), ("added", new)]

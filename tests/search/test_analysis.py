from pathlib import Path

import pytest

from portal.linguistics import voikko
from portal.linguistics.analysis import analyse

GOLD = Path(__file__).parent / "gold"
needs_voikko = pytest.mark.skipif(
    not voikko.available(), reason="needs Voikko: apt-get install libvoikko1 voikko-fi"
)


def pairs(name):
    lines = (GOLD / f"{name}.txt").read_text().splitlines()
    return [tuple(line.split(" | ")) for line in lines if line and not line.startswith("#")]


def finds(query, document, language, finnish=None):
    asked = [set(token.reading.asked) for token in analyse(query, language, finnish)]
    findable = [token.reading.findable for token in analyse(document, language, finnish)]
    return all(any(any(forms & word for word in findable) for forms in [want]) for want in asked)


def share(name, language, finnish=None):
    """How large a share of the pairs is found, and which are not."""
    results = {pair: finds(*pair, language, finnish) for pair in pairs(name)}
    missed = [pair for pair, found in results.items() if not found]
    return 1 - len(missed) / len(results), missed


@pytest.mark.parametrize("finnish", ["lists", pytest.param("voikko", marks=needs_voikko)])
@pytest.mark.parametrize(("name", "floor"), [("fi", 0.97), ("fi.held-out", 0.9)])
def test_finnish_forms_and_compounds_are_found(name, floor, finnish):
    recall, missed = share(name, "fi", finnish)

    assert recall >= floor, missed


@pytest.mark.parametrize(
    ("name", "language", "floor"),
    [
        ("sv", "sv", 0.94),
        ("sv.held-out", "sv", 0.9),
        ("en", "en", 0.94),
        ("en.held-out", "en", 0.9),
    ],
)
def test_swedish_and_english_forms_are_found(name, language, floor):
    recall, missed = share(name, language)

    assert recall >= floor, missed


@pytest.mark.parametrize(
    ("language", "finnish"),
    [("fi", "lists"), pytest.param("fi", "voikko", marks=needs_voikko), ("sv", None), ("en", None)],
)
def test_words_that_only_look_alike_are_not_found(language, finnish):
    found = [pair for pair in pairs(f"{language}.not") if finds(*pair, language, finnish)]

    assert len(found) <= 1, found


def test_lists_and_splitter_beat_stemming_alone_by_far():
    with_lists, _ = share("fi", "fi", "lists")
    stemmed, _ = share("fi", "fi", "snowball")

    assert with_lists - stemmed > 0.4


def test_positions_lead_back_to_the_text_as_it_is_written():
    text = "Kotoutumis­suunnitelma (14 §) ELY-keskuksessa"

    tokens = analyse(text, "fi")

    assert [text[token.start : token.end] for token in tokens] == [
        "Kotoutumis­suunnitelma",
        "14 §",
        "ELY-keskuksessa",
    ]


def test_section_is_one_word_however_it_is_spaced():
    forms = {analyse(text, "fi")[0].reading.base for text in ("32 a §", "32a §", "32A§")}

    assert forms == {"pykala32a"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    "junk",
    ["", '"' * 51, " " * 20_000, "a:" * 2_000, "a" * 20_000, "%_\\'", "\u0301\u00ad", "⁂ 🎈"],
)
def test_junk_is_read_without_error(junk, language):
    for token in analyse(junk, language):
        assert token.reading.base.isalnum()


@pytest.mark.parametrize("finnish", ["lists", pytest.param("voikko", marks=needs_voikko)])
def test_a_place_is_found_by_every_form_of_its_name(finnish):
    missed = [
        (query, document)
        for name, *forms in pairs("names.fi")
        for form in forms
        for query, document in ((name, form), (form, name), (form.lower(), name.lower()))
        if not finds(query, document, "fi", finnish)
    ]

    assert missed == []


@pytest.mark.parametrize("finnish", ["lists", pytest.param("voikko", marks=needs_voikko)])
def test_a_region_has_one_base_form_by_which_its_own_page_comes_first(finnish):
    bases = {
        analyse(form, "fi", finnish)[0].reading.base
        for form in ("Uusimaa", "uusimaa", "Uudenmaan", "Uudellamaalla")
    }

    assert bases == {"uusimaa"}

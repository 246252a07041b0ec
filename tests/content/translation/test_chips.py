"""A segment is typed with chips, and comes back as what localize keeps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.translation.chips import ChipError, chips, from_typed, plain, typed
from portal.languages import in_language

SOURCE = (
    'Katso <a id="a1">43 pykälä</a> ja <a id="a2">ohje</a>, <b>vain</b> [x] a|b &amp; c<br/>rivi'
)


def test_what_is_shown_is_what_is_kept():
    assert typed(SOURCE).startswith("Katso [1|43 pykälä] ja [2|ohje], [b|vain]")
    assert from_typed(typed(SOURCE), SOURCE) == SOURCE


def test_links_have_their_words_and_where_they_lead():
    kept = '{"a#a1": {"linktype": "section", "id": 14}}'

    assert [(one.number, one.words, one.attributes) for one in chips(SOURCE, kept)] == [
        (1, "43 pykälä", {"linktype": "section", "id": 14}),
        (2, "ohje", {}),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Se [1|43 §]", "link [2|…] of the original is missing"),
        ("Se [1|43 §] [1|43 §] [2|råd]", "link [1|…] of the original comes twice"),
        ("Se [1|43 §] [2|råd] [3|mer]", "no link [3|…]"),
        ("Se [1|43 § [2|råd]", "is not closed"),
        ("Se [1|] [2|råd]", "has no words"),
        ("Se [u|bara] [1|43 §] [2|råd]", "no chip [u|…]"),
    ],
)
def test_a_chip_that_is_lost_doubled_or_broken_is_refused(text, said):
    with in_language("en"), pytest.raises(ChipError) as refused:
        from_typed(text, SOURCE)
    assert said in str(refused.value)


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"])))
def test_any_words_come_back_as_they_were_typed(text):
    text = text.strip()
    literal = typed(from_typed(typed_literally(text), "x"))

    assert plain(from_typed(typed_literally(text), "x")).strip() == text
    assert from_typed(literal, "x") == from_typed(typed_literally(text), "x")


def typed_literally(text):
    for special in "\\[]|":
        text = text.replace(special, f"\\{special}")
    return text

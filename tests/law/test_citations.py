"""Sections as people cite them."""

import pytest

from law.citations import apart, cited, with_signs


@pytest.mark.parametrize(
    "text",
    [
        *("14 §", "14§", "14\u00a0§", "14 §:n", "§ 14", "§14", "pykälä 14", "Pykälän 14"),
        *("14 paragrafen", "paragraf 14", "section 14", "Section 14", "sec. 14", "14 pykälä"),
        *("sec 14", "Sec 14", "s 14", "s. 14", "S.14", "s14"),
    ],
)
def test_a_section_is_cited_in_many_ways(text):
    assert cited(text) == ["14"]


@pytest.mark.parametrize(
    "text", ["32 a", "32a", "32 A §", "32a§", "pykälä 32 a", "section 32a", "32 a §:ssä", "32 a §"]
)
def test_a_section_with_a_letter(text):
    assert cited(text) == ["32a"]


@pytest.mark.parametrize(
    "text",
    [
        "14",
        "vuosi 2025",
        "20 kuntaa",
        "14 a kunnan",
        "681/2023",
        "raportti s. 14",
        "s. 14 mom",
        "sec",
    ],
)
def test_what_cites_no_section(text):
    assert cited(text) == []


def test_the_words_around_stay():
    assert with_signs("mitä 14 §:n 2 momentti tarkoittaa") == "mitä 14§ 2 momentti tarkoittaa"
    assert cited("laki 681/2023 14 § ja section 16") == ["14", "16"]


def test_among_sections_a_bare_number_is_one():
    assert apart("14 arviointi") == (["14"], "arviointi")
    assert apart("pykälä 32 a") == (["32a"], "")
    assert apart("arviointi kunnan") == ([], "arviointi kunnan")

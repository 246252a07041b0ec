"""Sections named in running text, in the three languages, and whose sections they are."""

import pytest

from law.mentions import mentions, numbers_in

KNOWN = {*map(str, range(1, 105)), "32a", "92a", "92b"}

OURS = {
    "Arviointi tehdään 14 §:n 2 momentin mukaan.": {"14"},
    "Siitä säädetään kotoutumislain 14 §:ssä.": {"14"},
    "kotoutumislaki 56 § 1 mom. 2 kohta": {"56"},
    "Kotoutumisen edistämisestä annetun lain 32 a §": {"32a"},
    "pykälä 14": {"14"},
    "14 ja 15 §": {"14", "15"},
    "14, 20 ja 22 §": {"14", "20", "22"},
    "83 §:n 3 ja 92 §:n 2 momentti, 92 a ja 92 b §": {"83", "92", "92a", "92b"},
    "40–43 §:ssä": {"40", "41", "42", "43"},
    "enligt 2 § 3 och 4 mom.": {"2"},
    "14 och 15 § i integrationslagen": {"14", "15"},
    "14 § i lagen om främjande av integration": {"14"},
    "paragraf 14": {"14"},
    "14 paragrafen": {"14"},
    "section 14": {"14"},
    "Sections 40–43 apply.": {"40", "41", "42", "43"},
    "sections 40 to 43": {"40", "41", "42", "43"},
    "sections 14, 15 and 32 a of the Act": {"14", "15", "32a"},
    "section 14 of the Integration Act": {"14"},
    "section 14 of Act 681/2023": {"14"},
    "681/2023 14 §": {"14"},
    "Integration Act section 56(1)(2)": {"56"},
    "section 14 a person": {"14"},
    "hallintolain 26 §:n mukaisesti (6 §)": {"6"},
}
OTHERS = [
    "työllisyyslain 14 §",
    "ulkomaalaislain 52 a §:n 2 momentin tai 54 §:n 5 momentin perusteella",
    "380/2023 14 §",
    "lain (380/2023) 14 §",
    "työvoimapalveluiden järjestämisestä annetun lain 75–80 §:ää",
    "kumotun lain 46 ja 48 §:n sekä 49 §:n 1 momentin 3 kohdan korvaukset",
    "vanhan kotoutumislain 82 §",
    "valtioneuvoston asetuksen 3 §",
    "tietosuojalaki 4 §",
    "dataskyddslagen 4 §",
    "14 § i utlänningslagen",
    "52 a § 2 mom. eller 54 § 5 mom. i utlänningslagen",
    "75–80 § i lag 380/2023",
    "75–80 § i lagen om ordnande av arbetskraftsservice",
    "46 och 48 § samt 49 § 1 mom. 3 punkten i den gamla lagen",
    "section 14 of the Aliens Act",
    "section 52 a(2) or 54(5) of the Aliens Act",
    "sections 46 and 48 and section 49, subsection 1, item 3 of the repealed Act",
    "Data Protection Act section 4",
    "section 14 of Act 380/2023",
    "pykäliin 1.1.2026 mennessä",
    "14 prosenttia",
    "liite 14",
]


@pytest.mark.parametrize("text", OURS)
def test_a_mention_of_a_section_is_found_in_each_language(text):
    assert numbers_in(text, KNOWN) == OURS[text]


@pytest.mark.parametrize("text", OTHERS)
def test_a_section_of_another_act_is_no_mention(text):
    assert numbers_in(text, KNOWN) == set()


def test_a_mention_says_where_its_words_and_numbers_stand():
    text = "Siitä säädetään 14 ja 15 §:ssä."

    [mention] = mentions(text, KNOWN)

    assert text[mention.start : mention.end] == mention.words == "14 ja 15 §:ssä"
    assert [text[one.start : one.end] for one in mention.named] == ["14", "15"]


def test_a_section_that_the_act_does_not_have_is_no_mention():
    assert numbers_in("sections 14 and 205", {"14"}) == {"14"}

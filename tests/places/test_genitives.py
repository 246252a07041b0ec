"""Genitives of places: in Finnish from the data, read back to the name by Voikko."""

import re
import sys

import pytest
from django.utils.translation import override

from portal.linguistics import voikko
from portal.places import reading
from portal.places.models import Area

MOST_UNKNOWN = 10
PLURAL = "Virtain"  # of Virrat, which is the plural of virta


@pytest.mark.parametrize(
    ("key", "fi", "sv", "en"),
    [
        ("KU297", "Kuopion", "Kuopios", "Kuopio’s"),
        ("KU091", "Helsingin", "Helsingfors", "Helsinki’s"),
        ("FI", "Suomen", "Finlands", "Finland’s"),
        ("KU235", "Kauniaisten", "Grankullas", "Kauniainen’s"),
        ("MK01", "Uudenmaan", "Nylands", "Uusimaa’s"),
    ],
)
def test_a_genitive_is_that_of_the_active_language(finland, key, fi, sv, en):
    area = Area.objects.get(key=key)
    for language, expected in (("fi", fi), ("sv", sv), ("en", en)):
        with override(language):
            assert area.genitive == expected


def test_every_place_has_a_finnish_genitive():
    assert [fields for fields in reading.read().areas if not fields["genitive_fi"]] == []


def test_a_place_without_a_genitive_in_the_data_still_has_words():
    with override("fi"):
        assert Area(name_fi="Uusikunta").genitive == "alueen Uusikunta"


@pytest.mark.voikko
def test_voikko_reads_each_genitive_back_to_the_name():
    """Word by word: prints those that the dictionary does not know."""
    unknown, wrong = [], []
    for fields in reading.read().areas:
        name, genitive = fields["name_fi"], fields["genitive_fi"]
        for own, word in zip(words(name), words(genitive), strict=True):
            if own == word or word == PLURAL:
                continue
            read = voikko.read(word)
            if read is None:
                unknown.append(word)
            elif base(own) not in {base(one) for one in read[0]}:
                wrong.append(f"{word}: {read[0]}, not {own}")
    known_not = sorted(set(unknown))
    sys.stdout.write(f"Voikko does not know {len(known_not)}: {', '.join(known_not)}\n")
    assert wrong == []
    assert len(known_not) <= MOST_UNKNOWN


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.replace("TyöHäm", "Häm").replace("TyöLak", "Lak"))


def base(word: str) -> str:
    return word.casefold().replace("-", "").replace("=", "")

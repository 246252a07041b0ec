"""Genitives of datasets' names: in Finnish from the data, read back to the name by Voikko."""

import re
import sys

import pytest
from django.utils.translation import override

from monitoring.datasets import example
from monitoring.datasets.example_data import specs
from monitoring.datasets.models import Dataset
from portal.linguistics import voikko

MOST_UNKNOWN = 5


def test_a_title_of_change_is_right_in_each_language():
    dataset = Dataset(
        name_fi="Työllisyysaste",
        name_sv="Sysselsättningsgrad",
        name_en="Employment rate",
        genitive_fi="Työllisyysasteen",
    )
    for language, genitive in (
        ("fi", "Työllisyysasteen"),
        ("sv", "Sysselsättningsgrad"),
        ("en", "Employment rate"),
    ):
        with override(language):
            assert dataset.genitive == genitive
    with override("fi"):
        assert Dataset(name_fi="Uusi luku").genitive == "luvun Uusi luku"


@pytest.mark.voikko
def test_voikko_reads_each_genitive_back_to_the_words_of_the_name():
    """The last word is a genitive, and every word of the name but verbs comes back in one of its.

    Prints those that the dictionary does not know.
    """
    unknown, strange = set(), []
    names = [(spec.name[0], spec.genitive) for spec in specs(full=False)]
    names.append(("Kotoutumispalvelujen asiakkaat", example.WORDS["genitive_fi"]))
    for name, genitive in names:
        own, said = bases(name, unknown), bases(genitive, unknown)
        shared = [any(forms & other for other in said) for forms in own]
        if not genitive or (not shared[0] and not shared[-1]) or sum(shared) * 2 < len(shared):
            strange.append((name, genitive))
    sys.stdout.write(f"Voikko does not know {len(unknown)}: {', '.join(sorted(unknown))}\n")
    assert strange == []
    assert len(unknown) <= MOST_UNKNOWN


def bases(text, unknown):
    found = []
    for word in re.findall(r"[^\W\d_]{2,}", text):
        read = voikko.read(word)
        if read is None:
            unknown.add(word)
        found.append({one.casefold() for one in read[0]} if read else {word.casefold()})
    return found

"""Amending rows that wait for a decision are the same when they are taken into use."""

import json
from dataclasses import replace
from datetime import date

import pytest

from law import parsers
from law.parsers import stored

from .statutes import GAP, paragraph, section, statute, with_items

CLAUSES = {
    "fi": "muutetaan kotoutumisen edistämisestä annetun lain (681/2023) 5 § ja 7 §:n 1 momentin"
    " 2 kohta seuraavasti:",
    "sv": "ändras i lagen om främjande av integration (681/2023) 5 § och 7 § 1 mom. 2 punkten"
    " som följer:",
}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_rows_come_back_as_they_were_kept(language):
    body = section(5, "Käsite", paragraph("Uusi sanamuoto.")) + section(
        7, "Luettelo", with_items(GAP, GAP, "2) uusi kohta;", GAP)
    )
    rows = replace(
        parsers.read_text("file.xml", statute(9, body, CLAUSES[language], language=language)),
        valid_until=date(2027, 5, 31),
        transitional={language: "Valid until the end of May."},
        headings={("2", language): "A heading"},
        ranges=[("32", "33")],
        repealed_chapters=["3"],
        renumbered=[("5", "6")],
        repeals_act=True,
    )

    assert len(rows.modifications) == 2
    assert stored.load(json.loads(json.dumps(stored.dump(rows)))) == rows

"""Our own format says all that a text can be: tables, closing words, annexes, no chapters."""

import json

import pytest
from django.core.management import call_command

from law.models import Act, Section

pytestmark = pytest.mark.django_db

NAMES = {"fi": "Esimerkki", "sv": "Exempel", "en": "Example"}
TEXT = [
    {
        "text": "Tuki on:",
        "items": ["1) rahaa;", "2) neuvoja."],
        "table": [["Ryhmä", "Määrä"], ["A", "10"]],
        "closing": "Loppu koskee molempia.",
    }
]


def section(number, text):
    return {"number": number, "status": "in_force", "heading": NAMES, "text": {"fi": text}}


def decree():
    meta = {
        "number": "9004/2024",
        "kind": "decree",
        "title": NAMES,
        "short_title": NAMES,
        "given_on": "2024-02-01",
        "in_force_from": "2024-03-01",
    }
    sections = [section("1", TEXT), section("liite", ["Luettelo."])]
    return {"meta": meta, "chapters": [], "sections": sections}


def imported(tmp_path, content):
    file = tmp_path / "decree.json"
    file.write_text(json.dumps(content))
    call_command("import_law", str(file), verbosity=0)


def test_a_decree_without_chapters_keeps_its_table_closing_words_and_annex(tmp_path):
    imported(tmp_path, decree())

    act = Act.objects.get(number=9004)
    assert act.kind == Act.Kind.DECREE
    assert [(one.number, one.chapter, one.kind) for one in act.sections.all()] == [
        ("1", None, Section.Kind.SECTION),
        ("liite", None, Section.Kind.ANNEX),
    ]
    assert act.sections.get(number="1").versions.get().text_fi == TEXT


def test_an_annex_is_changed_as_sections_are(tmp_path):
    imported(tmp_path, decree())

    imported(
        tmp_path,
        {
            "amends": "9004/2024",
            "number": "9003/2026",
            "given_on": "2026-10-30",
            "in_force_from": "2027-01-01",
            "changed": [
                {
                    "number": "liite",
                    "heading": {"fi": "Liite"},
                    "text": {"fi": [{"text": "Uusi:", "table": [["A", "20"]]}]},
                }
            ],
        },
    )

    annex = Section.objects.get(number="liite")
    assert [one.text_fi[0]["text"] for one in annex.versions.order_by("valid_from")] == [
        "Luettelo.",
        "Uusi:",
    ]

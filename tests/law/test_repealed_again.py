"""Sections that an earlier act repealed: they are not changed, but may be added again."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from law.models import Section

pytestmark = pytest.mark.django_db
WORDS = {
    "number": "17",
    "heading": {"fi": "Keksitty", "sv": "Påhittad"},
    "text": {"fi": ["Keksitty teksti."], "sv": ["Påhittad text."]},
}


def amending(folder, **edits):
    file = folder / "invented.json"
    content = {
        "amends": "681/2023",
        "number": "9001/2027",
        "source": "Invented example",
        "given_on": "2027-01-15",
        "in_force_from": "2027-03-01",
        **edits,
    }
    file.write_text(json.dumps(content))
    return str(file)


def test_a_repealed_section_cannot_be_changed(the_act, tmp_path):
    said = "changed, entry 1, section 17.*section 17 was repealed by 1100/2024; give it under 'add"
    with pytest.raises(CommandError, match=said):
        call_command("import_law", amending(tmp_path, changed=[WORDS]))

    assert not Section.objects.get(number="17").versions.exists()


def test_a_repealed_section_can_be_added_again(the_act, client, tmp_path):
    call_command("import_law", amending(tmp_path, added=[WORDS]))

    section = Section.objects.get(number="17")
    assert (section.status, section.added_by) == (Section.Status.IN_FORCE, "9001/2027")
    page = client.get("/en/law/681-2023/17/").content.decode().replace("\xa0", " ")
    assert "This section is not in force yet." in page
    assert "Source: Invented example" in page
    with translation.override("en"):
        told = section.effects.get().told.replace("\xa0", " ")
    assert told == "Section 17 will be added on 1 March 2027"

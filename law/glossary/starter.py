"""The terms that a new portal starts with, from terms.toml."""

import re
import tomllib
from pathlib import Path

from law.models import Section
from portal.importing import Changes, Progress, StarterStep, unheard
from portal.languages import LANGUAGES
from portal.linguistics.inflection import pattern

from .models import Term

FILE = Path(__file__).parent / "starter" / "terms.toml"
STEPS = [
    StarterStep("Glossary", "law.glossary.starter.load"),
]


def load(progress: Progress = unheard) -> None:
    """Make each term that is missing; what somebody has changed on the portal stays as it is."""
    entries = tomllib.loads(FILE.read_text())["term"]
    sections = {
        f"{section.act.reference}:{section.number}": section
        for section in Section.objects.select_related("act")
    }
    there = set(Term.objects.values_list("key", flat=True))
    changes = Changes()
    for position, entry in enumerate(entries, start=1):
        if entry["key"] not in there:
            changes.upsert(Term(key=entry["key"]), fields_of(entry, position, sections))
        progress(position, len(entries))


def fields_of(entry: dict, position: int, sections: dict[str, Section]) -> dict:
    """The fields of a term, from its entry of the file."""
    fields = {
        "position": position,
        "avoid": "\n".join(entry.get("forbidden", [])),
        "section": sections.get(entry.get("section", "")),
        "unchecked": " ".join(entry.get("unsure", [])),
        "shown_in_texts": entry.get("shown_in_texts", True),
    }
    for language in LANGUAGES:
        words = entry[language]
        fields[f"name_{language}"] = words["name"]
        others = others_than(words["name"], words.get("also", []), language)
        fields[f"also_{language}"] = "\n".join(others)
        fields[f"definition_{language}"] = words["definition"]
    return fields


def others_than(name: str, words: list[str], language: str) -> list[str]:
    """The words that are no mere form of the name, or of one before them."""
    kept = [name]
    for word in words:
        forms = "|".join(pattern(one, language) for one in kept)
        if not re.fullmatch(forms, word, re.IGNORECASE):
            kept.append(word)
    return kept[1:]

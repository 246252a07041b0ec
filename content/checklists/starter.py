"""The checklists that a new portal starts with, from starter/*.toml."""

import tomllib
from pathlib import Path

from django.db import transaction

from law.models import Section
from portal.importing import Progress, StarterStep, unheard
from portal.languages import LANGUAGES

from .models import Checklist, Item

FOLDER = Path(__file__).parent / "starter"
STEPS = [StarterStep("Checklists", "content.checklists.starter.load", later=True)]


@transaction.atomic
def load(progress: Progress = unheard) -> None:
    """Make each list that is missing, once the Integration Act is there; others stay as they are.

    An item whose section is not there is passed over.
    """
    rows = Section.objects.filter(act__number=681, act__year=2023)
    sections = {row.number: row for row in rows}
    files = sorted(FOLDER.glob("*.toml")) if sections else []
    for file in files:
        words = tomllib.loads(file.read_text())
        if not Checklist.objects.filter(slug=file.stem).exists():
            _make(file.stem, words, sections)
    progress(len(files), len(files))


def _make(slug: str, words: dict, sections: dict[str, Section]) -> None:
    checklist = Checklist.objects.create(
        slug=slug,
        published=True,
        **{
            f"{field}_{one}": words[field][one]
            for field in ("name", "summary")
            for one in LANGUAGES
        },
    )
    Item.objects.bulk_create(
        Item(
            checklist=checklist,
            key=entry["key"],
            position=position,
            who=entry["who"],
            statutory=entry["statutory"],
            section=sections.get(entry.get("section", "")),
            **{
                f"{field}_{one}": entry[field][one]
                for field in ("text", "show")
                for one in LANGUAGES
            },
        )
        for position, entry in enumerate(words["item"], 1)
        if "section" not in entry or entry["section"] in sections
    )

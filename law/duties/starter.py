"""The duties that a new portal starts with, from duties.toml: made from our summaries."""

import tomllib
from pathlib import Path

from law.models import Section
from portal.importing import Progress, StarterStep, unheard
from portal.languages import LANGUAGES

from .models import Duty

FILE = Path(__file__).parent / "starter" / "duties.toml"
STEPS = [
    StarterStep("Duties by law", "law.duties.starter.load", later=True),
]


def load(progress: Progress = unheard) -> None:
    """Make each duty that is missing; what somebody has changed on the portal stays as it is.

    One whose section is not there is passed over.
    """
    entries = tomllib.loads(FILE.read_text())["duty"]
    rows = Section.objects.filter(act__number=681, act__year=2023)
    sections = {row.number: row for row in rows}
    there = set(Duty.objects.values_list("key", flat=True))
    Duty.objects.bulk_create(
        Duty(
            key=entry["key"],
            kind=entry["kind"],
            question=entry["question"],
            section=sections[entry["section"]],
            on_paper=entry.get("on_paper", True),
            position=position,
            **{f"text_{language}": entry[language] for language in LANGUAGES},
        )
        for position, entry in enumerate(entries)
        if entry["key"] not in there and entry["section"] in sections
    )
    progress(len(entries), len(entries))

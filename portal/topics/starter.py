"""Themes and audiences that a new portal starts with, from topics.toml."""

import tomllib
from functools import cache
from pathlib import Path

from portal.importing import Progress, StarterStep, unheard
from portal.languages import LANGUAGES

from .models import Audience, Topic

FILE = Path(__file__).parent / "starter" / "topics.toml"
STEPS = [
    StarterStep("Themes and audiences", "portal.topics.starter.load"),
]


@cache
def words() -> dict[str, list[dict]]:
    """The file: lists `topic` and `audience`, each entry with key, order, name, description."""
    return tomllib.loads(FILE.read_text())


def load(progress: Progress = unheard) -> None:
    """Make each theme and audience that is missing, and bring the words of the rest up to date."""
    labels = [
        *((Topic, entry) for entry in words()["topic"]),
        *((Audience, entry) for entry in words()["audience"]),
    ]
    for done, (model, entry) in enumerate(labels, start=1):
        fields = {"position": entry["order"]}
        for language in LANGUAGES:
            fields[f"name_{language}"] = entry["name"][language]
            fields[f"description_{language}"] = entry.get("description", {}).get(language, "")
        if model is Topic:
            fields["icon"] = entry.get("icon", "")
        model.objects.update_or_create(key=entry["key"], defaults=fields)
        progress(done, len(labels))

"""What a commitment must have, and what in its words cannot be followed up.

The rules on words stand in criteria.toml, where an editor can read them.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils import timezone

from portal.days import months_after

from .models import Commitment
from .partial_dates import last_day

FILE = Path(__file__).parent / "criteria.toml"
NEEDED = ("title", "change", "beneficiaries", "baseline", "target", "resources")
LONGEST_QUOTE = 40
FIRST_WITHIN = 12  # months until the first milestone, from today


@dataclass(frozen=True)
class Rule:
    """Words that promise nothing, why, and what could be written instead."""

    pattern: re.Pattern
    why: str
    instead: str


@dataclass(frozen=True)
class Hint:
    """What is vague in one field: the words, why, and an example written anew."""

    field: str
    words: str
    why: str
    instead: str

    @property
    def quotes(self) -> str:
        """The words to be pointed at; none where the whole text is meant."""
        return self.words if len(self.words) <= LONGEST_QUOTE else ""


def missing(commitment: Commitment) -> list[str]:
    """The names of what is not there yet: fields, `areas`, `milestones` or `first_milestone`."""
    found = [name for name in NEEDED if not getattr(commitment, name).strip()]
    if not commitment.areas.all():
        found.append("areas")
    milestones = list(commitment.milestones.all())
    if not milestones:
        found.append("milestones")
    elif not any(is_soon(one.due) for one in milestones):
        found.append("first_milestone")
    return found


def is_soon(due: str) -> bool:
    """Whether a day that was typed is within twelve months from today."""
    today = timezone.localdate()
    return today <= last_day(due) <= months_after(today, FIRST_WITHIN)


def hints(words: Mapping[str, str], language: str) -> list[Hint]:
    """What in the words of fields is vague, in the language in which they are written."""
    found = []
    for name, text in words.items():
        if not text.strip():
            continue
        for rule in rules(language).get(name, []) + rules(language).get("any", []):
            if match := rule.pattern.search(text):
                found.append(Hint(name, match.group(), rule.why, rule.instead))
                break
    return found


@cache
def rules(language: str) -> dict[str, list[Rule]]:
    """The rules of a language, by the field that they are about, or `any`."""
    found: dict[str, list[Rule]] = {}
    for entry in tomllib.loads(FILE.read_text())["rule"]:
        words = entry.get(language)
        if not words:
            continue
        pattern = re.compile(words["pattern"], re.IGNORECASE)
        found.setdefault(entry["field"], []).append(Rule(pattern, words["why"], words["instead"]))
    return found

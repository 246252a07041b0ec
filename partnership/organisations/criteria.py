"""What an application is judged by. The list stands in criteria.toml, where it can be read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.languages import current_language

FILE = Path(__file__).parent / "criteria.toml"
MET, NOT_MET = "met", "not-met"


@dataclass(frozen=True)
class Criterion:
    """One thing that a reader looks at; `names` and `helps` by language."""

    key: str
    names: Mapping[str, str]
    helps: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.names[current_language()]

    @property
    def help(self) -> str:
        return self.helps[current_language()]


@cache
def criteria() -> tuple[Criterion, ...]:
    """All of them, in the order of the file."""
    return tuple(
        Criterion(
            entry["key"],
            {language: entry[language]["name"] for language in ("fi", "sv", "en")},
            {language: entry[language]["help"] for language in ("fi", "sv", "en")},
        )
        for entry in tomllib.loads(FILE.read_text())["criterion"]
    )


def judged(found: Mapping[str, str]) -> list[tuple[str, bool]]:
    """What was found of each criterion, by its name in the active language: whether it is met.

    A criterion that has left the file since is named by its key.
    """
    names = {one.key: one.name for one in criteria()}
    known = [key for key in names if key in found]
    return [
        (names.get(key, key), found[key] == MET)
        for key in [*known, *(key for key in found if key not in names)]
    ]


def all_met(found: Mapping[str, str]) -> bool:
    """Whether every criterion of the file was found to be met."""
    return all(found.get(one.key) == MET for one in criteria())

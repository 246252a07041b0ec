"""Amending rows as JSON, to be kept until a lawyer has decided on them, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from .parsed import AmendingRows, Modification, TextualModification, Wording

DAYS = ("given_on", "in_force_from", "valid_until")


def dump(rows: AmendingRows) -> dict[str, Any]:
    """The rows as what a JSONField keeps; `load` gives equal rows back."""
    kept = {name: getattr(rows, name) for name in ("file", "number", "year", "proposal", "source")}
    kept |= {name: _iso(getattr(rows, name)) for name in DAYS}
    return kept | {
        "amends": list(rows.amends),
        "languages": list(rows.languages),
        "committee_report": rows.committee_report,
        "transitional": dict(rows.transitional),
        "headings": _pairs(rows.headings),
        "new_chapters": _pairs(rows.new_chapters),
        "ranges": [list(pair) for pair in rows.ranges],
        "repealed_chapters": list(rows.repealed_chapters),
        "renumbered": [list(pair) for pair in rows.renumbered],
        "repeals_act": rows.repeals_act,
        "modifications": [_dump_one(one) for one in rows.modifications],
    }


def load(kept: Mapping[str, Any]) -> AmendingRows:
    """The rows that `dump` wrote."""
    fields = dict(kept)
    fields |= {name: _day(kept[name]) for name in DAYS}
    for name in ("headings", "new_chapters"):
        fields[name] = {(first, second): words for first, second, words in kept[name]}
    return AmendingRows(
        **fields
        | {
            "amends": tuple(kept["amends"]),
            "languages": tuple(kept["languages"]),
            "ranges": [tuple(pair) for pair in kept["ranges"]],
            "renumbered": [tuple(pair) for pair in kept.get("renumbered", ())],
            "modifications": [_load_one(one) for one in kept["modifications"]],
        }
    )


def _dump_one(modification: Modification) -> dict[str, Any]:
    kept = {
        name: getattr(modification, name)
        for name in ("section", "action", "where", "chapter", "swedish_alone")
    }
    wording = {
        language: asdict(words) if isinstance(words, Wording) else [asdict(one) for one in words]
        for language, words in modification.wording.items()
    }
    return kept | {"day": _iso(modification.day), "wording": wording}


def _load_one(kept: Mapping[str, Any]) -> Modification:
    wording: dict[str, Wording | Sequence[TextualModification]] = {
        language: Wording(**words)
        if isinstance(words, Mapping)
        else [TextualModification(**one) for one in words]
        for language, words in kept["wording"].items()
    }
    return Modification(**{**kept, "day": _day(kept["day"]), "wording": wording})


def _pairs(rows: Mapping[tuple[str, str], str]) -> list[list[str]]:
    return [[*key, words] for key, words in rows.items()]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None

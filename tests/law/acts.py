"""The invented act 900/2026, and acts that amend it: their words are written out by hand."""

import json
from datetime import date

import pytest

from law import parsers, services
from law.models import AmendmentEffect, SectionVersion
from portal.errors import BrokenFileError
from tests.factories.law import (
    ActFactory,
    ChapterFactory,
    SectionFactory,
    SectionVersionFactory,
)

START = date(2026, 1, 1)
CHAPTERS = {"1": ("1", "2"), "2": ("3", "4")}


def first_words(number):
    """How the sections of the invented act begin, in Finnish and in Swedish."""
    if number == "1":
        items = (
            ["1) neuvoa;", "2) auttaa;", "3) tukea."],
            ["1) ge råd;", "2) hjälpa;", "3) stödja."],
        )
        return [
            [{"text": intro, "items": listed}]
            for intro, listed in zip(("Kunta voi:", "Kommunen kan:"), items, strict=True)
        ]
    return [
        [{"text": f"{word} {number}:{place}.", "items": []} for place in (1, 2)]
        for word in ("Alku", "Början")
    ]


def invented_act():
    """Act 900/2026: chapters 1 and 2, sections 1 to 4, in force from the beginning of 2026."""
    act = ActFactory(number=900, year=2026, given_on=date(2025, 12, 1), in_force_from=START)
    position = 0
    for number, sections in CHAPTERS.items():
        chapter = ChapterFactory(act=act, number=number, position=int(number))
        for name in sections:
            position += 1
            finnish, swedish = first_words(name)
            SectionVersionFactory(
                section=SectionFactory(
                    act=act,
                    chapter=chapter,
                    number=name,
                    position=position,
                    name_fi=f"Otsikko {name}",
                ),
                valid_from=START,
                heading_fi=f"Otsikko {name}",
                heading_sv=f"Rubrik {name}",
                text_fi=finnish,
                text_sv=swedish,
            )
    return act


def said(number="10/2026", day="2026-09-01", **content):
    """An amending act as our own format says it."""
    return {
        "amends": "900/2026",
        "number": number,
        "source": "Invented",
        "given_on": "2026-02-01",
        "in_force_from": day,
        **content,
    }


def read(content):
    return parsers.read_text("act.json", json.dumps(content))


def amend(number="10/2026", day="2026-09-01", **content):
    return services.import_files([read(said(number, day, **content))], decided=True)


def refused(*words, number="10/2026", day="2026-09-01", **content):
    """The act is refused, the refusal says all the words, and nothing has changed."""
    before = list(SectionVersion.objects.order_by("pk").values())
    with pytest.raises(BrokenFileError) as refusal:
        amend(number, day, **content)
    for word in words:
        assert word in str(refusal.value)
    assert list(SectionVersion.objects.order_by("pk").values()) == before
    assert not AmendmentEffect.objects.filter(amendment__number=number.split("/")[0]).exists()


def whole(number, words, **more):
    return {
        "number": number,
        "heading": {"fi": f"Otsikko {words}", "sv": f"Rubrik {words}"},
        "text": {"fi": [f"{words} fi."], "sv": [f"{words} sv."]},
        **more,
    }


def part(number, subsection, finnish, swedish, **more):
    entry = {"number": subsection, "text": {"fi": finnish, "sv": swedish}, **more}
    return {"number": number, "subsections": [entry]}


def on(day, number, language="fi"):
    """The section's text on a day as lines; empty where it is not in force."""
    versions = SectionVersion.objects.filter(section__number=number).on(date.fromisoformat(day))
    found = [
        line
        for version in versions
        for one in getattr(version, f"text_{language}")
        for line in (one["text"], *one.get("items", ()))
    ]
    assert len(versions) <= 1
    return found


def effects(number):
    return list(
        AmendmentEffect.objects.filter(section__number=number)
        .order_by("day", "amendment")
        .values_list("amendment__number", "day")
    )

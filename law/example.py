"""The Example Act of a try-out, from starter/example.toml: invented, marked, and no law.

Its days count from the day on which it is entered, so that something is always coming.
"""

import json
import tomllib
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from portal.days import months_after
from portal.languages import LANGUAGES

from . import bills, incoming, services
from .models import Act, AmendmentEffect, PendingBill, Section, SectionVersion
from .parsers import json_format
from .parsers.parsed import ActRows, AmendingRows

FILE = Path(__file__).parent / "starter" / "example.toml"
SOURCE = "Invented example"
UNCHECKED = timedelta(days=40)  # since somebody confirmed the stage of the bill
BILL = "example-bill"


def is_there() -> bool:
    return Act.objects.filter(example=True).exists()


@transaction.atomic
def enter(today: date) -> Act:
    """The act as it was given, with its summaries, marked as an example."""
    said = _said()
    rows = json_format.read(SOURCE, json.dumps(_act(said, today)))
    if not isinstance(rows, ActRows):
        raise TypeError(f"{FILE.name} does not give an act")
    services.import_act(rows)
    act = Act.objects.get(number=rows.number, year=rows.year)
    act.example = True
    act.save(update_fields=["example"])
    summaries = {
        one["number"]: one["summary"] for chapter in said["chapter"] for one in chapter["section"]
    }
    for section in act.sections.all():
        for language in LANGUAGES:
            setattr(section, f"summary_{language}", summaries[section.number][language])
        section.save(update_fields=Section.SUMMARIES)
    return act


@transaction.atomic
def amend(act: Act, today: date) -> None:
    """Take its amendments into use, let one wait for a lawyer, and enter a bill that is pending."""
    said = _said()
    services.import_files([_amendment(act, one, today) for one in said["amendment"]])
    incoming.propose([_amendment(act, one, today) for one in said["waiting"]])
    words = said["bill"]
    bill = PendingBill(
        key=BILL,
        stage=words["stage"],
        planned_on=months_after(today, words["planned"]).replace(day=1),
        planned_as=PendingBill.Precision.MONTH,
        confirmed_on=today - UNCHECKED,
    )
    for language in LANGUAGES:
        setattr(bill, f"name_{language}", words[language]["name"])
        setattr(bill, f"summary_{language}", words[language]["summary"])
    bill.save()
    bill.acts.set([act])
    bill.sections.set(act.sections.filter(number__in=words["sections"]))
    bills.entered(bill)


@transaction.atomic
def remove() -> int:
    """Take the act away with its wordings, reviews and bill; returns how many rows that were."""
    bills_gone, _by_model = PendingBill.objects.filter(key=BILL).delete()
    acts = Act.objects.filter(example=True)
    AmendmentEffect.objects.filter(section__act__in=acts).delete()
    SectionVersion.objects.filter(section__act__in=acts).delete()
    acts_gone, _by_model = acts.delete()
    return bills_gone + acts_gone


def _said() -> dict:
    return tomllib.loads(FILE.read_text())


def _days(entry: dict, today: date) -> dict[str, str]:
    return {
        name: months_after(today, entry[short]).isoformat()
        for name, short in (
            ("given_on", "given"),
            ("in_force_from", "in_force"),
            ("valid_until", "valid_until"),
        )
        if short in entry
    }


def _act(said: dict, today: date) -> dict:
    days = _days(said, today)
    return {
        "meta": {
            "number": f"{said['number']}/{days['given_on'][:4]}",
            "title": said["title"],
            "short_title": said["short"],
            "source": SOURCE,
            **days,
        },
        "chapters": [
            {
                "number": chapter["number"],
                "heading": chapter["heading"],
                "sections": [
                    {
                        "number": one["number"],
                        "heading": one["heading"],
                        "status": "in_force",
                        "text": {"fi": one["fi"], "sv": one["sv"]},
                    }
                    for one in chapter["section"]
                ],
            }
            for chapter in said["chapter"]
        ],
    }


def _amendment(act: Act, entry: dict, today: date) -> AmendingRows:
    days = _days(entry, today)
    content = {
        "amends": act.reference,
        "number": f"{entry['number']}/{days['given_on'][:4]}",
        "source": SOURCE,
        **days,
        "changed": [
            {
                "number": entry["section"],
                "heading": entry["heading"],
                "text": {"fi": entry["fi"], "sv": entry["sv"]},
            }
        ],
    }
    rows = json_format.read(SOURCE, json.dumps(content))
    if not isinstance(rows, AmendingRows):
        raise TypeError(f"{FILE.name} does not give an amending act")
    return rows

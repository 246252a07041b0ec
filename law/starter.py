"""The law of a new portal: the Act, the portal's own summaries of sections, pending bills."""

import tomllib
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import ModelLogEntry

from portal.importing import Changes, Progress, StarterStep, unheard
from portal.languages import LANGUAGES

from . import bills, parsers, services
from .models import Act, PendingBill, Section

BILLS = Path(__file__).parent / "starter" / "bills.toml"
SUMMARIES = Path(__file__).parent / "starter" / "sections.toml"
STEPS = [
    StarterStep("The Integration Act", "law.starter.load"),
    StarterStep("Pending bills", "law.starter.load_bills", later=True),
]


def load(progress: Progress = unheard) -> None:
    """Take the shipped Act in and give its sections their summaries; a second run changes nothing.

    A summary that somebody has rewritten on the portal stays as it is; the others are brought up
    to the file.
    """
    rows = parsers.read(parsers.SHIPPED)
    services.import_act(rows, progress)
    summaries = {
        entry["number"].replace(" ", ""): entry["summary"]
        for entry in tomllib.loads(SUMMARIES.read_text())["section"]
    }
    rewritten = set(
        ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(Section), action="wagtail.edit"
        ).values_list("object_id", flat=True)
    )
    changes = Changes()
    for section in Act.objects.get(number=rows.number, year=rows.year).sections.all():
        words = summaries.get(section.number)
        if words and str(section.pk) not in rewritten:
            changes.upsert(
                section, {f"summary_{language}": words[language] for language in LANGUAGES}
            )


def load_bills(progress: Progress = unheard) -> None:
    """Enter the bills that are missing; one that is there stays as lawyers have left it.

    Each says on which day its source told of its stage: nobody has confirmed it since.
    """
    entries = tomllib.loads(BILLS.read_text())["bill"]
    there = set(PendingBill.objects.values_list("key", flat=True))
    acts = {act.reference: act for act in Act.objects.all()}
    for done, entry in enumerate(entries, start=1):
        changed = [acts[one] for one in entry.pop("acts") if one in acts]
        if entry["key"] not in there and changed:
            _enter(entry, changed)
        progress(done, len(entries))


@transaction.atomic
def _enter(entry: dict, acts: list[Act]) -> None:
    words = {language: entry.pop(language) for language in LANGUAGES}
    bill = PendingBill(**entry)
    for language, said in words.items():
        setattr(bill, f"name_{language}", said["name"])
        setattr(bill, f"summary_{language}", said["summary"].strip())
    bill.save()
    bill.acts.set(acts)
    bills.entered(bill)

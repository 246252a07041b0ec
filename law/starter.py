"""The law of a new portal: the Integration Act, and the portal's own summaries of its sections."""

import tomllib
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from portal.importing import Changes, Progress, StarterStep, unheard
from portal.languages import LANGUAGES

from . import parsers, services
from .models import Act, Section

SUMMARIES = Path(__file__).parent / "starter" / "sections.toml"
STEPS = [
    StarterStep("The Integration Act", "law.starter.load"),
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

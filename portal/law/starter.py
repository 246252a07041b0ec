"""The law of a new portal: the Integration Act, and the portal's own summaries of its sections."""

import tomllib
from pathlib import Path

from portal.importing import Changes, Progress, unheard
from portal.languages import LANGUAGES

from . import reading, services
from .models import Act

SUMMARIES = Path(__file__).parent / "starter" / "sections.toml"


def load(progress: Progress = unheard) -> None:
    """Take the shipped Act in and give its sections their summaries; a second run changes nothing.

    A summary that somebody has rewritten on the portal stays as it is.
    """
    rows = reading.read(reading.SHIPPED)
    services.take_in(rows, progress)
    summaries = {
        entry["number"].replace(" ", ""): entry["summary"]
        for entry in tomllib.loads(SUMMARIES.read_text())["section"]
    }
    changes = Changes()
    for section in Act.objects.get(number=rows.number, year=rows.year).sections.all():
        words = summaries.get(section.number)
        if words and not section.summary_fi:
            changes.bring(
                section, {f"summary_{language}": words[language] for language in LANGUAGES}
            )

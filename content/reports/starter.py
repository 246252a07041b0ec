"""The example report of a new portal: starter/report-2025.toml, on the example datasets.

It is published once, after the worker has loaded the datasets that its figures are bound to.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from wagtail.signal_handlers import disable_reference_index_auto_update

from content.pages.starter import Words, Writer
from monitoring.datasets.models import Dataset
from portal.importing import Progress, StarterStep, unheard
from portal.languages import LANGUAGES

from .models import AnnualReportPage

FILE = Path(__file__).parent / "starter" / "report-2025.toml"
KINDS = {
    "report": (AnnualReportPage, {"fi": "raportit", "sv": "rapporter", "en": "reports"}),
}
STEPS = [StarterStep("Example annual report", "content.reports.starter.load", later=True)]
NOTHING = dict.fromkeys(("kind", "by", "area", "time", "codes"), "")


@transaction.atomic
def load(progress: Progress = unheard) -> None:
    """Make the report in three languages, unless its datasets are not there.

    What an editor has touched stays. Raises StarterError (content.pages.starter) when the file is
    not in order; then nothing is changed.
    """
    every = list(words())
    datasets = {one.slug: one for one in Dataset.objects.published()}
    wanted = {entry["dataset"] for entry in every[0].text["body"] if entry["type"] == "figure"}
    if wanted - datasets.keys():
        progress(1, 1)
        return
    with disable_reference_index_auto_update():
        ReportWriter(datasets).write(every, progress)


def words() -> Iterator[Words]:
    """The report in each language: its text, and the same figures."""
    entry = tomllib.loads(FILE.read_text())
    for language in LANGUAGES:
        body = [{"type": "text", "html": entry["introduction"][language]}]
        for chapter in entry["chapter"]:
            body.append({"type": "chapter", "part": chapter["part"]})
            body.append({"type": "text", "html": chapter[language]})
            body += [{"type": "figure", **figure} for figure in chapter["figures"]]
        yield Words(entry["key"], "report", language, entry, {**entry[language], "body": body})


class ReportWriter(Writer):
    """Writes a report as other pages are written, with its chapters and bound figures."""

    kinds = KINDS

    def __init__(self, datasets: dict[str, Dataset]):
        super().__init__()
        self.datasets = datasets

    def fields(self, words: Words) -> dict:
        return super().fields(words) | {"year": words.about["year"], "example": True}

    def value(self, block: dict, words: Words):
        if block["type"] == "chapter":
            return {"part": block["part"]}
        if block["type"] == "figure":
            asked = {name: word for name, word in block.items() if name in NOTHING}
            return {**NOTHING, **asked, "dataset": self.datasets[block["dataset"]].pk}
        return super().value(block, words)

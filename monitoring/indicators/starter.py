"""The indicators and the published values that a new portal starts with."""

import tomllib
from pathlib import Path

from law.models import Section
from portal.importing import Progress, StarterStep, unheard
from portal.languages import LANGUAGES
from portal.topics.models import Topic

from .models import Indicator, IndicatorSection
from .services import earlier_release, import_file
from .validation import checksum

DATA = Path(__file__).parent / "data"
NOTE = "Values published by the Ministry, the KEHA Centre and Statistics Finland."
PLAIN = ("kind", "decimals", "period", "source_type", "source_url", "domain")
IN_LANGUAGES = (
    "name",
    "short",
    "unit",
    "source",
    "purpose",
    "limits",
    "misreading",
    "coverage",
)
STEPS = [
    StarterStep("Indicators", "monitoring.indicators.starter.load_indicators"),
    StarterStep("Example figures", "monitoring.indicators.starter.load_values", later=True),
]


def load(progress: Progress = unheard) -> None:
    """The indicators, then their values."""
    load_indicators(progress)
    load_values(progress)


def load_indicators(progress: Progress = unheard) -> None:
    """Make or update the indicators of data/indicators.toml.

    Links to topics and to sections of the law are made to those that have been loaded.
    """
    entries = tomllib.loads((DATA / "indicators.toml").read_text())["indicator"]
    topics = {topic.key: topic for topic in Topic.objects.all()}
    sections = {
        f"{section.act.reference}:{section.number}": section
        for section in Section.objects.select_related("act")
    }
    for done, entry in enumerate(entries, start=1):
        fields = {name: entry[name] for name in PLAIN} | {
            f"{name}_{language}": entry[name][language]
            for name in IN_LANGUAGES
            for language in LANGUAGES
        }
        indicator, _made = Indicator.objects.update_or_create(
            slug=entry["slug"], defaults=fields, create_defaults=fields | {"published": True}
        )
        indicator.topics.set([topics[key] for key in entry["topics"] if key in topics])
        indicator.section_links.set(
            [
                IndicatorSection(section=sections[key], sort_order=order)
                for order, key in enumerate(entry["sections"])
                if key in sections
            ]
        )
        indicator.save()
        progress(done, len(entries))


def load_values(progress: Progress = unheard) -> None:
    """Import data/published.csv; a file that was imported before is not imported again.

    So what came after it stays.
    """
    published = DATA / "published.csv"
    content = published.read_bytes()
    if earlier_release(checksum(content)) is None:
        import_file(content, published.name, note=NOTE)
    progress(1, 1)

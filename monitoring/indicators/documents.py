"""Indicators as the search finds them."""

from collections.abc import Iterator

from django.db.models import QuerySet

from portal.languages import LANGUAGES, in_language, in_words
from portal.search_api import Entry


def indicators(rows: QuerySet) -> Iterator[Entry]:
    """Published indicators: what they measure, from which source, and what they cannot tell."""
    for indicator in rows.prefetch_related("topics"):
        for language in LANGUAGES:
            with in_language(language):
                yield Entry(
                    kind="indicator",
                    key=str(indicator.pk),
                    language=language,
                    title=indicator.name,
                    path=indicator.get_absolute_url(),
                    summary=in_words(indicator, "purpose"),
                    body="\n".join(
                        in_words(indicator, field) for field in ("limits", "misreading", "coverage")
                    ),
                    words=f"{indicator.short} {indicator.unit}",
                    trail=[indicator.get_domain_display(), in_words(indicator, "source")],
                    topics=[topic.key for topic in indicator.topics.all()],
                    boost=1.1,
                )

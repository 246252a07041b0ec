"""What may tell who a person is, in an answer that is about to be published in the editor.

The words for everyone were screened when they were prepared; here each later publication is, in
each language. What readers can see already has been looked at, and is not asked about again.
"""

from collections.abc import Mapping
from typing import Any

from portal.linguistics.personal_data import Finding, find

TEXTS = ("title", "slug", "seo_title", "search_description", "summary", "asked", "change_note")


def texts_of(page, fields: Mapping[str, Any] | None = None) -> list[str]:
    """All that readers see of a page, with what a form has for it in `fields`."""
    now = {name: getattr(page, name) for name in (*TEXTS, "body")} | dict(fields or {})
    texts = {name: now[name] or "" for name in TEXTS}
    return [
        texts["slug"].replace("-", " "),
        *texts.values(),
        *now["body"].stream_block.get_searchable_content(now["body"]),
    ]


def new_in(texts: list[str], page) -> list[Finding]:
    """What is found in the texts, each thing once, but for what the page says already.

    That is what it says in public, in any of its languages.
    """
    found = {one.key: one for text in texts for one in find(str(text))}
    if not found:
        return []
    shown = type(page).objects.filter(translation_key=page.translation_key, live=True)
    known = {one.key for each in shown for text in texts_of(each) for one in find(str(text))}
    return [one for key, one in found.items() if key not in known]


def listed(findings: list[Finding]) -> str:
    """The findings in a row, each with its kind: “040 123 4567” (telephone number)."""
    return ", ".join(f"“{one.words}” ({one.kind.label})" for one in findings)

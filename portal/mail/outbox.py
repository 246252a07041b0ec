"""Writing letters: `write` puts one in the outbox; the worker sends it."""

import re
from typing import NamedTuple

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils import timezone

from portal.languages import in_language

from .models import Letter

LONGEST_SUBJECT = 255
MANY_EMPTY_LINES = re.compile(r"\n{3,}")


class Words(NamedTuple):
    """What a letter says; `html` is empty when the sender lays it around the text."""

    subject: str
    text: str
    html: str


def rendered(template: str, language: str, context: dict) -> Words:
    """The words of a letter in a language: `templates/letters/<template>.subject.txt` and `.txt`.

    A letter with headings and named links has an `.html` of its own besides. `context` goes to
    all, with `site_url` added for links. A subject is one line, so that it adds no header.
    """
    context = {**context, "site_url": settings.SITE_URL, "language": language}
    with in_language(language):
        subject = " ".join(render_to_string(f"letters/{template}.subject.txt", context).split())
        if len(subject) > LONGEST_SUBJECT:
            subject = f"{subject[: LONGEST_SUBJECT - 1]}…"
        text = render_to_string(f"letters/{template}.txt", context).strip() + "\n"
        text = MANY_EMPTY_LINES.sub("\n\n", text)
        page = _page(f"letters/{template}.html")
        html = page.render({**context, "subject": subject}) if page else ""
    return Words(subject, text, html)


def _page(name: str):
    try:
        return get_template(name)
    except TemplateDoesNotExist:
        return None


def draft(
    template: str,
    *,
    to: str,
    language: str,
    context: dict,
    headers: dict | None = None,
    holds_key: bool = False,
    plain: bool = False,
    calendar: str = "",
) -> Letter:
    """A letter with the words of `rendered`, not saved."""
    words = rendered(template, language, context)
    return Letter(
        template=template,
        to=to,
        language=language,
        headers=headers or {},
        holds_key=holds_key,
        plain=plain,
        calendar=calendar,
        not_before=timezone.now(),
        **words._asdict(),
    )


def write(template: str, **said) -> Letter:
    """Put a letter in the outbox, in the reader's language, within the caller's transaction.

    Takes what `draft` takes. `holds_key`: whoever has the words of the letter has what it opens, so
    the outbox shows them to nobody and forgets them when the letter is sent. `plain`: without HTML,
    for what carries somebody's words. `calendar`: iCalendar with a METHOD, which goes with the
    letter as a part of its own and is forgotten where its words are.
    """
    letter = draft(template, **said)
    letter.save(force_insert=True)
    return letter

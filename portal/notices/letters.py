"""Writing letters: `write` puts one in the outbox; the worker sends it."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from portal.languages import in_language

from .models import Letter


def write(
    template: str, *, to: str, language: str, context: dict, headers: dict | None = None
) -> Letter:
    """Put a letter in the outbox, in the reader's language, within the caller's transaction.

    `templates/letters/<template>.subject.txt` and `.txt` are its words (`.html` is laid around the
    text by the sender); `context` goes to both, with `site_url` added for links. Returns the row.
    """
    context = {**context, "site_url": settings.SITE_URL, "language": language}
    with in_language(language):
        subject = " ".join(render_to_string(f"letters/{template}.subject.txt", context).split())
        text = render_to_string(f"letters/{template}.txt", context).strip() + "\n"
    return Letter.objects.create(
        template=template,
        to=to,
        language=language,
        subject=subject,
        text=text,
        headers=headers or {},
        not_before=timezone.now(),
    )

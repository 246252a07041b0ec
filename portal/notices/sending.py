"""Sending letters: claim one, send it, mark it, and the next, as long as a turn lasts.

A letter that was claimed by a worker that died is sent again when its claim has run out, under the
same Message-ID: none is ever lost, and only the one in flight can come twice.
"""

from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from time import monotonic
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from portal.languages import in_language

from . import digests
from .models import Letter

SECONDS_A_TURN = 2.0
FRESH = timedelta(minutes=10)
TRIES = 8
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=12)
KEPT = timedelta(days=90)

logger = structlog.get_logger(__name__)


def send_due() -> int:
    """Send what is due over one connection, for as long as a turn may take; how many were tried."""
    until, tried = monotonic() + SECONDS_A_TURN, 0
    connection = get_connection()
    try:
        while monotonic() < until and send_next(connection):
            tried += 1
    finally:
        _close(connection)
    return tried


def send_next(connection: BaseEmailBackend | None = None) -> int:
    """Send the letter that has waited longest; returns how many were tried, 0 or 1."""
    letter = claim()
    if letter is None:
        return 0
    if not _may_still_go(letter):
        logger.info("letter_dropped", letter=str(letter.key), template=letter.template)
        letter.delete()
        return 1
    connection = connection or get_connection()
    try:
        connection.open()
        connection.send_messages([message_of(letter)])
    except SMTPRecipientsRefused as error:
        refused = [code for code, _answer in error.recipients.values()]
        postpone(letter, error, for_good=all(code >= 500 for code in refused))
    except ValueError as error:  # a header or an address that no server would take
        postpone(letter, error, for_good=True)
    except (SMTPException, OSError) as error:
        _close(connection)
        postpone(letter, error)
    else:
        Letter.objects.filter(pk=letter.pk).update(
            sent_at=timezone.now(), claimed_until=None, error=""
        )
        logger.info("letter_sent", letter=str(letter.key), template=letter.template)
    return 1


def _close(connection: BaseEmailBackend) -> None:
    """Leave the server, also one that is gone."""
    with suppress(SMTPException, OSError):
        connection.close()


def _may_still_go(letter: Letter) -> bool:
    """Whether a letter still says what it may; what has waited is written anew before it goes.

    A digest whose reader has stopped all letters, or may see nothing of it any more, does not go.
    """
    if letter.template != digests.TEMPLATE:
        return True
    fresh = timezone.now() - letter.created_at < FRESH
    if fresh and not digests.something_went_since(letter):
        return letter.notices.exists()
    return digests.write_anew(letter)


@transaction.atomic
def claim() -> Letter | None:
    """Take the next letter that is due, so that no other worker takes it for some minutes."""
    letter = (
        Letter.objects.due()
        .select_for_update(skip_locked=True)
        .order_by("not_before", "pk")
        .first()
    )
    if letter is None:
        return None
    letter.attempts += 1
    letter.claimed_until = timezone.now() + timedelta(seconds=settings.LETTER_CLAIM_SECONDS)
    Letter.objects.filter(pk=letter.pk).update(
        attempts=letter.attempts, claimed_until=letter.claimed_until
    )
    return letter


def postpone(letter: Letter, error: Exception, *, for_good: bool = False) -> None:
    """Try again later, four times as late each time; give up when told to or after eight tries."""
    now = timezone.now()
    letter.error = f"{type(error).__name__}: {error}"[:255]
    letter.claimed_until = None
    if for_good or letter.attempts >= TRIES:
        letter.given_up_at = now
    else:
        letter.not_before = now + min(FIRST_PAUSE * 4 ** (letter.attempts - 1), LONGEST_PAUSE)
    letter.save(update_fields=["error", "claimed_until", "given_up_at", "not_before"])
    logger.warning(
        "letter_not_sent",
        letter=str(letter.key),
        error=type(error).__name__,
        attempts=letter.attempts,
        given_up=letter.given_up_at is not None,
    )


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """The letter as mail: text, the same as simple HTML, and a Message-ID made of its key.

    Each closes with the same words on who sent it; a letter with an HTML of its own has them.
    """
    text, html = letter.text, letter.html
    if not html:
        with in_language(letter.language):
            closing = render_to_string("letters/closing.txt")
            said = {"language": letter.language, "subject": letter.subject, "text": letter.text}
            html = render_to_string("letters/frame.html", said)
        text = f"{text.rstrip()}\n\n--\n{closing}\n"
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=text,
        to=[letter.to],
        headers={
            "Message-ID": f"<{letter.key}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
            **letter.headers,
        },
    )
    message.attach_alternative(html, "text/html")
    return message


def send_again(letter: Letter) -> None:
    """Put a letter that was given up back in the outbox, with all its tries."""
    letter.given_up_at, letter.attempts, letter.error = None, 0, ""
    letter.not_before = timezone.now()
    letter.save(update_fields=["given_up_at", "attempts", "error", "not_before"])


def clear_old() -> None:
    """Forget letters that were written more than ninety days ago, unless they still wait."""
    old = Letter.objects.filter(created_at__lt=timezone.now() - KEPT)
    old.exclude(sent_at=None, given_up_at=None).delete()

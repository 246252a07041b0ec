"""Sending letters: claim one, send it, mark it, and the next, as long as a turn lasts.

A letter that was claimed by a worker that died is sent again when its claim has run out, under the
same Message-ID: none is ever lost, and only the one in flight can come twice. The mail server's own
trouble is no letter's: see `refusals`.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPException
from time import monotonic
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from portal.languages import in_language

from .message import LetterMessage
from .models import Letter, LetterQuerySet, MailTrouble
from .refusals import Refusal, meaning_of

SECONDS_A_TURN = 2.0
TRIES = 8
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=12)
KEPT = timedelta(days=90)

logger = structlog.get_logger(__name__)
_re_renderers: dict[str, Callable[[Letter], bool]] = {}


def register(template: str, re_render: Callable[[Letter], bool]) -> None:
    """Letters of `template` are written anew as they go: `re_render` puts into one what its reader
    may see now and saves it, or answers False, and the letter does not go.
    """
    _re_renderers[template] = re_render


class ServerInTroubleError(Exception):
    """The mail server takes no letter just now; the letter that met it waits, untried."""


def send_due() -> int:
    """Send what is due over one connection, for as long as a turn may take; how many were tried.

    The mail server's own trouble ends the turn. One that took nothing in the turn is noted, and
    asked again after a pause that grows with it (`MailTrouble.next_try`).
    """
    trouble = MailTrouble.now()
    if trouble and timezone.now() < trouble.next_try:
        return 0
    until, tried = monotonic() + SECONDS_A_TURN, 0
    connection = get_connection()
    try:
        while monotonic() < until and send_next(connection):
            tried += 1
    except ServerInTroubleError as error:
        if not tried:
            MailTrouble.note(str(error))
        logger.warning(
            "mail_server_in_trouble", error=str(error).partition(":")[0], sent_before=tried
        )
    finally:
        _close(connection)
    return tried


def send_next(connection: BaseEmailBackend | None = None) -> int:
    """Send the letter that has waited longest; returns how many were tried, 0 or 1.

    ServerInTroubleError when the server's answer was not about this letter: it waits behind the
    others, with all its tries.
    """
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
    except (SMTPException, OSError, ValueError) as error:
        _refused(letter, error, connection)
    else:
        _sent(letter)
    MailTrouble.over()
    return 1


def _refused(letter: Letter, error: Exception, connection: BaseEmailBackend) -> None:
    meaning = meaning_of(error)
    said = f"{type(error).__name__}: {error}"
    if meaning is Refusal.SERVER:
        _close(connection)
        Letter.objects.filter(pk=letter.pk).update(
            claimed_until=None,
            error=said[:255],
            not_before=timezone.now() + MailTrouble.SHORTEST_PAUSE,
        )
        raise ServerInTroubleError(said) from error
    postpone(letter, said, for_good=meaning is Refusal.READER)


def _sent(letter: Letter) -> None:
    """Mark a letter as sent; the words of one that held a key are forgotten."""
    fields = {"sent_at": timezone.now(), "claimed_until": None, "error": ""}
    if letter.holds_key:
        fields |= {"text": "", "html": "", "calendar": ""}
    Letter.objects.filter(pk=letter.pk).update(attempts=letter.attempts + 1, **fields)
    logger.info("letter_sent", letter=str(letter.key), template=letter.template)


def _close(connection: BaseEmailBackend) -> None:
    """Leave the server, also one that is gone."""
    with suppress(SMTPException, OSError):
        connection.close()


def _may_still_go(letter: Letter) -> bool:
    """Whether a letter still says what it may: a digest is written anew as it goes.

    One whose reader has stopped all letters, or may see nothing of it any more, does not go.
    """
    re_render = _re_renderers.get(letter.template)
    return re_render is None or re_render(letter)


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
    letter.claimed_until = timezone.now() + timedelta(seconds=settings.LETTER_CLAIM_SECONDS)
    Letter.objects.filter(pk=letter.pk).update(claimed_until=letter.claimed_until)
    return letter


def postpone(letter: Letter, error: str, *, for_good: bool = False) -> None:
    """Count a try, and try again later, four times as late each time.

    A letter is given up when it can never go, or after eight tries.
    """
    now = timezone.now()
    letter.attempts += 1
    letter.error = error[:255]
    letter.claimed_until = None
    if for_good or letter.attempts >= TRIES:
        letter.given_up_at = now
    else:
        letter.not_before = now + min(FIRST_PAUSE * 4 ** (letter.attempts - 1), LONGEST_PAUSE)
    letter.save(update_fields=["attempts", "error", "claimed_until", "given_up_at", "not_before"])
    logger.warning(
        "letter_not_sent",
        letter=str(letter.key),
        error=error.partition(":")[0],
        attempts=letter.attempts,
        given_up=letter.given_up_at is not None,
    )


def message_of(letter: Letter) -> LetterMessage:
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
    message = LetterMessage(
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
    if not letter.plain:
        message.attach_alternative(html, "text/html")
    if letter.calendar:
        # RFC 6047: the part that Outlook and Gmail act on. Others take the file in by hand.
        kind = f"text/calendar; method={letter.calendar_method}"
        message.attach_alternative(letter.calendar, kind)
        message.attach("invite.ics", letter.calendar.encode(), "application/ics")
    return message


def send_again(given_up: LetterQuerySet) -> int:
    """Put letters that were given up back in the outbox, with all their tries; how many."""
    return given_up.given_up().update(
        given_up_at=None, attempts=0, error="", not_before=timezone.now()
    )


def clear_old() -> None:
    """Forget letters that were written more than ninety days ago, unless they still wait."""
    old = Letter.objects.filter(created_at__lt=timezone.now() - KEPT)
    old.exclude(sent_at=None, given_up_at=None).delete()

"""Mail that comes in: `receive` takes one message, once, whoever brings it.

Two bring it: the worker, from the folder of INBOX_URL, and `manage.py receive_mail`, from a mail
server of one's own. The portal listens on no port for mail.
"""

from collections.abc import Callable
from datetime import timedelta
from imaplib import IMAP4
from urllib.parse import unquote, urlsplit

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from imap_tools import (
    BaseMailBox,
    ImapToolsError,
    MailBox,
    MailBoxStartTls,
    MailBoxUnencrypted,
    MailMessageFlags,
)

from . import reading
from .models import Letter, ReaderMailbox, ReceivedMail
from .refusals import is_about_the_reader
from .sending import KEPT

logger = structlog.get_logger(__name__)

LARGEST = 25 * 1024 * 1024
SECONDS = 20  # for an answer of the server
A_TURN = 100  # messages that are fetched at once
WAYS: dict[str, tuple[Callable[..., BaseMailBox], int]] = {
    "imaps": (MailBox, 993),
    "imap+tls": (MailBoxStartTls, 143),
    "imap": (MailBoxUnencrypted, 143),  # on the same machine, and in tests
}
Kind = ReceivedMail.Kind


class TooLargeError(Exception):
    """The message is larger than any that is taken in."""


@transaction.atomic
def receive(raw: bytes) -> ReceivedMail | None:
    """Take in an RFC 5322 message and do what it asks for; None when it was taken in before.

    A bounce (RFC 3464) that names a letter of ours marks that letter, and its reader's mailbox when
    the reason is the address; an automatic answer (RFC 3834) is noted with the mailbox and answers
    nothing. TooLargeError above LARGEST bytes.
    """
    if len(raw) > LARGEST:
        raise TooLargeError
    message = reading.parsed(raw)
    found = reading.reports(message)
    letter = _letter_of(message)
    kind = _kind(message, found)
    row = ReceivedMail(
        fingerprint=reading.fingerprint(message),
        message_id=reading.header(message, "Message-ID")[: reading.LONGEST_HEADER],
        kind=kind,
        sender=reading.sender(message),
        subject=reading.header(message, "Subject")[: reading.LONGEST_HEADER],
        text=reading.text_of(message) if kind == Kind.MESSAGE else "",
        letter=letter,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if ReceivedMail.objects.filter(fingerprint=row.fingerprint).exists():
            return None
        raise
    if letter and kind == Kind.BOUNCE:
        _came_back(letter, next(each for each in found if each.failed))
    elif letter and kind == Kind.AUTOMATIC:
        _mailbox(letter.to, answered_at=row.received_at)
    logger.info("mail_received", kind=kind, letter=str(letter.key) if letter else "")
    return row


def _kind(message: reading.Message, found: list[reading.Report]) -> Kind:
    if found:
        return Kind.BOUNCE if any(each.failed for each in found) else Kind.DELAY
    return Kind.AUTOMATIC if reading.is_automatic(message) else Kind.MESSAGE


def _letter_of(message: reading.Message) -> Letter | None:
    keys = reading.keys_of_letters(message, urlsplit(settings.SITE_URL).hostname or "")
    return Letter.objects.filter(key__in=keys[:20]).first()


def _came_back(letter: Letter, report: reading.Report) -> None:
    """Mark the letter; and the mailbox, when the status is about the address and for good."""
    now = timezone.now()
    Letter.objects.filter(pk=letter.pk, bounced_at=None).update(
        bounced_at=now, error=f"{report.action} {report.status}".strip()
    )
    if is_about_the_reader(report.status):
        _mailbox(letter.to, bounced_at=now, status=report.status)


def _mailbox(address: str, **learnt) -> None:
    ReaderMailbox.objects.update_or_create(address=address.lower(), defaults=learnt)


def fetch_inbox() -> int:
    """Take in what is unread in the folder of INBOX_URL, and mark it as read; how many.

    A message is marked after it is kept, so one that was fetched by a worker that died comes again
    and is known. A server that is away is a line of the log, and asked again the next time. Nothing
    is deleted: that is the mailbox's own matter.
    """
    if not settings.INBOX_URL:
        return 0
    try:
        with _opened(settings.INBOX_URL) as box:
            unread = box.uids("UNSEEN")[:A_TURN]
            for uid in unread:
                _take(box, uid)
            return len(unread)
    except (OSError, IMAP4.error, ImapToolsError) as error:
        logger.warning("inbox_away", reason=type(error).__name__)
        return 0


def _take(box: BaseMailBox, uid: str) -> None:
    _status, answer = box.client.uid("FETCH", uid, "(BODY.PEEK[])")
    for piece in answer:
        if isinstance(piece, tuple):
            try:
                receive(piece[1])
            except TooLargeError:
                logger.warning("mail_too_large", size=len(piece[1]))
    box.flag(uid, MailMessageFlags.SEEN, True)


def _opened(url: str) -> BaseMailBox:
    """The mailbox of an address such as imaps://user:password@host:993/INBOX, signed in to."""
    address = urlsplit(url)
    way, port = WAYS[address.scheme]
    box = way(address.hostname or "", address.port or port, timeout=SECONDS)
    folder = unquote(address.path.strip("/")) or "INBOX"
    try:
        return box.login(unquote(address.username or ""), unquote(address.password or ""), folder)
    except (OSError, IMAP4.error, ImapToolsError):
        box.client.shutdown()
        raise


def clear_old(kept: timedelta = KEPT) -> None:
    """Forget messages that came more than ninety days ago."""
    ReceivedMail.objects.filter(received_at__lt=timezone.now() - kept).delete()

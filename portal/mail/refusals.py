"""What a mail server's answer is about: one reader, one letter, or any letter at all."""

import enum
import re
from smtplib import SMTPDataError, SMTPRecipientsRefused

CLASS = re.compile(r"\b5\.(\d{1,3})\.(\d{1,3})\b")
MAILBOX = re.compile(r"\b(mailbox|user|recipient|account|alias|no such)\b", re.IGNORECASE)
NOT_THE_MAILBOX = re.compile(
    r"\b(relay\w*|sender|auth\w*|policy|spam|block\w*|blacklist\w*|denied|rate|too many)\b",
    re.IGNORECASE,
)
ABOUT_THE_SENDER = {(1, 7), (1, 8)}


class Refusal(enum.Enum):
    """READER: the address takes no letters, now or later. LETTER: this letter may go later.

    SERVER: the mail server's own trouble, which would meet any letter.
    """

    READER = enum.auto()
    LETTER = enum.auto()
    SERVER = enum.auto()


def meaning_of(error: Exception) -> Refusal:
    """Classify what was raised while sending to one reader.

    The enhanced status codes are RFC 3463's: 5.1.x is about the address, except 5.1.7 and 5.1.8,
    which are about the sender's; 5.2.x about the mailbox, 5.6.x about the content, and the rest
    about the server, the way or a policy. Of an answer without one only a 550 to RCPT that speaks
    of the mailbox is about the reader. A header or an address that cannot be written down
    (ValueError) is never going to be taken.
    """
    if isinstance(error, ValueError) and not isinstance(error, OSError):  # TLS errors are both
        return Refusal.READER
    answer: bytes | str
    if isinstance(error, SMTPRecipientsRefused):
        answers = list(error.recipients.values())
        code, answer = answers[0] if len(answers) == 1 else (0, b"")
    elif isinstance(error, SMTPDataError):
        code, answer = error.smtp_code, error.smtp_error
    else:
        return Refusal.SERVER
    if code < 500:
        return Refusal.SERVER
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    found = CLASS.search(said)
    if found:
        return _of_class(int(found[1]), int(found[2]))
    to_the_reader = code == 550 and isinstance(error, SMTPRecipientsRefused)
    if to_the_reader and MAILBOX.search(said) and not NOT_THE_MAILBOX.search(said):
        return Refusal.READER
    return Refusal.SERVER


def _of_class(subject: int, detail: int) -> Refusal:
    if subject == 1 and (subject, detail) not in ABOUT_THE_SENDER:
        return Refusal.READER
    return Refusal.LETTER if subject in (2, 6) else Refusal.SERVER


def is_about_the_reader(status: str) -> bool:
    """Whether an enhanced status code says, for good, that the address takes no letters."""
    found = CLASS.fullmatch(status)
    if found is None:
        return False
    return _of_class(int(found[1]), int(found[2])) is Refusal.READER

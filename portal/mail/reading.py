"""What a message says of itself: bounce, automatic answer or somebody's words. Pure functions.

Anybody may have written it, so every header may be missing, broken or endless.
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from hashlib import sha256

LONGEST_TEXT = 20_000
LONGEST_HEADER = 255
KEY = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([^<>\s]+)>", re.IGNORECASE)
STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
FAILED = "failed"


@dataclass(frozen=True)
class Report:
    """What a server says of the delivery to one reader (RFC 3464)."""

    action: str
    status: str

    @property
    def failed(self) -> bool:
        return self.action == FAILED


def parsed(raw: bytes) -> Message:
    """The message; of one whose parts are nested without end the headers alone."""
    try:
        return message_from_bytes(raw)
    except RecursionError:
        return BytesHeaderParser().parsebytes(raw)


def header(message: Message, name: str) -> str:
    """The header's words on one line, decoded as far as it can be; "" when there is none."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        words = str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):
        words = str(value)
    return plain(" ".join(words.split()))


def plain(text: str) -> str:
    """The text as a database takes it: no NUL, no halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def sender(message: Message) -> str:
    return parseaddr(header(message, "From"))[1][:254]


def fingerprint(message: Message) -> str:
    """The same for a message that comes a second time, whatever way it took.

    Of its Message-ID and what it says, not of the headers that servers add on the way: who uses a
    Message-ID of somebody's else does not keep that message out.
    """
    seen = sha256()
    for name in ("Message-ID", "From", "To", "Date", "Subject"):
        seen.update(header(message, name).encode() + b"\0")
    for part in _parts(message):
        seen.update(_content(part) + b"\0")
    return seen.hexdigest()


def is_automatic(message: Message) -> bool:
    """Whether no person wrote it, by RFC 3834: a list's mail is somebody's, so List-Id alone says
    nothing. Older programs say it in headers of their own.
    """
    submitted = header(message, "Auto-Submitted").partition(";")[0].partition("(")[0]
    if submitted.strip().lower() not in ("", "no"):
        return True
    return (
        ("Return-Path" in message and header(message, "Return-Path") == "<>")
        or header(message, "Precedence").lower() == "auto_reply"
        or header(message, "X-Autoreply").lower() in ("yes", "true")
        or "X-Autorespond" in message
    )


def reports(message: Message) -> list[Report]:
    """The delivery reports in a message, one for each reader that it is about; [] for no report."""
    if message.get_content_type() != "multipart/report":
        return []
    found = []
    for part in _parts(message):
        action = header(part, "Action").lower()
        if action:
            status = STATUS.search(header(part, "Status"))
            found.append(Report(action.split()[0], status[0] if status else ""))
    return found


def keys_of_letters(message: Message, host: str) -> list[uuid.UUID]:
    """Keys of letters of ours that it names: in a report the Message-ID of what came back, else
    what it answers. The key of a letter cannot be guessed, so who names it has had the letter.
    """
    parts = [message]
    names = ["In-Reply-To", "References"]
    if message.get_content_type() == "multipart/report":
        names.append("Message-ID")
        parts = list(_parts(message))
    texts = [header(part, name) for part in parts for name in names]
    for part in parts[1:]:
        if part.get_content_type() == "text/rfc822-headers":
            texts.append(_content(part)[:LONGEST_TEXT].decode("utf-8", "replace"))
    found = [KEY.findall(text) for text in texts]
    return [uuid.UUID(key) for each in found for key, of in each if of.lower() == host.lower()]


def text_of(message: Message) -> str:
    """The words of the first part that is plain text, at most LONGEST_TEXT of them."""
    for part in _parts(message):
        if part.get_content_type() == "text/plain" and part.get_content_disposition() is None:
            content = _content(part)
            try:
                text = content.decode(part.get_content_charset("utf-8"), "replace")
            except (LookupError, ValueError):
                text = content.decode("utf-8", "replace")
            return plain(text)[:LONGEST_TEXT]
    return ""


def _parts(message: Message) -> Iterator[Message]:
    """The message and all its parts, those nested too deep to walk left out."""
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        yield part
        inside = part.get_payload()
        if isinstance(inside, list):
            waiting[:0] = [each for each in inside if isinstance(each, Message)]


def _content(part: Message) -> bytes:
    if part.is_multipart():
        return b""
    try:
        content = part.get_payload(decode=True)
    except (MessageError, LookupError, ValueError):
        return b""
    return content if isinstance(content, bytes) else b""

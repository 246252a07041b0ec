"""ClamAV, asked about each file that people send when CLAMAV_URL names one."""

import socket
import struct
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

logger = structlog.get_logger(__name__)

SECONDS = 30  # for one file: clamd reads some 20 MB in a second
LONGEST_ANSWER = 4096


class ScannerAway(Exception):
    """The scanner does not answer, or answers neither "OK" nor "FOUND"."""


def check(upload: File) -> None:
    """Refuse a file in which the scanner finds something, and every file while it does not answer.

    ValidationError: "virus" or "scanner". Without CLAMAV_URL there is nobody to ask.
    """
    if not settings.CLAMAV_URL:
        return
    try:
        found = ask(upload)
    except (OSError, ScannerAway) as error:
        logger.error("scanner_away", reason=str(error))
        raise ValidationError(
            _(
                "The file could not be checked for viruses just now. Nothing was saved; "
                "try again later."
            ),
            code="scanner",
        ) from error
    if found:
        logger.warning("virus_found", signature=found)
        raise ValidationError(
            _("A virus was found in the file. Nothing was saved. Check your own machine."),
            code="virus",
        )


def ask(upload: File) -> str:
    """The name of what clamd finds in the file, or "" (its command INSTREAM; `man clamd`).

    OSError or ScannerAway when there is no verdict.
    """
    upload.seek(0)
    try:
        with _connected() as scanner:
            scanner.sendall(b"zINSTREAM\0")
            for chunk in upload.chunks():
                scanner.sendall(struct.pack(">I", len(chunk)) + chunk)
            scanner.sendall(struct.pack(">I", 0))
            answer = _answer(scanner)
    finally:
        upload.seek(0)
    verdict = answer.removeprefix("stream: ")
    if verdict == "OK":
        return ""
    if verdict.endswith(" FOUND"):
        return verdict.removesuffix(" FOUND")
    raise ScannerAway(answer)


def _connected() -> socket.socket:
    address = urlsplit(settings.CLAMAV_URL)
    if address.scheme == "unix":
        scanner = socket.socket(socket.AF_UNIX)
        scanner.settimeout(SECONDS)
        try:
            scanner.connect(address.path)
        except OSError:
            scanner.close()
            raise
        return scanner
    if not address.hostname or not address.port:
        raise ScannerAway("CLAMAV_URL is neither unix:///… nor tcp://host:port")
    return socket.create_connection((address.hostname, address.port), timeout=SECONDS)


def _answer(scanner: socket.socket) -> str:
    """All that it says, up to the zero that ends an answer."""
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        more = scanner.recv(LONGEST_ANSWER)
        if not more:
            break
        said += more
    return said.rstrip(b"\0").decode(errors="replace")

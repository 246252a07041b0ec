"""Documents that people send: what a file is, is asked of its content and not of its name."""

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

TEXTS = ("csv", "txt")
OFFICE = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}
OPEN_DOCUMENT = {
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odt": b"application/vnd.oasis.opendocument.text",
}
MACROS = ("vbaProject.bin", "Basic/", "Scripts/")
LONGEST_KIND = 100
MAX_ENTRIES = 5_000  # of one archive
MAX_UNPACKED = 200 * 1024 * 1024  # bytes of all its entries together
CHUNK = 64 * 1024
ZIP = b"PK\x03\x04"
ARCHIVES = (ZIP, b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")
EMBEDDED = re.compile(r"(?:word|ppt|xl)/embeddings/[^/]+\.(docx|pptx|xlsx)")
# What a PDF does of itself, hides or needs a password for.
ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|Encrypt)\b")
STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def check(upload: File) -> None:
    """Refuse a file whose content is not what its name says, and one that carries macros.

    ValidationError: "content"; "macros" also for other programs, "active" for a PDF that acts of
    itself, hides files or is encrypted; "archive" for entries that are too many, too large,
    encrypted or archives themselves. Names are those of WAGTAILDOCS_EXTENSIONS.
    """
    extension = PurePath(upload.name or "").suffix.lower().lstrip(".")
    upload.seek(0)
    try:
        if not _is(extension, upload):
            raise ValidationError(
                _("What is in the file is not a %(kind)s document. Save it anew as one.")
                % {"kind": extension.upper()},
                code="content",
            )
    finally:
        upload.seek(0)


def _is(extension: str, upload: File) -> bool:
    if extension == "pdf":
        return _is_pdf(upload.read())
    if extension in TEXTS:
        return _is_text(upload)
    if extension not in OFFICE and extension not in OPEN_DOCUMENT:
        return False
    if upload.read(len(ZIP)) != ZIP:  # a picture or a page may stand before an archive
        return False
    return _is_archive(extension, upload)


def _is_archive(extension: str, file: File | BytesIO, *, nested: bool = False) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            _judge_entries(archive, nested=nested)
            return _is_office(extension, archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        NotImplementedError,
        RuntimeError,
        KeyError,
        EOFError,
        UnicodeError,
    ):
        return False


def _is_pdf(content: bytes) -> bool:
    if not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"%PDF-"):
        return False
    named = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), STREAM.sub(b"", content))
    if ACTIVE.search(named):
        raise ValidationError(
            _(
                "The PDF is encrypted, carries files or runs something of itself. "
                "Print it to a new PDF and send that."
            ),
            code="active",
        )
    return True


def _judge_entries(archive: zipfile.ZipFile, *, nested: bool) -> None:
    """Refuse an archive that would grow without end, hides something or cannot be looked into.

    Every entry is read, so a size that its directory tells wrongly is found out.
    """
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
        raise _not_taken()
    for entry in entries:
        parts = PurePath(entry.filename.replace("\\", "/")).parts
        if entry.flag_bits & 1 or ".." in parts or parts[:1] == ("/",):
            raise _not_taken()
        with archive.open(entry) as file:
            begins = file.read(8)
            if begins.startswith(PROGRAMS):
                raise _macros()
            if begins.startswith(ARCHIVES):
                embedded = EMBEDDED.fullmatch(entry.filename)
                whole = BytesIO(begins + file.read())
                if nested or not embedded or not _is_archive(embedded[1], whole, nested=True):
                    raise _not_taken()
            while file.read(CHUNK):
                pass
        if entry.filename == "META-INF/manifest.xml" and b"encryption-data" in archive.read(entry):
            raise _not_taken()
        if entry.filename.endswith(".rels") and _loads_a_template(archive.read(entry)):
            raise _macros()


def _loads_a_template(relations: bytes) -> bool:
    return b"attachedTemplate" in relations and b"External" in relations


def _not_taken() -> ValidationError:
    return ValidationError(
        _(
            "The document is encrypted, or has other archives or too much in it. "
            "Save it anew without them."
        ),
        code="archive",
    )


def _macros() -> ValidationError:
    return ValidationError(_("The document carries macros. Save it without them."), code="macros")


def _is_text(upload: File) -> bool:
    content = upload.read()
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return "\0" not in text


def _is_office(extension: str, archive: zipfile.ZipFile) -> bool:
    names = archive.namelist()
    if any(name.startswith(macro) or name.endswith(macro) for name in names for macro in MACROS):
        raise _macros()
    if part := OFFICE.get(extension):
        return part in names
    with archive.open("mimetype") as kind:
        return kind.read(LONGEST_KIND).strip() == OPEN_DOCUMENT.get(extension)

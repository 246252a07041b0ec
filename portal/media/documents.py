"""Documents that people send: what a file is, is asked of its content and not of its name."""

import zipfile
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
MACROS = ("vbaProject.bin", "Basic/")
LONGEST_KIND = 100


def check(upload: File) -> None:
    """Refuse a file whose content is not what its name says, and one that carries macros.

    ValidationError: "content" or "macros". Names are those of WAGTAILDOCS_EXTENSIONS.
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
        return b"%PDF-" in upload.read(1024)
    if extension in TEXTS:
        return _is_text(upload)
    try:
        with zipfile.ZipFile(upload) as archive:
            return _is_office(extension, archive)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, KeyError, EOFError):
        return False


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
        raise ValidationError(
            _("The document carries macros. Save it without them."), code="macros"
        )
    if part := OFFICE.get(extension):
        return part in names
    with archive.open("mimetype") as kind:
        return kind.read(LONGEST_KIND).strip() == OPEN_DOCUMENT.get(extension)

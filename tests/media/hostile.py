"""Forty files that mean harm, or could, and how each is refused."""

import gzip
import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
DOCX, PPTX, XLSX = "word/document.xml", "ppt/presentation.xml", "xl/workbook.xml"
ODT = b"application/vnd.oasis.opendocument.text"


def archive(files, *, compression=zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(**files) -> bytes:
    return archive({DOCX: b"<w/>", **files})


def with_entry(name, content) -> bytes:
    return archive({DOCX: b"<w/>", name: content})


def encrypted(content: bytes) -> bytes:
    """The archive with every entry marked as encrypted."""
    out = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(mark)
        while at >= 0:
            out[at + place] |= 1
            at = out.find(mark, at + 1)
    return bytes(out)


def lying(content: bytes) -> bytes:
    """The archive whose directory says that its largest entry has ten bytes."""
    out = bytearray(content)
    at = out.rfind(b"PK\x01\x02")
    out[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(out)


def promised_png(width, height) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def picture(kind="PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 60), "teal").save(out, kind)
    return out.getvalue()


def pdf(words: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj << " + words + b" >> endobj\n%%EOF"


TEMPLATE = b'<Relationship Type="x/attachedTemplate" TargetMode="External" Target="https://x"/>'
# (what it is, its name, its content, the code that it is refused with)
DOCUMENTS = [
    ("a page called PDF", "a.pdf", b"<html><script>alert(1)</script>", "content"),
    ("a page before a PDF", "a.pdf", b"<html><script>x()</script>\n%PDF-1.7", "content"),
    ("a program called PDF", "a.pdf", b"MZ\x90\x00%PDF-1.7", "content"),
    ("a PDF with JavaScript", "a.pdf", pdf(b"/OpenAction << /S /JavaScript /JS (x) >>"), "active"),
    ("… its name escaped", "a.pdf", pdf(b"/S /J#61vaScript"), "active"),
    ("a PDF that starts programs", "a.pdf", pdf(b"/S /Launch /F (cmd.exe)"), "active"),
    ("a PDF with files in it", "a.pdf", pdf(b"/Names << /EmbeddedFiles 2 0 R >>"), "active"),
    ("a PDF with a password", "a.pdf", pdf(b"/Encrypt 3 0 R"), "active"),
    ("a PDF with a form of XFA", "a.pdf", pdf(b"/XFA 3 0 R"), "active"),
    ("an archive called PDF", "a.pdf", docx(), "content"),
    ("a program called text", "a.txt", b"MZ\x00\x90", "content"),
    ("a program called CSV", "a.csv", b"\x7fELF\x02\x01\x00", "content"),
    ("an older Word file", "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "content"),
    ("an archive cut short", "a.docx", docx()[:40], "content"),
    ("a picture before an archive", "a.docx", picture("GIF") + docx(), "content"),
    ("a sheet called text", "a.docx", archive({XLSX: b""}), "content"),
    ("a text called slides", "a.pptx", docx(), "content"),
    ("a text called a sheet", "a.ods", archive({"mimetype": ODT}), "content"),
    ("macros of Word", "a.docx", with_entry("word/vbaProject.bin", b"x"), "macros"),
    ("macros of LibreOffice", "a.odt", archive({"mimetype": ODT, "Basic/x.xml": b""}), "macros"),
    ("scripts of LibreOffice", "a.odt", archive({"mimetype": ODT, "Scripts/x.py": b""}), "macros"),
    ("a program in a document", "a.docx", with_entry("word/media/a.png", b"MZ\x90"), "macros"),
    ("a script in a document", "a.docx", with_entry("word/a.sh", b"#!/bin/sh"), "macros"),
    ("a template from afar", "a.docx", with_entry("word/_rels/s.xml.rels", TEMPLATE), "macros"),
    ("a bomb", "a.docx", with_entry("word/a.xml", b"\0" * (210 * 1024 * 1024)), "archive"),
    (
        "ten thousand entries",
        "a.docx",
        archive({DOCX: b"", **{f"word/{n}.xml": b"" for n in range(5_001)}}),
        "archive",
    ),
    ("an archive in an archive", "a.docx", with_entry("word/a.zip", docx()), "archive"),
    ("… under another name", "a.docx", with_entry("word/media/a.png", docx()), "archive"),
    ("gzip in an archive", "a.docx", with_entry("word/a.xml", gzip.compress(b"x")), "archive"),
    ("RAR in an archive", "a.docx", with_entry("word/a.xml", b"Rar!\x1a\x07\x00"), "archive"),
    ("an encrypted archive", "a.docx", encrypted(docx()), "archive"),
    ("a path out of the folder", "a.docx", with_entry("../../etc/cron.d/x", b"x"), "archive"),
    ("… with backslashes", "a.docx", with_entry("..\\..\\x.xml", b"x"), "archive"),
    ("a path from the root", "a.docx", with_entry("/etc/passwd", b"x"), "archive"),
    ("an entry larger than it says", "a.docx", lying(with_entry("a.xml", b"x" * 999)), "content"),
    (
        "a document within a document within a document",
        "a.docx",
        with_entry(
            "word/embeddings/a.xlsx",
            archive({XLSX: b"", "xl/embeddings/b.docx": docx()}),
        ),
        "archive",
    ),
    (
        "macros in a sheet in a document",
        "a.docx",
        with_entry("word/embeddings/a.xlsx", archive({XLSX: b"", "xl/vbaProject.bin": b"x"})),
        "macros",
    ),
    (
        "an encrypted text of LibreOffice",
        "a.odt",
        archive({"mimetype": ODT, "META-INF/manifest.xml": b"<m:encryption-data/>"}),
        "archive",
    ),
]
PICTURES = [
    ("a flood of pixels", promised_png(6_001, 4_000), "pixels"),
    ("a drawing with a script", b"<svg onload='alert(1)'/>", "content"),
    ("a page called picture", b"<html><script>alert(1)</script>", "content"),
    ("a picture cut short", picture()[:60], "content"),
    ("an icon", picture("ICO"), "content"),
    ("PostScript", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "content"),
]

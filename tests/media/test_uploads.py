"""Pictures and documents that editors send: judged, cleaned, and whole or not at all."""

import errno
import shutil
import struct
import zipfile
import zlib
from collections import namedtuple
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from portal.media import pictures, storage
from portal.media.forms import DocumentField
from portal.media.models import PortalDocument, PortalImage

pytestmark = pytest.mark.django_db
SECRET = b"60.1699 24.9384 Aino Esimerkki"
Usage = namedtuple("Usage", "total used free")


def picture(kind="PNG", size=(60, 40), **saved) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **saved)
    return out.getvalue()


def promised(width, height) -> bytes:
    """A PNG of some seventy bytes whose header promises a flood of pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def archive(**files: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


DOCX = archive(word__document_dot_xml=b"<w/>")
ODT = archive(mimetype=b"application/vnd.oasis.opendocument.text")


@pytest.fixture
def editor(enter):
    return enter("editor", is_superuser=True)


def send_picture(client, content, name="a.png", **fields):
    data = {"title": "Our hall", "file": SimpleUploadedFile(name, content)}
    return client.post(reverse("wagtailimages:add"), data | fields)


@pytest.mark.parametrize("size", [(60_000, 60_000), (12_000, 12_000), (6_001, 4_000)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(client, editor, size):
    answer = send_picture(client, promised(*size))

    assert answer.status_code == 200
    assert not PortalImage.objects.exists()
    assert 'value="Our hall"' in answer.content.decode()


def test_the_frames_of_a_picture_count_together():
    frames = [Image.new("P", (2000, 2000), color) for color in range(8)]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])

    with pytest.raises(ValidationError) as refused:
        pictures.without_metadata(ContentFile(out.getvalue()))

    assert refused.value.code == "pixels"


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"GIF89a", picture()[:60]])
def test_what_is_no_picture_is_refused_with_words(client, editor, content):
    answer = send_picture(client, content or b" ")

    assert answer.status_code == 200
    assert not PortalImage.objects.exists()


def exif() -> Image.Exif:
    made = Image.Exif()
    made[0x010E], made[0x0112] = SECRET.decode(), 6  # a description, and lying on its side
    made.get_ifd(0x8825)[1] = "N"  # GPS
    return made


@pytest.mark.parametrize(
    ("kind", "name", "saved"),
    [
        ("JPEG", "a.jpg", {"comment": SECRET, "xmp": SECRET}),
        ("PNG", "a.png", {}),
        ("WEBP", "a.webp", {"xmp": SECRET}),
        ("GIF", "a.gif", {"comment": SECRET}),
    ],
)
def test_a_picture_is_kept_without_what_it_says_besides(client, editor, kind, name, saved):
    if kind != "GIF":
        saved = saved | {"exif": exif()}
    sent = picture(kind, **saved)
    assert SECRET in sent

    send_picture(client, sent, name)

    kept = PortalImage.objects.get()
    with kept.file.open() as file:
        content = file.read()
        shown = Image.open(BytesIO(content))
        assert SECRET not in content
        assert not shown.getexif()
        assert (shown.format, shown.size) == (kind, (60, 40) if kind == "GIF" else (40, 60))
    rendition = kept.get_rendition("width-20")
    with rendition.file.open() as file:
        assert not Image.open(file).getexif()


def test_a_moving_picture_goes_on_moving():
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue", "green")]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=70, loop=0)

    kept = Image.open(BytesIO(pictures.without_metadata(ContentFile(out.getvalue()))))

    assert (kept.n_frames, kept.info["duration"], kept.info["loop"]) == (3, 70, 0)


RIGHT = {
    "a.pdf": b"%PDF-1.7 ...",
    "a.csv": "alue;arvo\nPöytyä;1".encode(),
    "a.txt": "Pöytyä".encode("latin-1"),
    "a.docx": DOCX,
    "a.odt": ODT,
}
WRONG = {
    "a.pdf": b"<html><script>alert(1)</script>",
    "b.pdf": DOCX,
    "a.csv": b"MZ\x00\x90",
    "a.docx": ODT,
    "b.docx": b"PK\x03\x04 cut short",
    "a.odt": DOCX,
    "a.xlsx": DOCX,
    "c.docx": archive(word__document_dot_xml=b"", word__vbaProject_dot_bin=b"x"),
}


def send_document(client, name, content):
    data = {"title": "Our guide", "file": SimpleUploadedFile(name, content)}
    return client.post(reverse("wagtaildocs:add"), data)


@pytest.mark.parametrize("name", RIGHT)
def test_a_document_is_what_its_name_says(client, editor, name):
    send_document(client, name, RIGHT[name])

    assert PortalDocument.objects.get().title == "Our guide"


@pytest.mark.parametrize("name", WRONG)
def test_a_document_of_another_content_is_refused(client, editor, name):
    answer = send_document(client, name, WRONG[name])

    assert not PortalDocument.objects.exists()
    assert 'value="Our guide"' in answer.content.decode()
    assert len(answer.context["form"].errors["file"]) == 1


def test_a_document_of_a_kind_that_is_not_taken_is_told_which_are(client, editor):
    answer = send_document(client, "page.html", b"<p>")

    (said,) = answer.context["form"].errors["file"]
    assert "pdf" in said


def test_a_document_that_is_too_large_is_refused(client, editor, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1000
    with pytest.raises(ValidationError):
        DocumentField().to_python(SimpleUploadedFile("a.txt", b"x" * 1001))


def test_a_document_runs_nothing_where_it_is_opened(client, editor, settings, tmp_path):
    whole = {"BACKEND": "portal.media.storage.WholeFiles", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": whole}
    send_document(client, "a.pdf", RIGHT["a.pdf"])
    document = PortalDocument.objects.get()

    answer = client.get(document.url)

    assert b"".join(answer.streaming_content) == RIGHT["a.pdf"]
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


class Broken(ContentFile):
    """A file whose disk is full after its first bytes."""

    def chunks(self, chunk_size=None):
        yield b"first bytes"
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_file_that_does_not_fit_leaves_no_half_behind(tmp_path):
    kept = storage.WholeFiles(location=tmp_path)

    with pytest.raises(OSError, match="No space"):
        kept.save("folder/a.pdf", Broken(b"x" * 100))

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_form_comes_back_filled_in_when_there_is_no_room(client, editor, monkeypatch, tmp_path):
    monkeypatch.setattr(storage, "default_storage", FileSystemStorage(location=tmp_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(100, 100, 0))

    page = send_picture(client, picture()).content.decode()

    assert "There is no room for the file just now." in page
    assert 'value="Our hall"' in page
    assert not PortalImage.objects.exists()


def test_a_disk_that_fills_meanwhile_is_said_in_words_and_loses_no_text(
    client, editor, monkeypatch
):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("portal.media.models.PortalDocument.save", full)

    answer = send_document(client, "a.pdf", RIGHT["a.pdf"])

    assert answer.status_code == 507
    assert "Our guide" in answer.content.decode()
    assert not PortalDocument.objects.exists()


def test_another_fault_of_the_system_is_no_full_disk():
    assert storage.is_full(OSError(errno.ENOSPC, ""))
    assert not storage.is_full(OSError(errno.EACCES, ""))
    assert not storage.is_full(ValueError())

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from partnership.organisations import logos
from partnership.organisations.services import profiles
from portal.caching.fragments import cache
from tests.factories.accounts import UserFactory
from tests.factories.partnership import OrganisationFactory


def picture(form="PNG", size=(300, 120), mode="RGB", **options):
    out = BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else 0).save(out, form, **options)
    return out.getvalue()


def upload(content, name="logo.png"):
    return SimpleUploadedFile(name, content)


def flood(width=60_000, height=60_000):
    """A PNG of a few bytes whose header promises more pixels than there is memory."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_pictures_are_written_anew_as_png(form):
    logo = logos.checked(upload(picture(form), "whatever.txt"))

    kept = Image.open(logo.file)
    assert (kept.format, kept.size) == ("PNG", (300, 120))
    assert logo.file.name.startswith("logo-")
    assert "whatever" not in logo.file.name


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script></html>",
        b"GIF89a" + b"\0" * 40,
        b"%PDF-1.7",
        picture()[:60],
        picture("JPEG")[:200],
        picture("GIF"),
        picture("TIFF"),
    ],
    ids=["empty", "text", "svg", "html", "broken-gif", "pdf", "cut-png", "cut-jpeg", "gif", "tiff"],
)
def test_what_is_not_a_picture_of_ours_is_refused_whatever_its_name(content):
    with pytest.raises(ValidationError) as refused:
        logos.checked(upload(content, "logo.png"))

    assert refused.value.code == "content"


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (12_000, 10_000), (5_000, 4_000)])
def test_flood_of_pixels_is_refused_before_it_is_decoded(width, height):
    with pytest.raises(ValidationError) as refused:
        logos.checked(upload(flood(width, height)))

    assert refused.value.code in {"pixels", "content"}


def test_file_over_the_limit_is_refused_by_a_byte():
    with pytest.raises(ValidationError) as refused:
        logos.checked(upload(picture() + b"\0" * (logos.MAX_BYTES + 1 - len(picture()))))

    assert refused.value.code == "size"


def test_place_and_hidden_parts_do_not_come_along():
    exif = Image.Exif()
    exif[0x013B] = "A person"
    content = picture("JPEG", exif=exif) + b"PK\x03\x04 a second file <script>"

    kept = logos.checked(upload(content)).file.read()

    assert b"A person" not in kept
    assert b"<script>" not in kept


@pytest.mark.parametrize("mode", ["P", "L", "CMYK", "I;16"])
def test_rare_kinds_of_colour_are_read(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"

    assert logos.checked(upload(picture(form, mode=mode))).width == 300


def test_large_picture_is_made_smaller():
    logo = logos.checked(upload(picture(size=(3000, 1500))))

    assert (logo.width, logo.height) == (1200, 600)


def test_speck_is_too_small():
    with pytest.raises(ValidationError) as refused:
        logos.checked(upload(picture(size=(300, 10))))

    assert refused.value.code == "small"


@pytest.mark.django_db
def test_new_logo_takes_the_place_of_the_old_one_and_none_is_left(
    django_capture_on_commit_callbacks, settings, tmp_path
):
    files = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path)},
    }
    settings.STORAGES = settings.STORAGES | {"default": files}
    cache.clear()  # Wagtail keeps sizes by the picture's number, which tests use again
    organisation, owner = OrganisationFactory(), UserFactory()
    profiles.change_logo(organisation, by=owner, logo=logos.checked(upload(picture())))
    old = organisation.logo
    storage, name = old.file.storage, old.file.name

    with django_capture_on_commit_callbacks(execute=True):
        profiles.change_logo(organisation, by=owner, logo=logos.checked(upload(picture("JPEG"))))

    organisation.refresh_from_db()
    assert organisation.logo_id != old.pk
    assert not storage.exists(name)
    assert len(list(tmp_path.rglob("*.*"))) == 3  # the logo and its two sizes
    assert organisation.small_logo.width <= 160
    assert organisation.logo.collection.name == profiles.LOGOS

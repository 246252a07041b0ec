"""Logos that people send: read by what is in the file, never by its name, and written anew.

What is kept is a PNG of our own making, so nothing that was hidden in the file (place, author,
script, a second format) comes along.
"""

from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image

FORMATS = ("PNG", "JPEG", "WEBP")
MAX_BYTES = 2 * 1024 * 1024
MAX_PIXELS = 16_000_000  # asked of the header, before anything is decoded
MIN_SIDE = 40
KEPT_SIDE = 1200
SMALL, LARGE = "max-160x80|format-webp", "max-400x200|format-webp"

UNREADABLE = (
    OSError,  # not an image, cut short; UnidentifiedImageError is one
    ValueError,
    SyntaxError,  # what Pillow says of a broken PNG
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@dataclass(frozen=True)
class Logo:
    """A logo that has been checked and written anew."""

    file: ContentFile
    width: int
    height: int


def checked(upload: File) -> Logo:
    """The logo in an uploaded file; ValidationError says what is wrong with it."""
    if upload.size > MAX_BYTES:
        raise ValidationError(
            _("The file is %(size)s. The largest that can be sent is %(limit)s.")
            % {"size": filesizeformat(upload.size), "limit": filesizeformat(MAX_BYTES)},
            code="size",
        )
    try:
        return _written_anew(upload)
    except UNREADABLE as error:
        raise ValidationError(
            _("This file cannot be read as a picture. Send the logo as a PNG, JPEG or WebP file."),
            code="content",
        ) from error


def _written_anew(upload: File) -> Logo:
    with Image.open(upload, formats=FORMATS) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise ValidationError(
                _(
                    "The picture is %(width)s × %(height)s pixels. "
                    "Make it smaller: 1,200 pixels wide is enough."
                )
                % {"width": picture.width, "height": picture.height},
                code="pixels",
            )
        if min(picture.width, picture.height) < MIN_SIDE:
            raise ValidationError(
                _("The picture is too small. Each side must be at least %(pixels)s pixels.")
                % {"pixels": MIN_SIDE},
                code="small",
            )
        clean = picture.convert("RGBA")
    clean.thumbnail((KEPT_SIDE, KEPT_SIDE))
    out = BytesIO()
    clean.save(out, "PNG", optimize=True)
    return Logo(ContentFile(out.getvalue(), name=f"logo-{uuid4().hex}.png"), *clean.size)

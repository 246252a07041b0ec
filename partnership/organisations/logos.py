"""Logos that people send: read by what is in the file, never by its name, and written anew.

What is kept is a PNG of our own making, so nothing that was hidden in the file (place, author,
script, a second format) comes along.
"""

from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _

from portal.media import pictures, uploads

FORMATS = ("PNG", "JPEG", "WEBP")
MAX_BYTES = 2 * 1024 * 1024
MIN_SIDE = 40
KEPT_SIDE = 1200
SMALL, LARGE = "max-160x80|format-webp", "max-400x200|format-webp"


@dataclass(frozen=True)
class Logo:
    """A logo that has been checked and written anew."""

    file: ContentFile
    width: int
    height: int


def checked(upload: File) -> Logo:
    """The logo in an uploaded file; ValidationError says what is wrong with it."""
    uploads.check(upload, largest=MAX_BYTES)
    return _written_anew(upload)


def _written_anew(upload: File) -> Logo:
    with pictures.opened(upload, FORMATS) as picture:
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

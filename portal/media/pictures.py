"""Pictures that people send: judged before anything is decoded, kept without metadata.

A few bytes can claim 60,000 × 60,000 pixels, and a photograph says where it was taken. One limit
and one way of writing anew serve every form that takes a picture.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, ImageSequence

FORMATS = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")
MAX_PIXELS = 24_000_000  # of all frames together: 6,000 × 4,000
QUALITY = 90
UNREADABLE = (
    OSError,  # not an image, cut short; UnidentifiedImageError is one
    ValueError,
    SyntaxError,  # what Pillow says of a broken PNG
    EOFError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
# What tells how to show the pixels; all else in a file tells of its author, place and device.
SHOWING = ("icc_profile", "transparency", "duration", "loop", "background", "disposal")


@contextmanager
def opened(upload: File, formats: tuple[str, ...] = FORMATS) -> Iterator[Image.Image]:
    """The picture in an uploaded file, not decoded yet and small enough to be.

    ValidationError, also for a file that turns out unreadable inside the block: "content" when it
    is no picture of these formats, "pixels" when it has too many of them.
    """
    upload.seek(0)
    try:
        with Image.open(upload, formats=formats) as picture:
            frames = getattr(picture, "n_frames", 1)
            if picture.width * picture.height * frames > MAX_PIXELS:
                raise ValidationError(
                    _(
                        "The picture is %(width)s × %(height)s pixels. "
                        "Make it smaller: 4,000 pixels wide is enough."
                    )
                    % {"width": picture.width, "height": picture.height},
                    code="pixels",
                )
            yield picture
    except UNREADABLE as error:
        raise ValidationError(
            _("This file cannot be read as a picture. Send a PNG, JPEG or WebP file."),
            code="content",
        ) from error
    finally:
        upload.seek(0)


def without_metadata(upload: File) -> bytes:
    """The file written anew in its own format, turned upright, with the pixels and nothing else.

    ValidationError as `opened` raises it.
    """
    with opened(upload) as picture:
        kind = picture.format
        animated = getattr(picture, "n_frames", 1) > 1
        frames = [_bare(frame) for frame in ImageSequence.Iterator(picture)]
    out = BytesIO()
    more = {"save_all": True, "append_images": frames[1:]} if animated else {}
    shown = {name: frames[0].info[name] for name in SHOWING if name in frames[0].info}
    frames[0].save(out, kind, **shown, **more, **({"quality": QUALITY} if kind != "PNG" else {}))
    return out.getvalue()


def _bare(frame: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(frame)
    upright.info = {name: upright.info[name] for name in SHOWING if name in upright.info}
    return upright

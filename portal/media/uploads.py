"""What every file that people send goes through first, whatever form it comes in."""

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from . import scanner, storage


def check(upload: File, *, largest: int) -> None:
    """Refuse a file that is too large, would fill the disk, or has a virus in it.

    What it is, is judged afterwards by `documents.check`, `pictures.opened` or the form's own
    reader, before anything is decoded. ValidationError: "size", "full", "virus" or "scanner" (it
    is set and does not answer: nothing is let through).
    """
    if upload.size > largest:
        raise ValidationError(
            _("The file is %(size)s. The largest that can be sent is %(limit)s.")
            % {"size": filesizeformat(upload.size), "limit": filesizeformat(largest)},
            code="size",
        )
    storage.check_room(upload.size)
    scanner.check(upload)

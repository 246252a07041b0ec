"""Where the files of people are kept: whole, or not at all."""

import errno
import shutil
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.translation import gettext_lazy as _

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
SPARE = 50 * 1024 * 1024  # bytes that a file may not use up: the database and logs need them


class WholeFiles(FileSystemStorage):
    """Django's, but a file that could not be written to its end is not left behind."""

    def _save(self, name, content):
        try:
            return super()._save(name, content)
        except OSError:
            with suppress(OSError):
                self.delete(name)
            raise


def is_full(error: BaseException | None) -> bool:
    """Whether an error says that there is no room left on the disk."""
    return isinstance(error, OSError) and error.errno in FULL


def check_room(size: int) -> None:
    """Raise ValidationError when a file of so many bytes would fill the disk.

    Asked before a form is saved, so that it comes back with everything that was filled in.
    Storages that have no folder of this machine are not asked.
    """
    if not isinstance(default_storage, FileSystemStorage):
        return
    folder = default_storage.path("")
    with suppress(FileNotFoundError):
        if shutil.disk_usage(folder).free < size + SPARE:
            raise ValidationError(
                _("There is no room for the file just now. Nothing was saved; try again later."),
                code="full",
            )

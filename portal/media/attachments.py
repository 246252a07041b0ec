"""Files that come with something else: a form field that judges them, and how they are answered."""

from pathlib import PurePath

from django import forms
from django.core.files.base import ContentFile, File
from django.core.validators import FileExtensionValidator
from django.db import transaction
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from . import documents, pictures, uploads
from .models import Attachment

LARGEST = 10 * 1024 * 1024
PICTURES = ("jpeg", "jpg", "png", "webp")
DOCUMENTS = (*documents.OFFICE, *documents.OPEN_DOCUMENT, *documents.TEXTS, "pdf")
EXTENSIONS = sorted((*PICTURES, *DOCUMENTS))
LONGEST_NAME = 200


class AttachmentField(forms.FileField):
    """A document or a picture of at most 10 MB; pictures are written anew without metadata.

    ValidationError as portal.media.uploads, documents and pictures raise it.
    """

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("A PDF, an office document or a picture, 10 MB at most."))
        accept = ",".join(f".{one}" for one in EXTENSIONS)
        widget = forms.FileInput(attrs={"accept": accept})
        super().__init__(required=False, widget=widget, **kwargs)

    def to_python(self, data):
        upload = super().to_python(data)
        if upload is None:
            return None
        FileExtensionValidator(EXTENSIONS)(upload)
        uploads.check(upload, largest=LARGEST)
        if PurePath(upload.name).suffix.lower().lstrip(".") in PICTURES:
            return ContentFile(pictures.without_metadata(upload), name=upload.name)
        documents.check(upload)
        return upload


def keep(upload: File) -> Attachment:
    """A row for a file that an AttachmentField has let through."""
    name = PurePath(upload.name or "").name
    suffix = PurePath(name).suffix
    name = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - len(suffix)] + suffix
    return Attachment.objects.create(file=upload, name=name, size=upload.size)


def remove(attachment: Attachment) -> None:
    """Delete the row, and the file once the transaction has been committed."""
    storage, place = attachment.file.storage, str(attachment.file.name)
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(place))


def answer(attachment: Attachment) -> FileResponse:
    """The file, to be saved and never shown: whatever is in it runs nothing. The caller has asked
    who may have it.
    """
    response = FileResponse(attachment.file.open(), as_attachment=True, filename=attachment.name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response

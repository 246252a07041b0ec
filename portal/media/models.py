"""Images and documents: our own models, so that they can grow without a move."""

import uuid
from pathlib import PurePath

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


def place_of_attachment(_attachment: "Attachment", name: str) -> str:
    """A folder of the year and a name that tells nothing: its own is kept in the row."""
    return f"attachments/{timezone.now():%Y}/{uuid.uuid4().hex}{PurePath(name).suffix.lower()}"


class Attachment(models.Model):
    """A file that came with something else, such as a report: that decides who may have it.

    Nothing serves it by its address; a view of its owner answers with
    portal.media.attachments.answer. It is made by portal.media.attachments.keep alone.
    """

    file = models.FileField(_("file"), upload_to=place_of_attachment)
    name = models.CharField(_("name"), max_length=200)
    size = models.PositiveIntegerField(_("size"))
    at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self):
        return self.name


class PortalImage(AbstractImage):
    """A picture; who took it and on what terms it may be used stand with it."""

    credit = models.CharField(_("credit"), max_length=255, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self):
        """No text of its own: each use says what the picture tells there."""
        return getattr(self, "contextual_alt_text", None) or ""


class Rendition(AbstractRendition):
    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_filter"
            )
        ]


class PortalDocument(AbstractDocument):
    """A file to download."""

    language = models.CharField(_("language"), max_length=2, blank=True)

    admin_form_fields = (*Document.admin_form_fields, "language")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    def clean(self):
        """Wagtail's, which judges the name's ending; a refused file is not judged again."""
        if self.file:
            super().clean()

"""What pictures and documents hold of people: who brought them."""

from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import UploadedFile

from portal.personal import Held, Personal
from portal.resources import ResourceType, register

from .models import PortalDocument, PortalImage

FILE = _("The file belongs to the page or organisation that shows it, not to who brought it.")
WHO = ("uploaded_by_user",)

register(
    ResourceType(
        "media",
        models=(PortalImage, PortalDocument),
        can=(
            Personal(
                Held(PortalImage, WHO, stays=FILE),
                Held(PortalDocument, WHO, stays=FILE),
                Held(Image, WHO, stays=FILE),
                Held(Document, WHO, stays=FILE),
                Held(UploadedFile, WHO),
            ),
        ),
    )
)

"""The two forms of /cms/ that take files: pictures and documents."""

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import FileExtensionValidator
from django.forms import FileField, FileInput
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from . import documents, pictures, uploads


class PictureField(WagtailImageField):
    """Wagtail's, but judged before it is decoded, and kept without what it says besides."""

    def to_python(self, data):
        upload = FileField.to_python(self, data)
        if upload is None:
            return None
        uploads.check(upload, largest=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
        content = pictures.without_metadata(upload)
        return super().to_python(SimpleUploadedFile(upload.name, content))


class DocumentField(WagtailDocumentField):
    def to_python(self, data):
        upload = super().to_python(data)
        if upload is not None:
            FileExtensionValidator(settings.WAGTAILDOCS_EXTENSIONS)(upload)
            uploads.check(upload, largest=settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
            documents.check(upload)
        return upload


class ImageForm(BaseImageForm):
    file = PictureField(label=_("File"), widget=FileInput)


class DocumentForm(BaseDocumentForm):
    file = DocumentField(label=_("File"), widget=FileInput)

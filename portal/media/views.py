"""Pictures as readers get them: the renditions that pages show, and nothing else of the storage."""

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve

TYPES = {"avif": "avif", "gif": "gif", "jpg": "jpeg", "jpeg": "jpeg", "png": "png", "webp": "webp"}
YEAR = 365 * 24 * 3600


def document(request, document_id, name):
    """A document, as Wagtail serves it to those who may have it; whatever is in it runs nothing."""
    response = serve(request, document_id, name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
def rendition(request, name):
    """One rendition of an image. Documents go through Wagtail's own view, originals to nobody.

    The name of a rendition tells its contents apart, so that it can be kept for a year.
    """
    subtype = TYPES.get(name.rpartition(".")[2].lower())
    if subtype is None:
        raise Http404
    try:
        file = default_storage.open(f"images/{name}")
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation):
        raise Http404 from None
    response = FileResponse(file, content_type=f"image/{subtype}")
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

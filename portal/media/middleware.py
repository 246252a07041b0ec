"""What is answered when a file cannot be written, because the disk is full."""

import structlog

from portal.views.errors import no_room

from .storage import is_full

logger = structlog.get_logger(__name__)


class DiskFullMiddleware:
    """507 with what was written in the form, instead of a fault without words.

    The transaction of the event is undone and the storage leaves no half file behind.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not is_full(exception):
            return None
        logger.error("disk_full", path=request.path)
        return no_room(request)

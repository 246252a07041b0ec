"""One stylesheet out of one file a component, joined when the static files are found.

`static/css/` holds the parts, numbered in the order in which they cascade; the site links
`css/site.css` alone, so that a page costs one request for its looks and there is no build step.
"""

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage

PARTS = settings.BASE_DIR / "static" / "css"
NAME = "css/site.css"


def joined() -> str:
    """The text of every part, in order."""
    return "\n".join(part.read_text() for part in sorted(PARTS.glob("[0-9]*.css")))


class StylesheetFinder(BaseFinder):
    """Finds `css/site.css`, which is on no disk."""

    def list(self, ignore_patterns):
        storage = InMemoryStorage()
        storage.save(NAME, ContentFile(joined()))
        yield NAME, storage

    def find(self, path, find_all=False, **kwargs):
        return []

    def check(self, **kwargs):
        return []

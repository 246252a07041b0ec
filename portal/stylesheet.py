"""One stylesheet out of one file a component, joined when the static files are found.

`static/css/` holds the parts, numbered in the order in which they cascade; the site links
`css/site.css` alone, so that a page costs one request for its looks and there is no build step.
The fonts are named in it once `manage.py cut_fonts` has cut them.
"""

import os
import re

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

PARTS = settings.BASE_DIR / "static" / "css"
JOINED = settings.VAR_DIR / "stylesheet"
NAME = "css/site.css"
FONTS = {"source-sans-400.woff2": "400 500", "source-sans-600.woff2": "600 700"}
FACE = (
    '@font-face{{font-family:"Source Sans";font-weight:{weight};font-display:swap;'
    'src:url("../fonts/{file}") format("woff2")}}'
)


def font_files() -> list[str]:
    """The static paths of the fonts that have been cut and are served."""
    served = ("fonts", settings.FONTS_DIR) in settings.STATICFILES_DIRS
    return [f"fonts/{file}" for file in FONTS if served and (settings.FONTS_DIR / file).is_file()]


def joined() -> str:
    """The text of every part in order, without comments and indents, after the fonts there are."""
    cut = [path.removeprefix("fonts/") for path in font_files()]
    faces = [FACE.format(file=file, weight=FONTS[file]) for file in cut]
    text = "\n".join([*faces, *(part.read_text() for part in sorted(PARTS.glob("[0-9]*.css")))])
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", text).strip() + "\n"


class StylesheetFinder(BaseFinder):
    """Finds `css/site.css`, written beside the database whenever a part has changed."""

    def list(self, ignore_patterns):
        self.write()
        yield NAME, FileSystemStorage(location=JOINED)

    def find(self, path, find_all=False, **kwargs):
        if path != NAME:
            return []
        file = str(self.write())
        return [file] if find_all else file

    def check(self, **kwargs):
        return []

    def write(self):
        """Write the joined stylesheet, unless it is there already; its path."""
        file, text = JOINED / NAME, joined()
        if not file.is_file() or file.read_text() != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            draft = file.with_suffix(f".{os.getpid()}")
            draft.write_text(text)
            draft.replace(file)
        return file

"""Source Sans, cut to what the portal's languages need, as two small web fonts."""

import logging
from importlib import resources
from io import BytesIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from fontTools import subset
from fontTools.ttLib import TTFont

from portal.stylesheet import FONTS

SOURCES = {
    "source-sans-400.woff2": "SourceSansPro-Regular.ttf",
    "source-sans-600.woff2": "SourceSansPro-Semibold.ttf",
}
# Western and Nordic Latin, Estonian, the letters of the Sámi languages, and typographic signs.
LETTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *map(ord, "ČčĐđŊŋŠšŦŧŽžʒǦǧŒœŁł"),
    *map(ord, "–—‘’‚“”„†•…‹›€−≈≠≤≥←↑→↓"),
    0x202F,
]
FEATURES = ["kern", "liga", "tnum", "mark", "ccmp", "locl"]


class Command(BaseCommand):
    """Cut the fonts into FONTS_DIR, unless the ones there are newer than their sources.

    The stylesheet names the fonts from the next start or `collectstatic` on; until they are cut
    the site is set in the reader's own fonts. Fails when the font package is not installed.
    """

    help = "Cut Source Sans to the portal's letters, as web fonts of about 15 kB each."

    def handle(self, *args, **options):
        try:
            originals = resources.files("font_source_sans_pro") / "files"
        except ModuleNotFoundError as error:
            raise CommandError("Install the package font-source-sans-pro.") from error
        logging.getLogger("fontTools").setLevel(logging.WARNING)
        settings.FONTS_DIR.mkdir(parents=True, exist_ok=True)
        for name in FONTS:
            with resources.as_file(originals / SOURCES[name]) as original:
                cut = settings.FONTS_DIR / name
                if cut.is_file() and cut.stat().st_mtime > original.stat().st_mtime:
                    self.stdout.write(f"{name}: up to date")
                    continue
                font = cut_to_letters(original)
                draft = cut.with_suffix(".draft")
                draft.write_bytes(font)
                draft.replace(cut)
                self.stdout.write(f"{name}: {len(font) / 1000:.1f} kB")


def cut_to_letters(original) -> bytes:
    """The font of a TTF file with LETTERS and FEATURES alone, as WOFF2, without hinting."""
    options = subset.Options(
        flavor="woff2", hinting=False, layout_features=FEATURES, desubroutinize=True
    )
    with TTFont(original) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=LETTERS)
        cutter.subset(font)
        font.flavor = "woff2"
        out = BytesIO()
        font.save(out)
    return out.getvalue()

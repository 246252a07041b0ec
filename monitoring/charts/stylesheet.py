"""The style of a picture that stands alone: the site's rules for charts, with its colours in them.

Words for colours are replaced by the colours themselves, light and dark, since programs that are
no browsers know no custom properties.
"""

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256

from django.conf import settings

CSS = settings.BASE_DIR / "static" / "css"
COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")
USED = re.compile(r"var\(--([\w-]+)\)")
DARK = "@media (prefers-color-scheme: dark)"


@lru_cache(maxsize=1)
def text() -> str:
    """The style, the same for every picture."""
    tokens = (CSS / "10-tokens.css").read_text()
    light, dark = tokens.split(DARK)
    bright = dict(COLOUR.findall(light))
    rules = re.sub(r"/\*.*?\*/", "", (CSS / "62-charts.css").read_text(), flags=re.DOTALL)
    inner = rules[rules.index("{") + 1 : rules.rindex("}")]
    plain = [line.strip() for line in inner.splitlines() if line.strip()]
    base = (
        'svg{color-scheme:light dark;font-family:"Source Sans","Source Sans Pro",system-ui,'
        "sans-serif}"
    )
    by_night = bright | dict(COLOUR.findall(dark))
    day, night = ("".join(_with(line, one) for line in plain) for one in (bright, by_night))
    return f"{base}{day}{DARK}{{{night}}}"  # all of them again: of equals, the later rule holds


def _with(line: str, colours: dict[str, str]) -> str:
    return USED.sub(lambda found: colours.get(found[1], "currentColor"), line)


@lru_cache(maxsize=1)
def source() -> str:
    """What a content security policy names so that this style and no other is used."""
    return f"'sha256-{b64encode(sha256(text().encode()).digest()).decode()}'"

"""Lists that other sites show in a frame: a resource says that its things can be, and how.

/embed/<word>/ shows them to anyone in any frame: no script, no form, no cookie read or set
(portal.middleware). `code_for` gives a list the code to copy.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html

from portal.languages import current_language
from portal.resources import having

LIST = ("area", "topic", "kind")
THING = ("slug", "area", "kind")


@dataclass(frozen=True)
class Embeddable:
    """What a resource can do whose things are listed in frames of other sites.

    `word` is the last part of the address, `title` the heading and `index` the view of the whole
    list on the portal. `rows(parameters)` gives the variables of `template`, with the names of what
    it is narrowed by as `narrowed`; BadParameter for a value that there is not. `reads` are the
    parameters that the frame knows: LIST, or THING for one thing instead of a list, which is named
    by `slug` and gives its own `heading` and address (`whole`).
    """

    word: str
    title: str | Promise
    template: str
    rows: Callable[[Mapping[str, str]], dict[str, Any]]
    index: str
    reads: tuple[str, ...] = LIST


@dataclass(frozen=True)
class Code:
    """What is copied into another site's page: the address of the frame, and its title."""

    url: str
    title: str

    @property
    def html(self) -> str:
        """The element that is copied, as text: a page escapes it once more."""
        frame = '<iframe src="{}" title="{}" width="100%" height="600" loading="lazy"></iframe>'
        return format_html(frame, self.url, self.title)


def embeddables() -> dict[str, Embeddable]:
    """What can be embedded, by the last part of its address."""
    return {one.word: one for one in having(Embeddable).values()}


def address_of(word: str, parameters: Mapping[str, str]) -> str:
    """The address of a frame, narrowed as the list with these parameters is."""
    reads = embeddables()[word].reads
    kept = {name: parameters[name] for name in reads if parameters.get(name)}
    query = urlencode({**kept, "language": current_language()})
    return f"{settings.SITE_URL}{reverse('embed', kwargs={'word': word})}?{query}"


def code_for(word: str, parameters: Mapping[str, str]) -> Code:
    """The code for a list, for components/embed.html."""
    return Code(address_of(word, parameters), str(embeddables()[word].title))

"""An answer for other programs: HTML of plain elements with whole addresses, and plain text."""

import nh3
from django.conf import settings
from django.template.loader import render_to_string

from content.editorial.versions import pieces_of
from content.pages.models import SubjectPage

ELEMENTS = {
    *("p", "br", "h2", "ul", "ol", "li", "a", "b", "strong", "i", "em", "blockquote", "figure"),
    *("figcaption", "img", "table", "caption", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "th": {"scope"}}
AROUND = {"nav", "svg", "button", "script", "style"}  # what helps a reader of the page alone
LEFT_TO_THE_PAGE = {"title", "summary", "asked", "contact", "contents"}


def html_of(page: SubjectPage) -> str:
    """The body, without what only helps on the page and without addresses of people."""
    body = [block for block in page.body if block.block_type not in LEFT_TO_THE_PAGE]
    html = render_to_string("questions/plain.html", {"page": page, "body": body})
    return nh3.clean(
        html,
        tags=ELEMENTS,
        attributes=ATTRIBUTES,
        clean_content_tags=AROUND,
        url_schemes={"https", "http", "mailto", "tel"},
        url_relative=("rewrite_with_base", settings.SITE_URL),
        link_rel=None,
    ).strip()


def text_of(page: SubjectPage) -> str:
    """The same in plain words, with an empty line between its parts."""
    pieces = [piece for piece in pieces_of(page) if piece.kind not in LEFT_TO_THE_PAGE]
    return "\n\n".join(piece.text for piece in pieces)

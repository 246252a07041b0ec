"""Rich text as nodes: cleaned HTML mapped element by element, text staying text."""

import re
import unicodedata
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import nh3
from django.conf import settings

Node = dict[str, Any]

HEADINGS = {"h2": 2, "h3": 3, "h4": 4}
LISTS = {"ul": "list", "ol": "numbered"}
INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em"}
CELLS = ("td", "th")
TABLE = ("table", "caption", "thead", "tbody", "tr", *CELLS)
TAGS = {"p", "a", "br", "blockquote", "li", *HEADINGS, *LISTS, *INLINE, *TABLE}
BLOCKS = ("p", "heading", "quote", "list", "numbered", "table", "picture", "chart", "note")
SCHEMES = {"http", "https", "mailto", "tel"}
DEEPEST = 40  # elements within elements; what is deeper loses its form and keeps its text
# No signs of a text: controls, surrogates, private use, unassigned; and the controls that turn the
# direction of all that follows, with which a text shows otherwise than it reads.
NO_SIGNS = ("Cc", "Cs", "Co", "Cn")
TURNING = set(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
SPACES = re.compile(r"[ \t\r\n]+")


class BadDocument(ValueError):
    """What was given makes no document; the message names the field, for who wrote the caller."""


def readable(text: str) -> str:
    """The text without what is no sign of it; line breaks stay."""
    return "".join(
        sign
        for sign in text.replace("\r\n", "\n")
        if sign == "\n" or (unicodedata.category(sign) not in NO_SIGNS and sign not in TURNING)
    )


def of_text(text: str) -> list[Node]:
    """Paragraphs of plain text: a blank line ends one, a line break stays one."""
    paragraphs = [part.strip("\n") for part in re.split(r"\n\s*\n", readable(text))]
    return [{"kind": "p", "nodes": _lines(part)} for part in paragraphs if part.strip()]


def _lines(text: str) -> list[Node]:
    nodes: list[Node] = []
    for line in text.split("\n"):
        nodes += [{"kind": "br"}] if nodes else []
        nodes.append({"kind": "text", "text": line})
    return nodes


def of_html(html: str) -> list[Node]:
    """Nodes of p, h2–h4, ul, ol, li, a, strong, em, blockquote, table and br; the rest is text.

    Headings never skip a level. Relative links lead to SITE_URL. BadDocument for a table whose
    first row has no header cell.
    """
    reader = _Reader()
    html = html.encode(errors="ignore").decode()  # half a character is none
    reader.feed(nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES))
    reader.close()
    return _levelled(reader.root.blocks())


def picture(content: bytes, alt: str, *, width: int = 40) -> Node:
    """A picture (PNG, JPEG, GIF, WebP or SVG) with the words that say what it shows.

    `width` is in millimetres. BadDocument without words.
    """
    if not readable(alt).strip():
        raise BadDocument("A picture has no alternative text.")
    return {"kind": "picture", "content": list(content), "alt": readable(alt), "width": width}


def chart(svg: str, alt: str) -> Node:
    """A drawn figure across the page, with the words that say what it shows.

    BadDocument without them.
    """
    if not readable(alt).strip():
        raise BadDocument("A picture has no alternative text.")
    return {"kind": "chart", "svg": svg, "alt": readable(alt)}


def note(text: str) -> Node:
    """A paragraph that stands out."""
    return {"kind": "note", "nodes": of_text(text)}


def heading(text: str, level: int) -> Node:
    return {"kind": "heading", "level": level, "nodes": _lines(readable(text))}


def table(header: list[str], rows: list[list[str]], *, numbers: bool = False) -> Node:
    """A table of plain texts; with `numbers` all but its first column stand to the right."""
    cells = [[_lines(readable(cell)) for cell in row] for row in (header, *rows)]
    return {
        "kind": "table",
        "columns": len(header),
        "header": cells[0],
        "rows": cells[1:],
        "numbers": numbers,
    }


class _Element:
    def __init__(self, tag: str, url: str = ""):
        self.tag, self.url = tag, url
        self.children: list[_Element | Node] = []

    def elements(self, *tags: str) -> list["_Element"]:
        """The elements of these kinds in it, without those inside them."""
        found: list[_Element] = []
        for child in self.children:
            if isinstance(child, _Element):
                found += [child] if child.tag in tags else child.elements(*tags)
        return found

    def nodes(self) -> list[Node]:
        out: list[Node] = []
        for child in self.children:
            out += child.as_nodes() if isinstance(child, _Element) else [child]
        return out

    def inline(self) -> list[Node]:
        """What is in it, where no block may stand: blocks give what is in them."""
        out: list[Node] = []
        for node in self.nodes():
            out += _flattened(node)
        return out

    def blocks(self) -> list[Node]:
        """What is in it as blocks: text between them becomes paragraphs."""
        out: list[Node] = []
        loose: list[Node] = []
        for node in [*self.nodes(), {"kind": "end"}]:
            if node["kind"] not in (*BLOCKS, "end"):
                loose.append(node)
                continue
            if _says(loose):
                out.append({"kind": "p", "nodes": _trimmed(loose)})
            loose = []
            out += [node] if node["kind"] != "end" else []
        return out

    def as_nodes(self) -> list[Node]:
        tag = self.tag
        if tag == "br":
            return [{"kind": "br"}]
        if kind := INLINE.get(tag):
            return _if_said({"kind": kind, "nodes": self.inline()})
        if tag == "a":
            if not self.url:
                return self.nodes()
            return _if_said({"kind": "link", "url": self.url, "nodes": self.inline()})
        if tag == "p":
            return _if_said({"kind": "p", "nodes": _trimmed(self.inline())})
        if level := HEADINGS.get(tag):
            return _if_said({"kind": "heading", "level": level, "nodes": _trimmed(self.inline())})
        if tag == "blockquote":
            return _if_said({"kind": "quote", "nodes": self.blocks()})
        if kind := LISTS.get(tag):
            items = [_without_headings(item.blocks()) for item in self.elements("li")]
            items = [_tight(item) for item in items if _says(item)]
            return [{"kind": kind, "items": items}] if items else []
        if tag == "table":
            return self.table()
        return self.nodes()

    def table(self) -> list[Node]:
        rows = [row.elements(*CELLS) for row in self.elements("tr")]
        rows = [row for row in rows if row]
        if not rows:
            return self.nodes()
        if not any(cell.tag == "th" for cell in rows[0]):
            raise BadDocument("A table has no header cells in its first row.")
        width = max(map(len, rows))
        # A cell that names its row is strong: the format has no header of a row yet.
        filled = [
            [
                [{"kind": "strong", "nodes": _trimmed(cell.inline())}]
                if cell.tag == "th" and number
                else _trimmed(cell.inline())
                for cell in row
            ]
            + [[] for _ in range(width - len(row))]
            for number, row in enumerate(rows)
        ]
        captions = [
            {"kind": "p", "nodes": [{"kind": "strong", "nodes": caption.inline()}]}
            for caption in self.elements("caption")
        ]
        return [
            *captions,
            {"kind": "table", "columns": width, "header": filled[0], "rows": filled[1:]},
        ]


def _says(nodes: list[Node]) -> bool:
    """Whether there is anything to read in them."""
    return any(
        node["kind"] in ("picture", "table", "list", "numbered")
        or node.get("text", "").strip()
        or _says(node.get("nodes", []))
        for node in nodes
    )


def _trimmed(nodes: list[Node]) -> list[Node]:
    """Text of a block without the spaces at its ends, which a page does not show either."""
    nodes = [dict(node) for node in nodes]
    while nodes and nodes[0]["kind"] == "text":
        nodes[0]["text"] = nodes[0]["text"].lstrip(" ")
        if nodes[0]["text"]:
            break
        nodes.pop(0)
    while nodes and nodes[-1]["kind"] == "text":
        nodes[-1]["text"] = nodes[-1]["text"].rstrip(" ")
        if nodes[-1]["text"]:
            break
        nodes.pop()
    return nodes


def _if_said(node: Node) -> list[Node]:
    return [node] if _says(node["nodes"]) else []


def _flattened(node: Node) -> list[Node]:
    if node["kind"] not in BLOCKS:
        return [node]
    inside = [*node.get("nodes", []), *(n for item in node.get("items", []) for n in item)]
    cells = [node.get("header", []), *node.get("rows", [])]
    inside += [n for row in cells for cell in row for n in cell]
    return [{"kind": "text", "text": " "}, *(flat for n in inside for flat in _flattened(n))]


def _tight(item: list[Node]) -> list[Node]:
    """An item of one paragraph is its text."""
    return item[0]["nodes"] if len(item) == 1 and item[0]["kind"] == "p" else item


def _without_headings(nodes: list[Node]) -> list[Node]:
    return [
        {"kind": "p", "nodes": [{"kind": "strong", "nodes": node["nodes"]}]}
        if node["kind"] == "heading"
        else node
        for node in nodes
    ]


def _levelled(blocks: list[Node]) -> list[Node]:
    """Headings at most one level below the one before; the document's own title is level 1."""
    before = 1
    for node in blocks:
        if node["kind"] == "heading":
            before = node["level"] = min(node["level"], before + 1)
        elif node["kind"] == "quote":
            node["nodes"] = _without_headings(node["nodes"])
    return blocks


class _Reader(HTMLParser):
    """Builds the tree of elements of what nh3 has written, where every tag is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Element("root")
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        url = dict(attrs).get("href") or "" if tag == "a" else ""
        element = _Element(tag, _absolute(url))
        self.open[min(len(self.open), DEEPEST) - 1].children.append(element)
        if tag != "br":
            self.open.append(element)

    def handle_endtag(self, tag):
        if len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data):
        if text := SPACES.sub(" ", readable(data)):
            self.open[-1].children.append({"kind": "text", "text": text})


def _absolute(url: str) -> str:
    """The link as it works on paper and in a mailbox; "" for none and for a place in the page."""
    if not url or url.startswith("#"):
        return ""
    absolute = urljoin(f"{settings.SITE_URL}/", url)
    return absolute if urlsplit(absolute).scheme in SCHEMES else ""

import pytest
from django.conf import settings

from portal.printing import BadDocument, richtext


def kinds(html):
    return [node["kind"] for node in richtext.of_html(html)]


def said(nodes):
    """All text in the nodes, in order."""
    out = ""
    for node in nodes:
        out += node.get("text", "") + said(node.get("nodes", []))
        out += "".join(map(said, node.get("items", [])))
        for row in [node.get("header", []), *node.get("rows", [])]:
            out += "".join(map(said, row))
    return out


def test_headings_skip_no_level():
    html = "<h4>a</h4><h2>b</h2><h4>c</h4><h3>d</h3>"

    assert [node["level"] for node in richtext.of_html(html)] == [2, 2, 3, 3]


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ("<a href='/fi/x'>a</a>", f"{settings.SITE_URL}/fi/x"),
        ("<a href='mailto:a@example.org'>a</a>", "mailto:a@example.org"),
        ("<a href='javascript:alert(1)'>a</a>", None),
        ("<a href='data:text/html,x'>a</a>", None),
        ("<a href='file:///etc/passwd'>a</a>", None),
        ("<a href='#here'>a</a>", None),
    ],
)
def test_links_lead_somewhere_or_are_text(html, url):
    [paragraph] = richtext.of_html(html)
    [node] = paragraph["nodes"]

    assert node.get("url") == url
    assert said([node]) == "a"


def test_scripts_and_styles_go_with_their_contents_and_other_elements_leave_their_text():
    html = "<script>x()</script><style>y</style><div>a <span onclick='z'>b</span></div>"

    assert said(richtext.of_html(html)) == "a b"


def test_short_rows_are_filled_and_a_table_needs_header_cells():
    [table] = richtext.of_html("<table><tr><th>a</th><th>b</th></tr><tr><td>c</td></tr></table>")

    assert (table["columns"], len(table["rows"][0])) == (2, 2)
    with pytest.raises(BadDocument, match="header"):
        richtext.of_html("<table><tr><td>a</td></tr></table>")


@pytest.mark.parametrize("alt", ["", "  ", "\x00"])
def test_a_picture_needs_words(alt):
    with pytest.raises(BadDocument, match="alternative"):
        richtext.picture(b"", alt)


def test_blocks_within_blocks_keep_their_text():
    html = "<ul><li><h2>a</h2><p>b</p></li></ul><blockquote><h3>c</h3></blockquote><p>d<p>e"

    assert kinds(html) == ["list", "quote", "p", "p"]
    assert said(richtext.of_html(html)).split() == ["ab" + "c" + "d" + "e"]


def test_elements_a_thousand_deep_keep_their_text():
    html = "<blockquote>" * 1000 + "deep" + "</blockquote>" * 1000

    assert "deep" in said(richtext.of_html(html))


def test_paragraphs_and_lines_of_plain_text():
    first, second = richtext.of_text("a\r\nb\n\n\n c\u202e\x07")

    assert [node["kind"] for node in first["nodes"]] == ["text", "br", "text"]
    assert said([second]).strip() == "c"


def test_a_block_has_no_spaces_at_its_ends():
    html = (
        "<p>\n  One <strong>two </strong>\n</p><h2> Three </h2><table><tr><th> A </th></tr></table>"
    )
    paragraph, heading, table = richtext.of_html(html)
    assert [node.get("text") for node in paragraph["nodes"]] == ["One ", None]
    assert heading["nodes"] == [{"kind": "text", "text": "Three"}]
    assert table["header"] == [[{"kind": "text", "text": "A"}]]

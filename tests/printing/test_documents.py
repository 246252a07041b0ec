"""What is printed is a PDF for everybody, and text stays text whatever is in it."""

import subprocess

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from portal.printing import BadDocument, MissingGlyphs, PrintingError, render, richtext
from tests import services

from .samples import elements, links, of_every_kind, opened, tags

KINDS = ("letter", "sheet", "brief", "page", "certificate")
MARKUP = [
    "= Heading",
    "#heading[x]",
    '#read("/etc/passwd")',
    '#import "@preview/x:0.1.0": *',
    '#link("https://evil.example.org")[x]',
    "https://evil.example.org",
    "- item\n+ item",
    "*strong* _em_ `raw` $x^2$ @ref <label>",
    '[x] ] } #] \\ " \\u{41} // x /* x',
    "<h2>x</h2><a href='https://evil.example.org'>x</a>",
    "${x} {{ x }} {% x %} %(x)s",
]


def letter(**changes):
    plain = {
        "title": "Title",
        "title_of_kind": "Letter",
        "sender": ["KEHA"],
        "recipient": ["Reader"],
        "day": "1.1.2027",
        "body": richtext.of_text("Words"),
    }
    return plain | changes


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_kind_has_tags_title_and_language(kind, language):
    data = of_every_kind()[kind]

    pdf = opened(render(kind, data, language))

    assert str(pdf.Root.Lang) == language
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert tags(pdf).count("H1") == 1
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == data["title"]
        assert metadata["pdfuaid:part"] == "1"


@pytest.mark.verapdf
def test_every_kind_is_judged_to_be_pdf_ua(tmp_path):
    files = []
    for kind, data in of_every_kind().items():
        files.append(tmp_path / f"{kind}.pdf")
        files[-1].write_bytes(render(kind, data, "fi"))
    command = ["java", "-cp", f"{services.verapdf()}/*"]
    command += ["org.verapdf.apps.GreenfieldCliWrapper", "-f", "ua1", "--format", "text", "-v"]

    done = subprocess.run([*command, *files], capture_output=True, text=True, timeout=120)

    assert done.stdout.splitlines() == [f"PASS {file} ua1" for file in files]


def test_a_brief_is_one_page_however_much_it_says():
    short = of_every_kind()["brief"]
    long = short | {"body": richtext.of_text("\n\n".join(["Sanoja on paljon. " * 16] * 14))}

    assert len(opened(render("brief", short, "fi")).pages) == 1
    assert len(opened(render("brief", long, "fi")).pages) == 1


def test_rich_text_becomes_elements_of_the_document():
    pdf = opened(render("letter", of_every_kind()["letter"], "fi"))
    found = tags(pdf)

    for tag in ("H2", "H3", "L", "LI", "Strong", "Em", "BlockQuote", "Link", "Table", "Figure"):
        assert tag in found, tag
    assert "H4" not in found  # an h4 right after an h2 is one level below it
    heads = [element for element in elements(pdf) if element.S == "/TH"]
    assert len(heads) == 2
    assert all("/Column" in repr(head.A) for head in heads)
    [figure] = [element for element in elements(pdf) if element.S == "/Figure"]
    assert str(figure.Alt) == "Musta neliö"
    assert links(pdf) == [f"{settings.SITE_URL}/fi/"]


def test_pages_are_numbered_and_the_sender_stands_on_each():
    long = letter(body=richtext.of_text("word " * 3000))

    assert len(opened(render("letter", long, "en")).pages) > 2


def test_the_same_data_give_the_same_bytes():
    data = of_every_kind()["letter"]

    assert render("letter", data, "fi") == render("letter", data, "fi")


@pytest.mark.parametrize(
    "name",
    [
        "Åsa Öberg",
        "Čálli Ŋuŧŧa Ǥuǥǥi Ǩaʒʒi Ǯiǯi",
        "Šárka Žižková",
        "Олена Їжак",
        "محمد گلچین",
        "שלום",
        "Nguyễn",
    ],
)
def test_names_of_clients_languages_are_printed(name):
    before = len(render("letter", letter(), "fi"))

    assert len(render("letter", letter(recipient=[name]), "fi")) > before


@pytest.mark.parametrize("name", ["ትግርኛ", "中文", "😀", "ڵ"])
def test_a_letter_that_no_font_has_is_named_and_not_left_out(name):
    with pytest.raises(MissingGlyphs) as caught:
        render("letter", letter(recipient=[name]), "fi")

    assert caught.value.text in name


@pytest.mark.parametrize(
    ("kind", "changes", "language", "says"),
    [
        ("poster", {}, "fi", "poster"),
        ("letter", {}, "de", "'de'"),
        ("letter", {"title": " \x00 "}, "fi", "needs 'title'"),
        ("letter", {"recipient": [""]}, "fi", "needs 'recipient'"),
        ("letter", {"colour": "red"}, "fi", "no 'colour'"),
        ("certificate", {}, "fi", "no 'sender'"),
        ("letter", {"body": richtext.of_text("x" * 700_000)}, "fi", "longer"),
    ],
)
def test_what_makes_no_document_is_refused_in_words(kind, changes, language, says):
    with pytest.raises(BadDocument, match=says):
        render(kind, letter(**changes), language)


def test_a_file_that_is_no_picture_is_refused():
    with pytest.raises(PrintingError):
        render("letter", letter(body=[richtext.picture(b"GIF89a?", "x")]), "fi")


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_the_data_is_text(text):
    tame = opened(render("letter", letter(recipient=["a b"], body=richtext.of_text("a b")), "en"))

    data = letter(title=text, recipient=[text], body=richtext.of_text(" ".join(text.split())))
    pdf = opened(render("letter", data, "en"))

    assert tags(pdf) == tags(tame)
    assert links(pdf) == []


SIGNS = st.characters(codec=None, categories=None) | st.sampled_from(
    "#*_`$<>@\\[]{}=-+/\"'~\u202e\u2028\x00\x85"
)


@examples(max_examples=60, deadline=None)
@given(text=st.text(SIGNS, max_size=300))
def test_whatever_is_written_neither_breaks_nor_adds_anything(text):
    data = letter(
        recipient=["a", text],
        body=[*richtext.of_text(f"a {text}"), *richtext.of_html(f"<p>a {text}</p>")],
    )
    try:
        pdf = opened(render("letter", data, "sv"))
    except MissingGlyphs as missing:
        assert missing.text.strip()
        return
    for forbidden in ("/OpenAction", "/AA", "/AcroForm"):
        assert forbidden not in pdf.Root
    assert not pdf.attachments
    assert "Link" not in tags(pdf)


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "( " * 50_000, "א " * 50_000, "pitkä sana " * 9_000]
)
def test_a_hundred_thousand_characters_are_printed(text):
    assert opened(render("letter", letter(body=richtext.of_text(text)), "fi")).pages


PIECES = st.lists(
    st.sampled_from(
        [f"<{slash}{tag}>" for tag in sorted(richtext.TAGS - {"td"}) for slash in ("", "/")]
        + ["<a href='https://example.org/'>", "word ", " "]
    ),
    max_size=40,
).map("".join)


@examples(max_examples=100, deadline=None)
@given(html=PIECES)
def test_elements_in_any_order_make_a_document(html):
    """A row without header cells is the one thing of rich text that is refused."""
    try:
        body = richtext.of_html(f"<p>First</p>{html}")
    except BadDocument:
        assert "<tr>" in html or "<table>" in html
        return

    assert "Document" in tags(opened(render("letter", letter(body=body), "en")))

"""A document of each kind with all that it can have, and how a PDF's tags are read."""

from io import BytesIO

import pikepdf

from portal.printing import richtext

SQUARE = b"""<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">
<rect width="20" height="20"/></svg>"""
HTML = """<h2>Tausta</h2><p>Hakemus <strong>saapui</strong> <em>ajoissa</em>;
katso <a href="/fi/">sivut</a>.</p>
<h4>Perustelut</h4><ul><li>yksi<ul><li>sisempi</li></ul></li><li><p>kaksi</p><p>kolme</p></li></ul>
<ol><li>eka<br>toinen rivi</li></ol><blockquote><p>Lainaus</p></blockquote>
<table><caption>Luvut</caption><thead><tr><th>Vuosi</th><th>Määrä</th></tr></thead>
<tbody><tr><th>2026</th><td>12</td></tr><tr><td>2027</td></tr></tbody></table>"""


def of_every_kind():
    blanks = {"kind": "blanks", "title": "Päätös", "items": [{"label": "Päätämme", "lines": 3}]}
    body = [*richtext.of_html(HTML), richtext.picture(SQUARE, "Musta neliö"), blanks]
    return {
        "letter": {
            "title": "Ohjelman jäsenyys",
            "title_of_kind": "Päätös",
            "sender": ["KEHA-keskus", "Kumppanuusohjelma"],
            "recipient": ["Esimerkkijärjestö ry", "9000003-5"],
            "day": "3.5.2027",
            "register_number": "KEHA/1/2027",
            "body": body,
            "decided_by": ["Aino Esimerkki, asiantuntija"],
            "again": richtext.of_text("Ota yhteyttä.\n\nVastaamme sinulle."),
        },
        "sheet": {
            "title": "Tarkistuslista",
            "author": "Kotoutumisportaali",
            "day": "3.5.2027",
            "source": "Lähde: esimerkki",
            "body": body,
        },
        "brief": {
            "title": "Tilannekuva",
            "author": "Kotoutumisportaali",
            "day": "3.5.2027",
            "source": "Lähde: esimerkki",
            "body": richtext.of_html(HTML),
            "beside": [richtext.picture(SQUARE, "Kartta", width=66), *richtext.of_text("Sanoja")],
        },
        "page": {
            "title": "Kuopio",
            "title_of_kind": "Kunta",
            "author": "Kotoutumisportaali",
            "day": "3.5.2027",
            "source": "Lähde: esimerkki",
            "body": body,
            "left": richtext.of_html("<h2>Kumppanit</h2><p>Kaksi.</p>"),
            "right": richtext.of_html("<h2>Sitoumukset</h2><ul><li>yksi</li></ul>"),
        },
        "certificate": {
            "title": "Todistus",
            "author": "Kotoutumisportaali",
            "recipient": ["Aino Esimerkki"],
            "day": "3.5.2027",
            "body": richtext.of_text("on suorittanut kurssin."),
            "decided_by": ["Ohjelmatiimi"],
            "source": "Tunnus 12345",
        },
    }


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))


def elements(pdf):
    """Every element of the structure tree, in the order of reading."""

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for each in node:
                yield from walk(each)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from walk(node.K)

    return list(walk(pdf.Root.StructTreeRoot.K))


def tags(pdf) -> list[str]:
    return [str(element.S).removeprefix("/") for element in elements(pdf)]


def links(pdf) -> list[str]:
    return [
        str(note.A.URI)
        for page in pdf.pages
        for note in page.get("/Annots", [])
        if note.Subtype == "/Link" and "/URI" in note.get("/A", {})
    ]

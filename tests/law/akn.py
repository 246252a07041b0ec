"""Invented statutes in Akoma Ntoso, set out as Finlex sets them."""

SPACES = (
    'xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"'
    ' xmlns:finlex="http://data.finlex.fi/schema/finlex"'
)
CODES = {"fi": "fin", "sv": "swe"}


def document(
    body,
    *,
    reference="9001/2023",
    language="fi",
    category="new-statute",
    kind="act",
    title="Laki esimerkeistä",
    given_on="2023-03-10",
    version="",
    meta="",
    clause="<p>Keksityn päätöksen mukaisesti säädetään:</p>",
    after="",
):
    """A whole file; one that is consolidated when it has a `version` such as "20259002"."""
    number, _slash, year = reference.partition("/")
    path = f"/akn/fi/act/statute{'-consolidated' if version else ''}/{year}/{number}"
    code = CODES[language]
    numbered = f'<FRBRversionNumber value="{version}"/>' if version else ""
    return f"""<akomaNtoso {SPACES}><act contains="originalVersion" name="main"><meta>
<identification source="#x"><FRBRWork><FRBRuri value="{path}"/>
<FRBRdate date="{given_on}" name="dateIssued"/></FRBRWork>
<FRBRExpression><FRBRuri value="{path}/{code}@{version}"/>
<FRBRdate date="{given_on}" name="dateConsolidated"/>{numbered}
<FRBRlanguage language="{code}"/></FRBRExpression></identification>
<proprietary source="#x"><finlex:typeStatute refersTo="#{kind}"/>
<finlex:categoryStatute refersTo="#{category}"/>{meta}</proprietary></meta>
<preface><p><docNumber>{reference}</docNumber><docTitle>{title}</docTitle></p></preface>
<preamble><formula name="enactingClause">{clause}</formula></preamble>
<body><hcontainer name="statuteProvisionsWrapper">{body}</hcontainer>{after}</body>
</act></akomaNtoso>"""


def chapter(number, heading, *sections, language="fi"):
    word = "luku" if language == "fi" else "kap."
    inside = "".join(sections)
    return f"<chapter><num>{number} {word}</num><heading>{heading}</heading>{inside}</chapter>"


def section(number, heading, *inside, by=""):
    return (
        f"<section{changed(by)}><num>{number} §</num><heading>{heading}</heading>"
        f"{''.join(inside)}</section>"
    )


def subsection(words, *, by=""):
    return f"<subsection{changed(by)}><content><p>{words}</p></content></subsection>"


def items(intro, *inside, closing=""):
    end = f"<wrapUp><p>{closing}</p></wrapUp>" if closing else ""
    return f"<subsection><intro><p>{intro}</p></intro>{''.join(inside)}{end}</subsection>"


def item(number, words, *, by=""):
    return (
        f"<paragraph{changed(by)}><num>{number})</num><content><p>{words}</p></content></paragraph>"
    )


def table(*rows):
    cells = "".join(
        f"<tr>{''.join(f'<td><p>{cell}</p></td>' for cell in row)}</tr>" for row in rows
    )
    return f"<table>{cells}</table>"


def note(words):
    return f'<hcontainer name="noteAuthorial"><content><p>{words}</p></content></hcontainer>'


def changed(by):
    """What marks an element as changed by an act such as 9002/2025."""
    if not by:
        return ""
    number, _slash, year = by.partition("/")
    return f' finlex:originalVersion="@{year}{number:0>4}"'


def amended_by(*acts):
    """What the metadata says of amending acts, each with its day: ("9002/2025", "2026-01-01")."""
    rows = "".join(
        f'<finlex:statuteReference><finlex:ref href="x">{act}</finlex:ref><finlex:inForce>'
        f'<finlex:dateEntryIntoForce date="{day}"/></finlex:inForce></finlex:statuteReference>'
        for act, day in acts
    )
    return f"<finlex:amendedBy>{rows}</finlex:amendedBy>"


def provisions(**words):
    """The provisions on entry into force at the end, by heading: x20251120_9002="…"."""
    found = []
    for name, said in words.items():
        day, _line, number = name[1:].partition("_")
        heading = f"{int(day[6:])}.{int(day[4:6])}.{day[:4]}/{number}:"
        found.append(
            f'<hcontainer name="entryIntoForce"><heading>{heading}</heading><content>'
            f"{''.join(f'<p>{one}</p>' for one in said)}</content></hcontainer>"
        )
    name = "amendmentEntryIntoForceAndApplianceProvisions"
    return f'<hcontainer name="{name}">{"".join(found)}</hcontainer>'

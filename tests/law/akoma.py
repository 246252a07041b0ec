"""Invented acts as Finlex writes Akoma Ntoso: an act, what amends it, and what comes of it."""

NAMESPACES = (
    'xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"'
    ' xmlns:finlex="http://data.finlex.fi/schema/finlex"'
)
CODES = {"fi": "fin", "sv": "swe"}
TITLES = {"fi": "Laki esimerkkipalveluista", "sv": "Lag om exempelservice"}
MONTHS = {
    "fi": [
        "tammi",
        "helmi",
        "maalis",
        "huhti",
        "touko",
        "kesä",
        "heinä",
        "elo",
        "syys",
        "loka",
        "marras",
        "joulu",
    ],
    "sv": [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
}


def original(language, sections, *, number=9101, year=2023, given="2023-03-10", day="2024-01-01"):
    """An act as it was given: `sections` are (number, heading, words)."""
    last = str(len(sections) + 1)
    begins = (last, {"fi": "Voimaantulo", "sv": "Ikraftträdande"}[language], _begins(language, day))
    body = _chapter(language, [_section(language, *one) for one in [*sections, begins]])
    meta = _meta("statute", number, year, language, given)
    return _act(meta, number, year, TITLES[language], body)


def amending(
    language, number, year, given, day, changed, *, amends=(9101, 2023), proposal="HE 9903/2026"
):
    """An amending act that substitutes whole sections."""
    numbers = [one[0] for one in changed]
    named = f"{' ja '.join(numbers) if language == 'fi' else ' och '.join(numbers)} §"
    target = f'<affectedDocument href="/akn/fi/act/statute/{amends[1]}/{amends[0]}">'
    target += f"{amends[0]}/{amends[1]}</affectedDocument>"
    words = {
        "fi": ("muutetaan", f"esimerkkipalveluista annetun lain ({target}) {named} seuraavasti:"),
        "sv": ("ändras", f"i lagen om exempelservice ({target}) {named} som följer:"),
    }[language]
    title = {
        "fi": "Laki esimerkkipalveluista annetun lain muuttamisesta",
        "sv": "Lag om ändring av lagen om exempelservice",
    }[language]
    opening = {"fi": "Keksityn päätöksen mukaisesti", "sv": "I enlighet med ett påhittat beslut"}
    clause = (
        f'<preamble><formula name="enactingClause"><p>{opening[language]}</p><blockContainer>'
        f'<block name="substitutions"><i>{words[0]}</i> {words[1]}</block></blockContainer>'
        "</formula></preamble>"
    )
    body = "".join(_section(language, *one) for one in changed)
    after = (
        '<hcontainer name="entryIntoForceStart"/>'
        '<hcontainer eId="entryIntoForce" name="entryIntoForce"><content>'
        f"<p>{_begins(language, day)}</p></content></hcontainer>"
        '<hcontainer name="conclusions"><hcontainer name="preliminaryWork"><content><p>'
        f"{proposal if language == 'fi' else proposal.replace('HE', 'RP')}</p></content>"
        "</hcontainer></hcontainer>"
    )
    meta = _meta("statute", number, year, language, given, category="amending-statute")
    return _act(meta, number, year, title, body, after, clause)


def consolidated(
    language, version, sections, amended_by, *, number=9101, year=2023, given, decrees=(), more=""
):
    """A consolidated version. `sections` are (number, heading, words) or with what was before:
    (number, heading, words, (heading, words), act, day) where `day` is still ahead.

    `amended_by` are (number, year, day).
    """
    meta = _meta(
        "statute-consolidated", number, year, language, "2023-03-10", version, given, amended_by
    )
    under = "".join(
        '<finlex:statuteReference><finlex:ref href="/akn/fi/act/statute-consolidated/'
        f'{y}/{n}">{n}/{y}</finlex:ref></finlex:statuteReference>'
        for n, y in decrees
    )
    if under:
        under = f"<finlex:issuedUnderThisAct>{under}</finlex:issuedUnderThisAct>"
        meta = meta.replace("</proprietary>", f"{under}</proprietary>")
    found = []
    for one in sections:
        if len(one) == 3:
            found.append(_section(language, *one))
        else:
            section, heading, words, before, act, day = one
            found += [
                _section(language, section, heading, words, mark=f"v{act[1]}{act[0]:04}"),
                _note(language, section, act, day),
                _section(language, section, *before),
            ]
    last = str(len({one[0] for one in sections}) + 1)
    begins = {"fi": "Voimaantulo", "sv": "Ikraftträdande"}[language]
    own = _section(language, last, begins, _begins(language, "2024-01-01"))
    found.append(own.replace("<section ", '<section finlex:entryIntoForce="true" ', 1))
    ends = "".join(
        f'<hcontainer eId="entryIntoForce_{y}{n:04}" name="entryIntoForce">'
        f"<heading>{n}/{y}:</heading><content><p>{_begins(language, day)}</p></content>"
        "</hcontainer>"
        for n, y, day in amended_by
    )
    name = "amendmentEntryIntoForceAndApplianceProvisions"
    after = f'<hcontainer name="{name}">{ends}</hcontainer>{more}'
    return _act(meta, number, year, TITLES[language], _chapter(language, found), after)


def _meta(
    kind, number, year, language, given, version="", consolidated_on="", amended_by=(), category=""
):
    code = CODES[language]
    work = f"/akn/fi/act/{kind}/{year}/{number}"
    expression = f"{work}/{code}@{version}"
    more = ""
    if version:
        more = f'<FRBRdate date="{consolidated_on}" name="dateConsolidated"/>'
        more += f'<FRBRversionNumber value="{version}"/>'
    by = "".join(
        f'<finlex:statuteReference><finlex:ref href="/akn/fi/act/statute/{y}/{n}">{n}/{y}'
        f'</finlex:ref><finlex:inForce><finlex:dateEntryIntoForce date="{day}"/></finlex:inForce>'
        "</finlex:statuteReference>"
        for n, y, day in amended_by
    )
    own = f"<finlex:amendedBy>{by}</finlex:amendedBy>" if by else ""
    if kind == "statute-consolidated":
        own = (
            '<finlex:isInForce value="true"/><finlex:inForce><finlex:dateEntryIntoForce'
            f' date="2024-01-01"/></finlex:inForce>{own}'
        )
    else:
        own = f'<finlex:categoryStatute refersTo="#{category or "new-statute"}"/>'
    return (
        "<meta><identification><FRBRWork>"
        f'<FRBRthis value="{work}/!main"/><FRBRuri value="{work}"/>'
        f'<FRBRdate date="{given}" name="dateIssued"/>'
        f'<FRBRcountry value="fi"/><FRBRsubtype value="{kind}"/><FRBRnumber value="{number}"/>'
        f'<FRBRauthoritative value="{str(kind == "statute").lower()}"/>'
        f'</FRBRWork><FRBRExpression><FRBRthis value="{expression}/!main"/>'
        f'<FRBRuri value="{expression}"/><FRBRdate date="{given}" name="dateIssued"/>{more}'
        f'<FRBRlanguage language="{code}"/></FRBRExpression></identification>'
        '<proprietary><finlex:typeStatute refersTo="#act"/>'
        f"<finlex:documentYear>{year}</finlex:documentYear>{own}</proprietary></meta>"
    )


def _act(meta, number, year, title, body, after="", preamble=None):
    preamble = preamble or (
        '<preamble><formula name="enactingClause"><p>Keksityn päätöksen mukaisesti säädetään:</p>'
        "</formula></preamble>"
    )
    return (
        f'<akomaNtoso {NAMESPACES}><act contains="originalVersion" name="main">{meta}'
        f"<preface><p><docNumber>{number}/{year}</docNumber><docTitle>{title}</docTitle></p>"
        f'</preface>{preamble}<body><hcontainer name="statuteProvisionsWrapper">'
        f"{body}</hcontainer>{after}</body></act></akomaNtoso>"
    )


def _chapter(language, sections):
    num = {"fi": "1 luku", "sv": "1 kap."}[language]
    heading = {"fi": "Esimerkki", "sv": "Exempel"}[language]
    return (
        f'<chapter eId="chp_1"><num>{num}</num><heading>{heading}</heading>'
        f"{''.join(sections)}</chapter>"
    )


def _section(language, number, heading, words, mark=""):
    return (
        f'<section eId="chp_1__sec_{number}{mark}"><num>{number} §</num>'
        f"<heading>{heading}</heading>"
        f"<subsection><content><p>{words}</p></content></subsection></section>"
    )


def _note(language, section, act, day):
    ref = f'<ref href="/akn/fi/act/statute/{act[1]}/{act[0]}">{act[0]}/{act[1]}</ref>'
    year, month, date = map(int, day.split("-"))
    when = f"{date}.{month}.{year}"
    words = {
        "fi": f"L:lla {ref} muutettu {section} § tulee voimaan {when}. Aiempi sanamuoto kuuluu:",
        "sv": (
            f"{section} § har ändrats genom L {ref}, som träder i kraft {when}."
            " Den tidigare formen lyder:"
        ),
    }[language]
    return f'<hcontainer name="noteAuthorial"><content><p>{words}</p></content></hcontainer>'


def _begins(language, day):
    year, month, date = map(int, day.split("-"))
    name = MONTHS[language][month - 1]
    if language == "fi":
        return f"Tämä laki tulee voimaan {date} päivänä {name}kuuta {year}."
    return f"Denna lag träder i kraft den {date} {name} {year}."

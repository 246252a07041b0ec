"""Invented statutes, in the statute collection's XML and in our JSON. None of them is law."""

NAMES = (
    'xmlns:vah="urn:example:vah" xmlns:saa="urn:example:saa" xmlns:met1="urn:example:met1"'
    ' xmlns:asi="urn:example:asi" xmlns:asi1="urn:example:asi1" xmlns:sis="urn:example:sis"'
)
GAP = "<sis:Katkoviiva/>"
IN_FORCE = {
    "fi": "Tämä laki tulee voimaan 1 päivänä maaliskuuta 2027.",
    "sv": "Denna lag träder i kraft den 1 mars 2027.",
}
GIVEN = {"fi": "Helsingissä 2.2.2027", "sv": "Helsingfors den 2 februari 2027"}


def paragraph(text):
    return f"<saa:MomenttiKooste>{text}</saa:MomenttiKooste>"


def with_items(intro, *items):
    inner = "".join(
        one if one == GAP else f"<saa:MomenttiKohtaKooste>{one}</saa:MomenttiKohtaKooste>"
        for one in items
    )
    intro = f"<saa:MomenttiJohdantoKooste>{intro}</saa:MomenttiJohdantoKooste>"
    return f"<saa:KohdatMomentti>{intro}{inner}</saa:KohdatMomentti>"


def section(number, heading, *content):
    return (
        f"<saa:Pykala><saa:PykalaTunnusKooste>{number} §</saa:PykalaTunnusKooste>\n"
        f"<saa:SaadosOtsikkoKooste>{heading}</saa:SaadosOtsikkoKooste>{''.join(content)}</saa:Pykala>"
    )


def chapter(number, heading, *sections, language="fi"):
    word = "luku" if language == "fi" else "kap."
    return (
        f"<saa:Luku><saa:LukuTunnusKooste>{number} {word}</saa:LukuTunnusKooste>"
        f"<saa:SaadosOtsikkoKooste>{heading}</saa:SaadosOtsikkoKooste>{''.join(sections)}</saa:Luku>"
    )


def statute(number, body, clause="", *, language="fi", year=2027, in_force="", given=""):
    """A file as the statute collection gives it out."""
    force = in_force or IN_FORCE[language]
    return f"""<?xml version="1.0" encoding="utf-8"?>
<vah:VahvistettavaLaki {NAMES} met1:kieliKoodi="{language}">
<asi:IdentifiointiOsa>
<asi1:AsiakirjaNroTeksti>{number}</asi1:AsiakirjaNroTeksti>
<asi1:ValtiopaivavuosiTeksti>{year}</asi1:ValtiopaivavuosiTeksti>
</asi:IdentifiointiOsa>
<saa:SaadosNimeke>Keksitty laki</saa:SaadosNimeke>
<saa:Johtolause>
<saa:SaadosKappaleKooste>{clause or "säädetään:"}</saa:SaadosKappaleKooste>
</saa:Johtolause>
<saa:Pykalisto>{body}
<saa:Pykala met1:pykalaLuokitusKoodi="VoimaantuloSaannos">{paragraph(force)}</saa:Pykala>
</saa:Pykalisto>
<asi:PaivaysKooste>{given or GIVEN[language]}</asi:PaivaysKooste>
</vah:VahvistettavaLaki>
"""


def act(language="fi"):
    """Act 900/2026: two chapters, sections 1, 2 and 3."""
    fi = language == "fi"
    force = (
        "Tämä laki tulee voimaan 1 päivänä tammikuuta 2026."
        if fi
        else "Denna lag träder i kraft den 1 januari 2026."
    )
    words = (lambda finnish, swedish: finnish) if fi else (lambda finnish, swedish: swedish)
    body = chapter(
        1,
        words("Alku", "Början"),
        section(
            1,
            words("Tarkoitus", "Syfte"),
            with_items(
                words("Lain tarkoitus on:", "Syftet är:"),
                words("1) auttaa;", "1) hjälpa;"),
                words("2) neuvoa;", "2) vägleda;"),
                words("3) tukea.", "3) stödja."),
            ),
        ),
        section(
            2,
            words("Kunnan tehtävä", "Kommunens uppgift"),
            paragraph(words("Kunta neuvoo.", "Kommunen vägleder.")),
            paragraph(words("Neuvonta on maksutonta.", "Vägledningen är avgiftsfri.")),
            paragraph(words("Alue voi auttaa.", "Området kan hjälpa.")),
        ),
        language=language,
    ) + chapter(
        2,
        words("Voimaantulo", "Ikraftträdande"),
        section(3, words("Voimaantulo", "Ikraftträdande"), paragraph(force)),
        language=language,
    )
    text = statute(
        900,
        body,
        language=language,
        year=2026,
        given=words("Helsingissä 1.12.2025", "Helsingfors den 1 december 2025"),
    )
    start = text.index('<saa:Pykala met1:pykalaLuokitusKoodi="VoimaantuloSaannos">')
    end = text.index("</saa:Pykala>", start) + len("</saa:Pykala>")
    return text[:start] + text[end:]


def amendment(language="fi", **options):
    """Act 10/2027: an item, a subsection, a new section 2 a, the Swedish words of section 3."""
    if language == "fi":
        clause = (
            "<i>kumotaan</i> keksityn lain (900/2026) 2 §:n 3 momentti,"
            " <i>muutetaan</i> 1 §:n 2 kohta,"
            " 2 §:n otsikko ja 1 momentti sekä 3 §:n ruotsinkielinen sanamuoto sekä"
            " <i>lisätään</i> lakiin uusi 2 a § seuraavasti:"
        )
        body = (
            section(1, "Tarkoitus", with_items("Lain tarkoitus on:", GAP, "2) ohjata;", GAP))
            + section(2, "Kunta ja alue", paragraph("Kunta neuvoo ja ohjaa."), GAP)
            + section("2 a", "Maksut", paragraph("Maksuja ei peritä."))
        )
    else:
        clause = (
            "<i>upphävs</i> i lagen (900/2026) 2 § 3 mom.,"
            " <i>ändras</i> 1 § 2 punkten, rubriken för"
            " 2 § och 2 § 1 mom. samt den svenska språkdräkten i 3 § samt <i>fogas</i> till lagen"
            " en ny 2 a § som följer:"
        )
        body = (
            section(1, "Syfte", with_items("Syftet är:", GAP, "2) handleda;", GAP))
            + section(2, "Kommun och område", paragraph("Kommunen vägleder och styr."), GAP)
            + section("2 a", "Avgifter", paragraph("Inga avgifter tas ut."))
            + section(3, "Ikraftträdande", paragraph("Lagen träder i kraft 1.1.2026."))
        )
    return statute(10, body, clause, language=language, **options)

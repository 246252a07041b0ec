"""Addresses of Finlex's pages for readers. English readers get the Finnish text.

An invented act is not there: its own page on the portal stands in the place of each.
"""

import re

PROPOSAL = re.compile(r"([1-9][0-9]{0,3})/((?:19|20)[0-9]{2})")
PLACES = {"fi": "fi/lainsaadanto", "sv": "sv/lagstiftning"}

REPORT = re.compile(r"\b([A-ZÄÖ][a-zäö]VM) (\d+)/(\d{4})")
# What the reports of a committee are called in Swedish.
COMMITTEES = {
    "HaVM": "FvUB",
    "LaVM": "LaUB",
    "MmVM": "JsUB",
    "PeVM": "GrUB",
    "SiVM": "KuUB",
    "StVM": "ShUB",
    "TaVM": "EkUB",
    "TyVM": "AjUB",
    "VaVM": "FiUB",
    "YmVM": "MiUB",
}


def consolidated(act, language: str) -> str:
    """The act as it reads today."""
    if act.example:
        return act.get_absolute_url()
    return f"https://www.finlex.fi/{PLACES.get(language, PLACES['fi'])}/{act.year}/{act.number}"


def section_of(section, language: str) -> str:
    """A section in the act as it reads today, by the mark that Finlex's own file gives it.

    Without one it is put together as Finlex does it for a section that nothing has changed. Of an
    annex without one, the act.
    """
    if section.act.example:
        return section.get_absolute_url()
    if section.is_annex and not section.eid:
        return consolidated(section.act, language)
    place = section.eid or f"sec_{section.number}"
    if section.chapter and not section.eid:
        place = f"chp_{section.chapter.number}__{place}"
    return f"{consolidated(section.act, language)}#{place}"


def as_given(statute, language: str) -> str:
    """An act or a decree as it was given, by its number and year."""
    act = getattr(statute, "act", statute)
    if getattr(act, "example", False):
        return act.get_absolute_url()
    if language == "sv":
        name = f"{statute.year}{statute.number:04}"
        return f"https://www.finlex.fi/sv/laki/alkup/{statute.year}/{name}"
    return f"https://www.finlex.fi/fi/lainsaadanto/saadoskokoelma/{statute.year}/{statute.number}"


def proposal(words: str, language: str) -> str:
    """A government proposal, such as HE 12/2025 vp, on Parliament's pages; empty for none."""
    found = PROPOSAL.search(words)
    if found is None:
        return ""
    name = "riksdagshandlingar/RP" if language == "sv" else "valtiopaivaasiakirjat/HE"
    return f"https://www.eduskunta.fi/{name}+{found[1]}/{found[2]}"


def committee_report(words: str, language: str) -> str:
    """A committee report, such as HaVM 15/2025 vp, on Parliament's pages; empty for none."""
    found = REPORT.search(words)
    if found is None:
        return ""
    committee, number, year = found.groups()
    if language == "sv":
        name = f"riksdagshandlingar/{COMMITTEES.get(committee, committee)}"
    else:
        name = f"valtiopaivaasiakirjat/{committee}"
    return f"https://www.eduskunta.fi/{name}+{number}/{year}"

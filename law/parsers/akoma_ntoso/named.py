"""Which sections an enacting clause names: the clause reader's answer, and no more than the names.

Parts smaller than an item, headings between sections, the act's own name and annexes do not change
which sections are named, and are left out before the clause reader reads.
"""

import re
from collections.abc import Collection

from law.parsers import clauses
from law.parsers.clauses import Target
from law.parsers.parsed import REFERENCE

ANNEX = "liite"
_NUMBER = r"\b\d{1,4}(?: ?[a-z](?![\wåäö]))?"
_SECTIONS = rf"{_NUMBER}(?:(?:, | ja | och | samt |[–-]){_NUMBER})* ?§"
_LETTERS = r"\b[a-z](?:(?:, | ja | sekä | och | samt | ?[–-] ?)[a-z](?![\wåäö]))*"
_LEFT_OUT = {
    "fi": [
        (r"[―—]", "–"),
        (r"\bväliaikaisesti ", ""),
        (rf"{_LETTERS} ?alakoh(?:ta|dan|taan|dat)\b", ""),
        (rf"{_SECTIONS}:n (?:edelle(?: uusi)?|edellä oleva) (?:väliotsikko|luvun otsikko)", ""),
        (r"\b(?:lain )?nimike\b,?", ""),
        (r"siihen myöhemmin tehtyine muutoksineen", ""),
        (r"\bliit(?:e|teen|teeseen|teenä oleva \w+)\b,?", ""),
        (r"\.\s*$", ""),
    ],
    "sv": [
        (r"[―—]", "–"),
        (r"\b(?:temporärt|tillfälligt) ", ""),
        (rf"(?<=[§.n]) i (?:\w+ )?(?:\w*lagen|förordningen)\b[^()]*\({REFERENCE.pattern}\)", ""),
        (r"(\d) ?([a-z])-(?=punkt)", r"\1 \2 "),
        (r"\bpunkt (\d{1,3}(?: ?[a-z](?![\wåäö]))?)", r"\1 punkten"),
        (r"\bpunkter\b", "punkterna"),
        (rf"{_LETTERS} ?(?:-)?underpunkt(?:en|erna|er)?\b", ""),
        (rf"(?:en ny |nya |de )?mellanrubrik(?:en|er|erna)? (?:före|för|ovanför) {_SECTIONS}", ""),
        (r"(?:lagens rubrik|rubriken för lagen)\b,?", ""),
        (r"jämte ändringar", ""),
        (r"\bbilagan?\b(?: till)?,?", ""),
        (r"\.\s*$", ""),
    ],
}
_ANNEX = {"fi": re.compile(r"\bliit(?:e|teen|teeseen|teenä)\b"), "sv": re.compile(r"\bbilagan?\b")}


def targets(paragraphs: list[str], language: str, listed: Collection[str]) -> list[Target]:
    """What the clause names; of parts that have smaller parts only where they are is right.

    Raises ClauseError.
    """
    left = []
    for paragraph in paragraphs:
        for pattern, instead in _LEFT_OUT[language]:
            paragraph = re.sub(pattern, instead, paragraph)
        left.append(paragraph)
    found = clauses.targets(left, language, listed, closed=False)
    if any(_ANNEX[language].search(one) for one in paragraphs):
        found.append(Target("substitution", ANNEX))
    return found

"""Sections as people cite them: `14 §:n`, `pykälä 14`, `14 paragrafen`, `section 14`, `s. 14`."""

import re

# After a space only a letter that sections have: `§ 14 i lagen` is 14.
NUMBER = r"(?P<number>\d{1,3})(?:(?:\s(?=[a-h]))?(?P<letter>[a-zåäö])(?![^\W\d_]))?"
WORD = r"(?:pyk[äa]l\w*|pyk\.?|paragraf\w*|sections?|sec\.?|§+)"
AFTER = re.compile(rf"\b{NUMBER}(?:\.|:[a-zåäö]{{1,3}})?\s?{WORD}(?::[^\W\d_]+)?", re.IGNORECASE)
BEFORE = re.compile(rf"(?<!\w){WORD}\s?{NUMBER}\b(?!\s?§)(?::[^\W\d_]+)?", re.IGNORECASE)
ALONE = re.compile(r"\s*(?P<number>\d{1,3})\s?(?P<letter>[a-g])\s*", re.IGNORECASE)
SHORT = re.compile(rf"\s*s\.?\s?{NUMBER}\s*", re.IGNORECASE)


def _sign(match: re.Match) -> str:
    return f"{match['number']}{(match['letter'] or '').lower()}§"


def with_signs(text: str) -> str:
    """The text with each citation written in one way: `pykälä 32 A` becomes `32a§`.

    Alone, `32 a` and `s. 14` are citations too; in a longer text the one may be words, and the
    other a page in Finnish (`s.` is *sivu*). A bare number stays a number, and `23 v` an age.
    """
    if alone := ALONE.fullmatch(text) or SHORT.fullmatch(text):
        return _sign(alone)
    return BEFORE.sub(_sign, AFTER.sub(_sign, text))


def cited(text: str) -> list[str]:
    """The numbers of the sections that a text cites, as in addresses: ["14", "32a"]."""
    return re.findall(r"(?<!\w)(\d{1,3}[a-zåäö]?)§", with_signs(text))


def apart(text: str) -> tuple[list[str], str]:
    """What is looked for among sections: the numbers that are cited, and the other words.

    Here a bare number is a section's as well: "14 arviointi" gives (["14"], "arviointi").
    """
    words = with_signs(text).split()
    numbers = [word for word in words if re.fullmatch(r"\d{1,3}[a-zåäö]?§|\d+", word)]
    return [one.rstrip("§") for one in numbers], " ".join(
        word for word in words if word not in numbers
    )

"""Days as statutes write them in words, and what they say of coming into force and of ending."""

import re
from datetime import date

MONTHS = {
    "fi": "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
}
DAY = {
    "fi": r"(?P<day>\d{1,2}) päivänä (?P<month>\w+?)kuuta (?P<year>\d{4})",
    "sv": r"den (?P<day>\d{1,2}) (?P<month>[a-z]+) (?P<year>\d{4})",
}
IN_FORCE = {"fi": r"tule(?:e|vat)\b.* voimaan", "sv": r"träder\b.* i kraft"}
_THIS = {
    "fi": r"Täm(?:ä|än) (?:laki|lain|asetus|asetuksen|päätös)\b",
    "sv": r"(?:Denna lag|Denna förordning|Lagen|Förordningen|Detta beslut)\b",
}
_UNTIL = {
    "fi": re.compile(
        r"voimassa (?:(?P<day>\d{1,2}) päivään (?P<month>\w+?)kuuta (?P<year>\d{4})"
        r"|(?P<short>\d{1,2}\.\d{1,2}\.\d{4})|vuoden (?P<end>\d{4}) loppuun)"
    ),
    "sv": re.compile(
        r"(?:gäller|i kraft) (?:till och med den (?P<day>\d{1,2}) (?P<month>[a-z]+) (?P<year>\d{4})"
        r"|till (?:och med )?utgången av (?P<end>\d{4}))"
    ),
}
_SENTENCE = re.compile(r"(?<=\d{4}\.)\s+(?=[A-ZÅÄÖ])")


def day_of(found: re.Match, language: str) -> date:
    """The day that DAY found; ValueError when there is no such day."""
    months = MONTHS[language].split()
    if found["month"] not in months:
        raise ValueError(f"“{found['month']}” is no month")
    return date(int(found["year"]), months.index(found["month"]) + 1, int(found["day"]))


def short_day(words: str) -> date:
    """The day of "1.9.2026"; ValueError when there is no such day."""
    day, month, year = words.split(".")
    return date(int(year), int(month), int(day))


def in_force_from(words: str, language: str) -> date | None:
    """The day from which a statute says that it is itself in force; None when by a later decree."""
    for sentence in _SENTENCE.split(words):
        if re.match(_THIS[language], sentence) and re.search(IN_FORCE[language], sentence):
            found = re.search(DAY[language], sentence)
            return day_of(found, language) if found else None
    return None


def valid_until(words: str, language: str) -> date | None:
    """The last day of a temporary statute; None when it says none."""
    for sentence in _SENTENCE.split(words):
        if not re.match(_THIS[language], sentence):
            continue
        found = _UNTIL[language].search(sentence)
        if found is None:
            continue
        named = found.groupdict()
        if named["end"]:
            return date(int(named["end"]), 12, 31)
        return short_day(named["short"]) if named.get("short") else day_of(found, language)
    return None


def after_the_day(words: str, language: str) -> str:
    """A provision on entry into force without its sentence on the day."""
    kept = [
        one
        for one in _SENTENCE.split(words)
        if not (re.match(_THIS[language], one) and re.search(IN_FORCE[language], one))
    ]
    return " ".join(kept)

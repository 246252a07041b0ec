"""What in a text may tell who a client is: identity codes, case numbers, telephones, addresses.

Pure: a text goes in, spans of it come out. The advice is about applying the law and never about one
client's case (section 56 of the Integration Act), so nothing of a client belongs in a question.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu


class Kind(models.TextChoices):
    """What a finding looks like, in the order that decides when two of them overlap."""

    CODE = "code", _("personal identity code")
    EMAIL = "email", _("e-mail address")
    CASE = "case", _("case, customer or permit number")
    PHONE = "phone", _("telephone number")
    ADDRESS = "address", _("street address")


@dataclass(frozen=True)
class Finding:
    """One span of the text: `text[start:end]` is `words`."""

    kind: Kind
    start: int
    end: int
    words: str

    @property
    def key(self) -> str:
        """The same for the same words, wherever they stand: what a confirmation is kept by."""
        return f"{self.kind.value}:{' '.join(self.words.casefold().split())}"


def find(text: str) -> list[Finding]:
    """Everything in `text` that may be about a person, in the order in which it stands there.

    Findings do not overlap. A personal identity code is one only if its date exists and its check
    character is right (Government Decree 128/2010, section 2); the temporary 900–999 count too.
    """
    plain, places = _plain(text)
    kept: list[Finding] = []
    taken = [False] * len(plain)
    for kind, spans in _SEARCHES:
        for start, end in spans(plain):
            if any(taken[start:end]):
                continue
            taken[start:end] = [True] * (end - start)
            first, last = places[start], places[end - 1] + 1
            kept.append(Finding(kind, first, last, text[first:last]))
    return sorted(kept, key=lambda finding: finding.start)


# --- The text as it is searched --------------------------------------------------------------

_DASHES = "‐‑‒–—―−﹘﹣-⁃"
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t"
# Cyrillic and Greek letters that look the same as those of identity codes and plates.
_LOOKS = str.maketrans("АВСЕНКМРТХУавсенкмртхуΑΒΕΖΗΚΜΝΡΤΥΧ", "ABCEHKMPTXYabcehkmptxyABEZHKMNPTYX")
_TABLE = str.maketrans(dict.fromkeys(_DASHES, "-") | dict.fromkeys(_SPACES, " ")) | _LOOKS
# Strokes through a character, the frame of a key and variation selectors: drawn over, not read.
_OVERLAYS = re.compile("[\u0335-\u0338\u20e3\ufe00-\ufe0f]")


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with one kind of dash, space and digit, and where each character came from.

    What is not seen (soft hyphens, joiners, marks of direction) is left out.
    """
    characters, places = [], []
    for place, character in enumerate(text):
        if character.isascii() and character != "\t":
            characters.append(character)
            places.append(place)
            continue
        if unicodedata.category(character) == "Cf" or _OVERLAYS.match(character):
            continue
        simple = character.translate(_TABLE)
        if len(folded := unicodedata.normalize("NFKC", simple)) == 1:
            simple = folded.translate(_TABLE)
        digit = unicodedata.decimal(simple, None)
        if digit is not None:
            simple = str(digit)
        characters.append(simple)
        places.append(place)
    return "".join(characters), places


# --- Personal identity codes -----------------------------------------------------------------

_DAY = r"([0-3])\s?(\d)[ ./-]?([01])\s?(\d)"
_DIGIT = r"(\d)"
_CHECK = r"([0-9A-FHJ-NPR-Y])"
# The letters that are typed for the digits 0 and 1; of them L is a check character too.
_TYPED = r"([\dOIL])"
_CHECKED = str.maketrans("OoIi", "0011")
_AS_DIGITS = _CHECKED | str.maketrans("Ll", "11")
_CODES = [
    # With a sign of the century, however it is spaced or broken over lines.
    re.compile(
        rf"(?<![^\W_])([0-3O])\s?{_TYPED}[ ./-]?([01OIL])\s?{_TYPED}"
        rf"[ ./-]?(?:19|20|18)?{_TYPED}\s?{_TYPED}"
        r"\s{0,3}(-{1,3}|[+UVWXYABCDEF])\s{0,3}"
        rf"{_TYPED}\s?{_TYPED}\s?{_TYPED}\s?-?([0-9A-FH-PR-Y])(?![^\W_])",
        re.IGNORECASE,
    ),
    # Grown together with the words around it.
    re.compile(rf"(?<!\d){_DIGIT * 6}([-+]){_DIGIT * 3}{_CHECK}(?!\d)", re.IGNORECASE),
    # With something else in the place of the sign, or nothing.
    re.compile(
        rf"(?<![^\W_]){_DIGIT * 6}[\s_/.~:]{{0,2}}{_DIGIT * 3}{_CHECK}(?![^\W_])", re.IGNORECASE
    ),
    re.compile(
        rf"(?<![^\W_]){_DAY}[./-](?:19|20|18)?(\d)(\d)[\s_/.~:]{{1,2}}"
        r"(\d)(\d)(\d)([A-FHJ-NPR-Y])(?![^\W_])",
        re.IGNORECASE,
    ),
]


def _codes(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _CODES:
        for match in pattern.finditer(text):
            *born_and_sign, one, two, three, check = match.groups()
            born = "".join(born_and_sign[:6]).translate(_AS_DIGITS)
            number = f"{one}{two}{three}".translate(_AS_DIGITS) + check.translate(_CHECKED)
            # Without a sign the century is not told: only 29 February knows the difference.
            centuries = born_and_sign[6][0] if born_and_sign[6:] else "-A"
            if any(is_code(f"{born}{each}{number}") for each in centuries):
                yield match.span()


def is_code(text: str) -> bool:
    """Whether eleven characters are a personal identity code: a real date, the right check."""
    try:
        hetu.validate(text, allow_temporary=True)
    except ValidationError:
        return False
    return True


# --- E-mail addresses ------------------------------------------------------------------------

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]*\w ?"
    r"(?:(?:@|[(\[{](?:at|ät|a)[)\]}]) ?(?:[\w-]+\.)+[^\W\d_]{2,}"
    r"|(?:at|ät|miukumauku) (?:[\w-]+(?: (?:dot|piste|punkt) |\.))*[\w-]+"
    r" (?:dot|piste|punkt) [^\W\d_]{2,}|(?:ät|miukumauku) (?:[\w-]+\.)+[^\W\d_]{2,})",
    re.IGNORECASE,
)


def _emails(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _EMAIL.finditer(text))


# --- Case, customer and permit numbers -------------------------------------------------------

_NUMBERED = (
    r"(?:asiakas|asian?|uma|käsittely|diaari|päätös|päätöksen|lupa|luvan|oleskeluluvan|oleskelulupa|hakemus|"
    r"hakemuksen|\w*suunnitelman?|kortin|oleskelulupakortin|passin|matkustusasiakirjan)[ -]?"
    r"(?:numer\w*|nro|nr|n:o|no|tunnus\w*)"
    r"|(?:kund|ärende|diarie|besluts|tillstånds|uppehållstillstånds|ansöknings|pass|klient|kort)"
    r"[ -]?(?:nummer|nummret|numret|nr)"
    r"|(?:customer|client|case|permit|residence permit|card|application|decision|file|reference|"
    r"passport|diary|record)(?:'s)? (?:number|no|nr|id)"
    r"|dnro|dnr|diarienr|beslut nr"
)
_CLIENT = r"asiakas|asiakkaan|kund|klient|customer|client|migri|migrin"
_DOCUMENT = (
    r"(?:oleskelulupa|passi|matkustusasiakirja|uppehållstillstånd|resedokument)\w*|pass|"
    r"passport|residence permit|travel document"
)
_LINK = r"[.:]?(?: (?:on|oli|är|var|is|was|nro|nr|no\.?|numerolla|med|of))?[:#]? {0,2}"
_AFTER_NUMBER = re.compile(
    rf"(?<!\w)(?:{_NUMBERED}){_LINK}"
    r"((?:[A-ZÅÄÖ]{1,6}[-/ ]?)?\d(?:[\d/.-]| (?=\d)){2,24}\d)(?!\w)",
    re.IGNORECASE,
)
_AFTER_CLIENT = re.compile(rf"(?<!\w)(?:{_CLIENT}){_LINK}(\d{{6,9}})(?![\w-])", re.IGNORECASE)
_AFTER_DOCUMENT = re.compile(
    rf"(?<!\w)(?:{_DOCUMENT}){_LINK}([A-Z]{{1,3}} ?\d{{6,8}})(?![\w-])", re.IGNORECASE
)
_DIARY = re.compile(
    r"(?<![\w/])(?:(?P<prefix>[A-ZÅÄÖ]{2,8}(?:dno)?)[/ -])?"
    r"(?P<first>[A-Z]?\d{1,6})/(?P<middle>\d{1,4}(?:\.\d{1,3}){0,4})/(?P<year>\d{2,4})(?![\w/])"
)
_REGISTERED = re.compile(
    r"(?<![\w/])(?P<prefix>[A-ZÅÄÖ]{2,8})[/-]\d{1,7}[/-](?:19|20)\d\d(?:[/-]\d{1,4})?(?![\w/])"
    r"|(?<![\w/])(?P<before>[A-ZÅÄÖ]{2,8}(?:dno)?)[/-](?:19|20)\d\d[/-]\d{2,7}(?![\w/])"
)
_CARD = re.compile(r"(?<![\w-])(?P<prefix>[A-Z]{2,4})[- ]?(?P<digits>\d{6,9})(?![\w-])")
_PUBLIC = frozenset(["HE", "EU", "EY", "EC", "EG", "ETY", "COM", "KOM", "ISBN", "ISSN", "PL", "RP"])
# Decisions of courts and overseers, which are published under their numbers.
_DECISIONS = frozenset(["KHO", "HFD", "KKO", "HD", "EOAK", "JO", "OKV"])
_KNOWN_TO_ALL = _PUBLIC | _DECISIONS
_NOT_CARDS = frozenset(["EUR", "SEK", "USD", "ISBN", "ISSN", "TEL", "PUH", "FAX", "NO", "NRO"])


def _cases(text: str) -> Iterator[tuple[int, int]]:
    for match in _AFTER_NUMBER.finditer(text):
        if not _ORDINARY.fullmatch(match[1]):
            yield match.span(1)
    for pattern in (_AFTER_CLIENT, _AFTER_DOCUMENT):
        for match in pattern.finditer(text):
            yield match.span(1)
    for match in _DIARY.finditer(text):
        if match["prefix"] not in _KNOWN_TO_ALL and not _is_date(match):
            yield match.span()
    for match in _REGISTERED.finditer(text):
        if (match["prefix"] or match["before"]) not in _KNOWN_TO_ALL:
            yield match.span()
    for match in _CARD.finditer(text):
        vat = match["prefix"] == "FI" and len(match["digits"]) == 8
        if match["prefix"] not in _NOT_CARDS and not vat:
            yield match.span()


_BUSINESS_ID = re.compile(r"\d{7}-\d")
# What may follow the word "number" and is no case: a date, a year or years, a business ID.
_ORDINARY = re.compile(
    r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d-\d\d"
    r"|(?:19|20)\d\d(?:-(?:19|20)\d\d)?|" + _BUSINESS_ID.pattern
)


def _is_date(match: re.Match) -> bool:
    """Whether three numbers between slashes are a day, a month and a year, either way round."""
    first, middle, year = match["first"], match["middle"], match["year"]
    if match["prefix"] or not (first.isdecimal() and middle.isdecimal()):
        return False
    one, two = int(first), int(middle)
    return len(year) in (2, 4) and (
        (1 <= one <= 31 and 1 <= two <= 12) or (1 <= one <= 12 and 1 <= two <= 31)
    )


# --- Telephone numbers -----------------------------------------------------------------------

_PHONE = re.compile(
    r"(?<![\w/+.,-])"
    r"(?:"
    r"(?:\+|00)\d{1,3}(?:[ -]?\(\d{1,3}\))?(?:[ -]?\d{1,4}){2,5}"
    r"|358[ -]?(?:4\d|50)(?:[ -]?\d{2,4}){2,4}"
    r"|\(0\d{1,3}\)(?:[ -]?\d{2,4}){1,4}"
    r"|0(?:4\d|50|[2356789]|1[3-9]|10|20|29\d?|30|60\d|70\d|71|73|75|800)(?:[ -]?\d{1,4}){2,5}"
    r"|0(?:4\d|50)(?:(?:\.\d{2,4}){2,3}|(?:/| - )\d{3}(?:[ -]?\d{2,4}){1,2})"
    r")"
    r"(?![\w/]|-\d|[.,]\d)"
)

_LIKE_A_CODE = re.compile(r"\d{6}-\d{3,4}")


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _PHONE.finditer(text):
        words = match[0]
        digits = "".join(filter(str.isdecimal, words))
        shortest = 9 if digits.startswith(("010", "00")) or words.startswith("+") else 7
        if not shortest <= len(digits) <= 15 or _BUSINESS_ID.fullmatch(words):
            continue
        if _LIKE_A_CODE.fullmatch(words) or (len(words) == 8 and _is_day(words)):
            continue
        yield match.span()


def _is_day(digits: str) -> bool:
    """Whether eight digits are a day written as 01022025."""
    if not digits.isdecimal():
        return False
    try:
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2])).year in range(1900, 2100)
    except ValueError:
        return False


# --- Street addresses ------------------------------------------------------------------------

_HOUSE = (
    r"(?: n:o| nro| nr)? {1,2}\d{1,3}(?!\d)(?: ?[-–] ?\d{1,3})?"
    r"(?: ?[a-hA-Z](?![^\W_]))?"
    r"(?:,? ?(?:as|asunto|bst|lgh|apt)\.? ?\d{1,4}| \d{1,3}(?! ?§)(?=[\s,.;:)!?]|$))?"
    r"(?![\d/]|[.,]\d|\.?(?: \w+)? (?:ja|och|and) \d+ §| ?(?:§|%|€|a §|b §)"
    r"| (?:mom|luvu|luku|kohta|kohda|kap|euro|vuo|år|henk|pers|kpl|st\b|kert|gång|times|people))"
)
# Roads by number, and the paths that services and studies are planned as.
_NO_STREET = (
    r"(?!(?:valta|kanta|maan|moottori)tie|(?:kotoutumis|koulutus|opinto|oppimis|opin|ura|palvelu|"
    r"asiakas|työllistymis|osaamis|kieli|kielen|jatko|hoito|työ)pol[ku])"
)
_FINNISH = (
    r"[^\W\d_][\w-]{2,40}?(?:"
    r"katu|kadun|kadulla|kadulta|kadulle|kuja|kujan|kujalla|kujalta|kujalle|polku|polun|polulla|"
    r"polulta|polulle)"
)
_FINNISH_NAMED = (
    r"[A-ZÅÄÖ][\w-]{2,40}?(?:"
    r"tie|tien|tiellä|tieltä|tielle|kaari|kaaren|kaarella|tori|torin|torilla|väylä|väylän|"
    r"väylällä|raitti|raitin|raitilla|rinne|rinteen|rinteellä|ranta|rannan|rannalla|aukio|aukion|"
    r"aukiolla|piha|pihan|pihalla|puistikko|puistikon|puistikossa|puisto|penger|penkereellä|"
    r"laita|taival|mäki|mäen|mäellä|esplanadi|esplanadin|bulevardi|valtatie|valtatien)"
)
_SWEDISH = (
    r"[A-ZÅÄÖ][\w-]{1,40}?(?:gatan|gata|vägen|väg|gränden|gränd|stigen|stig|allén|torget|torg|"
    r"esplanaden|kajen|stranden|backen|bågen|stråket|brinken|parken)"
    r"|(?:Norra|Södra|Östra|Västra) (?:Esplanaden|Kajen|Stranden|Strandgatan)"
)
_CAPITALS = (
    r"[A-ZÅÄÖ][A-ZÅÄÖ-]{2,40}(?:KATU|TIE|KUJA|POLKU|KAARI|RAITTI|GATAN|VÄGEN|GRÄND|GRÄNDEN|STIGEN)"
)
_ENGLISH = r"(?:[A-ZÅÄÖ][\w'-]+ ){1,3}(?:Street|Road|Avenue|Lane|Boulevard|Square|Terrace|Crescent)"
_ADDRESS = re.compile(
    rf"(?<![\w-])(?:(?:(?i:{_NO_STREET})(?:{_FINNISH}|{_FINNISH_NAMED}|{_CAPITALS})"
    rf"|{_SWEDISH}|{_ENGLISH}){_HOUSE}"
    rf"|(?:[A-ZÅÄÖ][\w-]+ )(?:katu|tie|kuja|polku|väg|gata|gränd|stig){_HOUSE}"
    rf"|\d{{1,4}}[a-zA-Z]? {_ENGLISH}(?!\w))"
)


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _ADDRESS.finditer(text))


_SEARCHES = [
    (Kind.CODE, _codes),
    (Kind.EMAIL, _emails),
    (Kind.CASE, _cases),
    (Kind.PHONE, _phones),
    (Kind.ADDRESS, _addresses),
]

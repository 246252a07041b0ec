"""Every sentence made from figures is true of its data, in each language: it is read back."""

import re
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from monitoring.areas.sentences import Facts, sentence
from monitoring.charts.figures import Measure
from monitoring.indicators import numbers
from monitoring.indicators.periods import Period

NUMBER = r"-?\d[\d\s\u00a0.,]*?"
POINTS = {"fi": "prosenttiyksikköä", "sv": "procentenheter", "en": "percentage points"}


def difference(name, language, words):
    """The clause of a difference, with its number."""
    return rf", (?P<{name}>{NUMBER})(?P<points> {POINTS[language]})? {words}(?=[;.])"


def amount(name, units, sign="\u00a0%"):
    return rf"(?P<{name}>{NUMBER})(?:{sign}|\u00a0{units})"


WORDS = {
    "fi": {
        "value": "^(?:Asiakkaat, )?Kuopio: "
        + amount("value", "henkilöä")
        + " vuonna 2025(?=[,;.])",
        "missing": r"Kuopion luku puuttuu vuonna 2025 \((?P<reason>.+)\)\.$",
        "more": difference("more", "fi", "enemmän kuin vuonna 2024"),
        "less": difference("less", "fi", "vähemmän kuin vuonna 2024"),
        "same": r", sama kuin vuonna 2024(?=[;.])",
        "no_old": r"; vuonna 2024 lukua ei ole \(salattu\)",
        "broken": "; ei vertailukelpoinen aiempien lukujen kanssa, koska sarja katkeaa vuonna 2025",
        "country": "; koko maassa " + amount("country", "henkilöä") + r"\.$",
    },
    "sv": {
        "value": "^(?:Klienter, )?Kuopio: " + amount("value", "personer") + " år 2025(?=[,;.])",
        "missing": r"Kuopios siffra saknas år 2025 \((?P<reason>.+)\)\.$",
        "more": difference("more", "sv", "mer än år 2024"),
        "less": difference("less", "sv", "mindre än år 2024"),
        "same": r", samma som år 2024(?=[;.])",
        "no_old": r"; år 2024 finns ingen siffra \(dolt\)",
        "broken": r"; inte jämförbar med tidigare siffror, eftersom serien bryts år 2025",
        "country": "; i hela landet " + amount("country", "personer") + r"\.$",
    },
    "en": {
        "value": "^(?:Clients, )?Kuopio: " + amount("value", "persons", "%") + " in 2025(?=[,;.])",
        "missing": r"Kuopio’s figure is missing in 2025 \((?P<reason>.+)\)\.$",
        "more": difference("more", "en", "more than in 2024"),
        "less": difference("less", "en", "less than in 2024"),
        "same": r", the same as in 2024(?=[;.])",
        "no_old": r"; no figure in 2024 \(hidden\)",
        "broken": r"; not comparable with earlier figures, as the series breaks in 2025",
        "country": "; in the whole country " + amount("country", "persons", "%") + r"\.$",
    },
}
UNITS = {"fi": "henkilöä", "sv": "personer", "en": "persons"}
HIDDEN = {"fi": "Salattu", "sv": "Dolt", "en": "Hidden"}
WHAT = {"fi": "Asiakkaat", "sv": "Klienter", "en": "Clients"}
GENITIVE = {"fi": "Kuopion", "sv": "Kuopios", "en": "Kuopio’s"}
VALUES = st.decimals(min_value=-20_000, max_value=2_000_000, places=2) | st.sampled_from(
    [Decimal(0), Decimal("-0.04"), Decimal("0.05"), Decimal("0.04"), Decimal(1000)]
)


@st.composite
def data(draw):
    value = draw(st.none() | VALUES)
    near = draw(st.sampled_from([Decimal(one) for one in ("0", "-1", "0.4", "-0.06", "0.1")]))
    old = draw(st.none() | VALUES | st.just(value if value is None else value + near))
    return {
        "value": value,
        "old": old,
        "has_old": draw(st.booleans()),
        "broken": draw(st.booleans()),
        "country": draw(st.none() | VALUES),
        "alone": draw(st.booleans()),
        "percent": draw(st.booleans()),
        "decimals": draw(st.sampled_from([0, 1])),
    }


def said(given_data, language):
    what = given_data
    measure = Measure(
        "%" if what["percent"] else UNITS[language], what["decimals"], what["percent"]
    )
    return sentence(
        Facts(
            name="Kuopio",
            genitive=GENITIVE[language],
            measure=measure,
            when=Period.at(2025, "year").when,
            value=what["value"],
            reason="" if what["value"] is not None else HIDDEN[language],
            old_when=Period.at(2024, "year").when if what["has_old"] else "",
            old=what["old"],
            old_reason=HIDDEN[language] if what["old"] is None else "",
            broken=Period.at(2025, "year").when if what["broken"] else "",
            country=what["country"],
            what=WHAT[language] if what["alone"] else "",
        )
    )


def read(words, language):
    """What a sentence says, word for word: the claims in it, each of which must cover its part."""
    claims, rest = {}, words
    for name, pattern in WORDS[language].items():
        if match := re.search(pattern, words):
            rest = rest.replace(match[0], "", 1)
            claims[name] = match
    return claims, rest.strip(" .")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@given(data())
def test_a_sentence_is_true_of_its_data_and_says_all_of_it(language, what):
    with override(language):
        words = said(what, language)
        claims, rest = read(words, language)

        def number(text):
            parsed = numbers.parse(
                text.replace("\u00a0", " ") if language != "en" else text, language
            )
            assert parsed is not None, text
            return parsed

        def shown(value):
            return round(value, what["decimals"])

        if what["value"] is None:
            assert set(claims) == {"missing"}
            assert claims["missing"]["reason"] == HIDDEN[language].lower()
            assert not re.search(r"\d", words.replace("2025", ""))
            assert rest in ("", f"{WHAT[language]}:")
            return
        assert rest == "", (words, rest)
        assert number(claims["value"]["value"]) == shown(what["value"])
        expected = {"value"}
        if what["country"] is not None:
            expected.add("country")
            assert number(claims["country"]["country"]) == shown(what["country"])
        if what["has_old"]:
            if what["old"] is None:
                expected.add("no_old")
            elif what["broken"]:
                expected.add("broken")
            else:
                change = shown(what["value"]) - shown(what["old"])
                kind = "more" if change > 0 else "less" if change < 0 else "same"
                expected.add(kind)
                if change:
                    assert number(claims[kind][kind]) == abs(change)
                    assert bool(claims[kind]["points"]) == what["percent"]
        assert set(claims) == expected, words

"""Sentences made from figures, in three languages: each is true of its data, or says what is not.

The name of an area is put in the nominative or the genitive (“Kuopio: …”, “Kuopion luku”), never in
another case: those two are in the data. Numbers are rounded first and compared afterwards, so a
reader who subtracts gets what the sentence says.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from monitoring.charts.figures import Measure

from .movement import Movement, Verdict, Why


@dataclass(frozen=True)
class Facts:
    """What a sentence is made of, in the active language.

    `when` are words such as “in 2025”, `reason` those of a value that is not there. `old` and
    `old_reason` are of `old_when`, which is "" where nothing is compared; `broken` says when the
    series breaks between the two. `country` is None where it is not to be told.
    """

    name: str
    genitive: str
    measure: Measure
    when: str
    value: Decimal | None
    reason: str = ""
    old_when: str = ""
    old: Decimal | None = None
    old_reason: str = ""
    broken: str = ""
    country: Decimal | None = None
    what: str = ""


def sentence(facts: Facts) -> str:
    """One sentence: the value, how much it differs from before, and that of the country.

    `what` is put before the name of the area, where the sentence stands alone.
    """
    start = f"{facts.what}, {facts.name}" if facts.what else facts.name
    if facts.value is None:
        return _without_value(facts)
    parts = [
        _("%(amount)s %(when)s")
        % {"amount": facts.measure.amount(facts.value), "when": facts.when},
        _compared(facts),
        _of_country(facts),
    ]
    return f"{start}: {''.join(parts)}."


def _without_value(facts: Facts) -> str:
    words = {
        "genitive": facts.genitive,
        "when": facts.when,
        "reason": _small(facts.reason) or _("no value here"),
        "what": facts.what,
    }
    if facts.what:
        said = _("%(what)s: %(genitive)s figure is missing %(when)s (%(reason)s).") % words
        return said
    return capfirst(_("%(genitive)s figure is missing %(when)s (%(reason)s).") % words)


def _compared(facts: Facts) -> str:
    if not facts.old_when or facts.value is None:
        return ""
    words = {"when": facts.old_when, "reason": _small(facts.old_reason), "broken": facts.broken}
    if facts.old is None:
        return (
            _("; no figure %(when)s (%(reason)s)")
            if facts.old_reason
            else _("; no figure %(when)s")
        ) % words
    if facts.broken:
        return _("; not comparable with earlier figures, as the series breaks %(broken)s") % words
    places = facts.measure.decimals
    change = round(facts.value, places) - round(facts.old, places)
    if not change:
        return _(", the same as %(when)s") % words
    words["difference"] = _difference(facts.measure, abs(change))
    more = change > 0
    return (
        _(", %(difference)s more than %(when)s")
        if more
        else _(", %(difference)s less than %(when)s")
    ) % words


def _difference(measure: Measure, change: Decimal) -> str:
    number = measure.number(change)
    return _("%(number)s percentage points") % {"number": number} if measure.percent else number


def _of_country(facts: Facts) -> str:
    if facts.country is None:
        return ""
    return _("; in the whole country %(amount)s") % {"amount": facts.measure.amount(facts.country)}


def _small(words: str) -> str:
    """A reason within a sentence: its first letter small, unless the word is an abbreviation."""
    return words[:1].lower() + words[1:] if words[1:2].islower() or len(words) == 1 else words


def movement_words(movement: Movement, base: str, broken: str = "") -> str:
    """A verdict in words. `base` is the period compared with (“2024”), `broken` where it breaks."""
    words = {"base": base, "broken": broken}
    if movement.verdict == Verdict.UNKNOWN:
        return {
            Why.BREAK: _("no verdict: the series breaks %(broken)s"),
            Why.NO_BASE: _("no verdict: nothing to compare with"),
        }.get(movement.why, _("no verdict: there is no value")) % words
    return {
        Verdict.BETTER: _("better than %(base)s"),
        Verdict.WORSE: _("worse than %(base)s"),
        Verdict.UP: _("more than %(base)s"),
        Verdict.DOWN: _("less than %(base)s"),
        Verdict.NO_CLEAR_CHANGE: _("no clear change since %(base)s"),
    }[movement.verdict] % words

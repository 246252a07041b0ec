"""What a figure says, in sentences of the active language: from its own cells and nothing else."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .figures import Compared, Figure, Kind, Measure, Series, half, number, percent

FEW = 3
MOST_TOLD = 12  # series that are told one by one


def change(measure: Measure, latest: Decimal, compared: Compared) -> str:
    """How a value differs from the one that it is compared with."""
    words = {"when": compared.when, "amount": measure.amount(compared.value)}
    difference = latest - compared.value
    if difference == 0:
        return _("That is the same as %(when)s.") % words
    size = abs(difference)
    if measure.percent:
        words["points"] = measure.number(size)
        plural = 1 if words["points"] == "1" else 2
        if difference > 0:
            form = ngettext(
                "That is %(points)s percentage point higher than %(when)s (%(amount)s).",
                "That is %(points)s percentage points higher than %(when)s (%(amount)s).",
                plural,
            )
        else:
            form = ngettext(
                "That is %(points)s percentage point lower than %(when)s (%(amount)s).",
                "That is %(points)s percentage points lower than %(when)s (%(amount)s).",
                plural,
            )
        return form % words
    words["difference"] = measure.amount(size)
    if compared.value:
        share = percent(number(size / abs(compared.value) * 100, 1))
        words["difference"] = f"{words['difference']} ({share})"
    if difference > 0:
        return _("That is %(difference)s more than %(when)s (%(amount)s).") % words
    return _("That is %(difference)s less than %(when)s (%(amount)s).") % words


def no_change() -> str:
    """Said where there is no value to compare with."""
    return _(
        "The portal has no value for the same period of the year before, so no change is given."
    )


def finding(figure: Figure) -> str:
    """The title that says what there is to see; the name alone when there is nothing."""
    told = _FINDINGS.get(figure.kind)
    if not any(one.values for one in figure.main):
        return figure.name
    if told is None:
        told = _found_over_time if figure.over_time else _found_between
    return told(figure)


def _found_over_time(figure: Figure) -> str:
    if len(figure.main) > 1:
        return _found_at_the_end(figure)
    series = figure.main[0]
    at, value = series.latest or (0, Decimal(0))
    words = {
        "name": figure.name,
        "amount": figure.measure.amount(value),
        "when": figure.slots[at].when,
    }
    said = _("%(name)s: %(amount)s %(when)s") % words
    compared = series.compared
    return f"{said}, {_difference(figure.measure, value, compared)}" if compared else said


def _difference(measure: Measure, value: Decimal, compared: Compared) -> str:
    difference = value - compared.value
    size = abs(difference)
    if measure.number(size) == measure.number(Decimal(0)):
        return _("as a year before")
    if measure.percent:
        words = measure.number(size)
        plural = 1 if words == "1" else 2
        form = (
            ngettext(
                "%(size)s percentage point higher than a year before",
                "%(size)s percentage points higher than a year before",
                plural,
            )
            if difference > 0
            else ngettext(
                "%(size)s percentage point lower than a year before",
                "%(size)s percentage points lower than a year before",
                plural,
            )
        )
        return form % {"size": words}
    words = (
        percent(number(size / abs(compared.value) * 100, 1))
        if compared.value
        else measure.amount(size)
    )
    form = (
        _("%(size)s more than a year before")
        if difference > 0
        else _("%(size)s less than a year before")
    )
    return form % {"size": words}


def _ends(figure: Figure, values: list[tuple[str, Decimal]]) -> dict[str, str]:
    """The highest and the lowest of named values, the first of equals."""
    highest = max(values, key=lambda one: one[1])
    lowest = min(values, key=lambda one: one[1])
    return {
        "name": figure.name,
        "highest": figure.measure.amount(highest[1]),
        "highest_name": highest[0],
        "lowest": figure.measure.amount(lowest[1]),
        "lowest_name": lowest[0],
    }


def _found_at_the_end(figure: Figure) -> str:
    """Of several series over time: which stands highest and which lowest at the last period."""
    last = max(one.latest[0] for one in figure.main if one.latest)
    values = [
        (one.name, value) for one in figure.main if (value := one.cells[last].value) is not None
    ]
    words = _ends(figure, values) | {"when": figure.slots[last].when}
    if len(values) == 1:
        said = _("%(name)s %(when)s: %(highest_name)s %(highest)s")
    elif words["highest"] == words["lowest"]:
        said = _("%(name)s %(when)s: %(highest)s in all groups")
    else:
        said = _(
            "%(name)s %(when)s: highest %(highest_name)s, %(highest)s, lowest %(lowest_name)s, "
            "%(lowest)s"
        )
    return said % words


def _found_between(figure: Figure) -> str:
    """Of areas or groups: from the lowest to the highest."""
    values = [(_where(figure, one, at), value) for one in figure.main for at, value in one.values]
    words = _ends(figure, values)
    if len(values) == 1:
        return _("%(name)s: %(highest_name)s %(highest)s") % words
    if words["highest"] == words["lowest"]:
        return _("%(name)s: %(highest)s everywhere") % words
    return (
        _("%(name)s: from %(lowest)s (%(lowest_name)s) to %(highest)s (%(highest_name)s)") % words
    )


def _where(figure: Figure, series: Series, at: int) -> str:
    name = figure.slots[at].name
    return f"{name}, {series.name}" if len(figure.main) > 1 else name


def _found_of_parts(figure: Figure) -> str:
    """Of parts of a whole: the largest, at the last period or over all slots."""
    if not figure.over_time or any(value < 0 for value in figure.numbers):
        return _found_between(figure)
    last = max(one.latest[0] for one in figure.main if one.latest)
    parts = [
        (one.name, value) for one in figure.main if (value := one.cells[last].value) is not None
    ]
    name, value = max(parts, key=lambda one: one[1])
    words = {
        "name": figure.name,
        "when": figure.slots[last].when,
        "part": name,
        "amount": figure.measure.amount(value),
    }
    return _("%(name)s %(when)s: the largest part is %(part)s, %(amount)s") % words


def _found_of_steps(figure: Figure) -> str:
    """Of a path: what share came to the last step that any cohort has a value for."""
    last = max(one.latest[0] for one in figure.main if one.latest)
    shares = [
        f"{one.name} {figure.measure.amount(value)}" if len(figure.main) > 1
        else figure.measure.amount(value)
        for one in figure.main
        if (value := one.cells[last].value) is not None
    ]  # fmt: skip
    words = {"name": figure.name, "step": figure.slots[last].name, "shares": ", ".join(shares)}
    return _("%(name)s, “%(step)s”: %(shares)s") % words


_FINDINGS: dict[Kind, Callable[[Figure], str]] = {
    Kind.MAP: _found_between,
    Kind.DOTS: _found_between,
    Kind.STACKED: _found_of_parts,
    Kind.PATH: _found_of_steps,
}


def sentences(figure: Figure) -> list[str]:
    """All of it: the latest values, changes, ranges, steps, and what is missing."""
    told = [one for one in figure.main if one.values]
    if not told:
        return [_("There is no value yet."), *_missing(figure, figure.main)]
    said: list[str] = []
    if figure.kind is Kind.PATH:
        said += [_of_steps(figure, one) for one in told]
    elif figure.over_time:
        for one in told[:MOST_TOLD]:
            said += _over_time(figure, one)
    else:
        for one in told[:MOST_TOLD]:
            said.append(_between(figure, one))
    for one in figure.references:
        if one.latest:
            at, value = one.latest
            words = {"name": one.name, "amount": figure.measure.amount(value)}
            words["when"] = figure.slots[at].when
            said.append(
                _("For comparison, %(name)s %(when)s: %(amount)s.") % words
                if figure.over_time
                else _("For comparison, %(name)s: %(amount)s.") % words
            )
    said += [
        _("Before and after “%(slot)s” the values are not comparable: %(words)s")
        % {"slot": figure.slots[one.slot].name, "words": one.words}
        for one in figure.breaks
    ]
    return said + _missing(figure, figure.main)


def _over_time(figure: Figure, series: Series) -> list[str]:
    at, value = series.latest or (0, Decimal(0))
    words = {"When": capfirst(figure.slots[at].when), "amount": figure.measure.amount(value)}
    if len(figure.main) > 1:
        words |= {"name": series.name, "when": figure.slots[at].when}
        said = [_("%(name)s: %(amount)s %(when)s.") % words]
    else:
        said = [_("%(When)s the figure was %(amount)s.") % words]
    if series.cells[at].note and len(figure.main) == 1:
        said.append(f"{capfirst(series.cells[at].note)}.")
    if series.compared:
        said.append(change(figure.measure, value, series.compared))
    elif len(figure.main) == 1:
        said.append(no_change())
    if len(series.values) >= FEW:
        said.append(_range(figure, series))
    return said


def _range(figure: Figure, series: Series) -> str:
    highest = max(series.values, key=lambda one: one[1])
    lowest = min(series.values, key=lambda one: one[1])
    if highest[1] == lowest[1]:
        return _("All %(count)s values are the same.") % {"count": len(series.values)}
    return _(
        "Of the %(count)s values the highest is %(highest)s, %(highest_when)s, "
        "and the lowest %(lowest)s, %(lowest_when)s."
    ) % {
        "count": len(series.values),
        "highest": figure.measure.amount(highest[1]),
        "highest_when": figure.slots[highest[0]].when,
        "lowest": figure.measure.amount(lowest[1]),
        "lowest_when": figure.slots[lowest[0]].when,
    }


def _between(figure: Figure, series: Series) -> str:
    """The range of a series over areas or groups; one or two are told whole."""
    values = [(figure.slots[at].name, value) for at, value in series.values]
    words = _ends(figure, values) | {"count": str(len(values))}
    if len(values) < FEW:
        said = ", ".join(f"{name} {figure.measure.amount(value)}" for name, value in values) + "."
    elif words["highest"] == words["lowest"]:
        said = _("All %(count)s values are the same: %(highest)s.") % words
    else:
        said = (
            _(
                "Of the %(count)s values the highest is %(highest)s (%(highest_name)s) and the "
                "lowest %(lowest)s (%(lowest_name)s)."
            )
            % words
        )
    return f"{series.name}: {said}" if len(figure.main) > 1 else said


def _of_steps(figure: Figure, series: Series) -> str:
    """Each step that has a value, in order, with the time to its middle."""
    steps = []
    for at, value in series.values:
        words = f"{figure.slots[at].name} {figure.measure.amount(value)}"
        months = series.cells[at].months
        steps.append(f"{words} ({half(months)})" if months is not None else words)
    return f"{series.name}: {', '.join(steps)}."


def _missing(figure: Figure, series: tuple[Series, ...]) -> list[str]:
    """How many values there are not, for a reason, and how many were never brought."""
    cells = [cell for one in series for cell in one.cells if cell.value is None]
    reasoned = len([cell for cell in cells if cell.reason])
    unknown = len(cells) - reasoned
    one_series = figure.over_time and len(series) == 1
    said = []
    if reasoned:
        said.append(
            (
                ngettext(
                    "For %(count)s period there is no value; the table gives the reason.",
                    "For %(count)s periods there is no value; the table gives the reasons.",
                    reasoned,
                )
                if one_series
                else ngettext(
                    "%(count)s value is missing; the table gives the reason.",
                    "%(count)s values are missing; the table gives the reasons.",
                    reasoned,
                )
            )
            % {"count": reasoned}
        )
    if unknown:
        said.append(
            (
                ngettext(
                    "Between the first and the last value, %(count)s period has not been brought "
                    "to the portal.",
                    "Between the first and the last value, %(count)s periods have not been brought "
                    "to the portal.",
                    unknown,
                )
                if one_series
                else ngettext(
                    "%(count)s value has not been brought to the portal.",
                    "%(count)s values have not been brought to the portal.",
                    unknown,
                )
            )
            % {"count": unknown}
        )
    return said

"""What the numbers of a series say, in sentences of the active language. Nothing is looked up."""

from datetime import date
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import numbers
from .models import Indicator, Observation
from .series import Point, Series, percent

FEW = 3
YEARS_FROM = 24  # months; what is older is told in years


def change(series: Series) -> str:
    """How the latest value differs from that of the same period a year earlier.

    Numbers of integration work follow the seasons, so months and quarters that stand side by side
    are not compared. Says so when the portal has no value to compare with; "" without a value.
    """
    if series.latest is None:
        return ""
    if series.year_before is None:
        return _(
            "The portal has no value for the same period of the year before, so no change is given."
        )
    return _difference(series, series.latest, series.year_before)


def age(series: Series, today: date) -> str:
    """How long ago the period of the latest value ended; "" without a value."""
    if series.latest is None:
        return ""
    end = series.latest.period.after
    months = (today.year - end.year) * 12 + today.month - end.month
    if months < 1:
        return _("The period has ended less than a month ago.")
    if months < YEARS_FROM:
        said = ngettext(
            "The figure is %(count)s month old: so long ago its period ended.",
            "The figure is %(count)s months old: so long ago its period ended.",
            months,
        )
        return said % {"count": months}
    said = ngettext(
        "The figure is over %(count)s year old: so long ago its period ended.",
        "The figure is over %(count)s years old: so long ago its period ended.",
        months // 12,
    )
    return said % {"count": months // 12}


def sentences(series: Series) -> list[str]:
    """The whole summary: the latest value, its change, the range, and what is missing."""
    latest = series.latest
    if latest is None:
        return [_("There is no value yet."), *_missing(series)]
    said = [
        _("%(When)s the figure was %(amount)s.")
        % {"When": capfirst(latest.period.when), "amount": series.amount(latest.number)}
    ]
    if latest.status == Observation.Status.PROVISIONAL:
        said.append(_("The value is provisional and may still change."))
    said.append(change(series))
    if len(series.values) >= FEW:
        said.append(_range(series))
    return said + _missing(series)


def _difference(series: Series, point: Point, other: Point) -> str:
    words = {"when": other.period.when, "amount": series.amount(other.number)}
    difference = point.number - other.number
    if difference == 0:
        return _("That is the same as %(when)s.") % words
    size = abs(difference)
    if series.indicator.kind == Indicator.Kind.PERCENT:
        words["points"] = series.number(size)
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
    words["difference"] = series.amount(size)
    if other.number:
        share = percent(numbers.words(size / other.number * 100, 1))
        words["difference"] = f"{words['difference']} ({share})"
    if difference > 0:
        return _("That is %(difference)s more than %(when)s (%(amount)s).") % words
    return _("That is %(difference)s less than %(when)s (%(amount)s).") % words


def _range(series: Series) -> str:
    highest = max(series.values, key=_value)
    lowest = min(series.values, key=_value)
    if highest.number == lowest.number:
        return _("All %(count)s values are the same.") % {"count": len(series.values)}
    return _(
        "Of the %(count)s values the highest is %(highest)s, %(highest_when)s, "
        "and the lowest %(lowest)s, %(lowest_when)s."
    ) % {
        "count": len(series.values),
        "highest": series.amount(highest.number),
        "highest_when": highest.period.when,
        "lowest": series.amount(lowest.number),
        "lowest_when": lowest.period.when,
    }


def _value(point: Point) -> Decimal:
    return point.number


def _missing(series: Series) -> list[str]:
    said = []
    if missing := len(series.missing):
        said.append(
            ngettext(
                "For %(count)s period there is no value; the table gives the reason.",
                "For %(count)s periods there is no value; the table gives the reasons.",
                missing,
            )
            % {"count": missing}
        )
    if series.gaps:
        said.append(
            ngettext(
                "Between the first and the last value, %(count)s period has not been brought "
                "to the portal.",
                "Between the first and the last value, %(count)s periods have not been brought "
                "to the portal.",
                series.gaps,
            )
            % {"count": series.gaps}
        )
    return said

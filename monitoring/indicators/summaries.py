"""What the numbers of a series say, in sentences of the active language. Nothing is looked up."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.charts import summaries
from monitoring.charts.figures import Compared

from .figures import measure_of, of_series
from .series import Series

YEARS_FROM = 24  # months; what is older is told in years


def change(series: Series) -> str:
    """How the latest value differs from that of the same period a year earlier.

    Numbers of integration work follow the seasons, so months and quarters that stand side by side
    are not compared. Says so when the portal has no value to compare with; "" without a value.
    """
    if series.latest is None:
        return ""
    before = series.year_before
    if before is None:
        return summaries.no_change()
    compared = Compared(before.period.when, before.number)
    return summaries.change(measure_of(series.indicator), series.latest.number, compared)


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
    return summaries.sentences(of_series(series))

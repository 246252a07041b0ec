"""The latest values of many indicators at once: for the list, area pages and search."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import Indicator, Observation
from .periods import Period
from .series import amount

COUNTRY = "FI"


@dataclass(frozen=True)
class Latest:
    """An indicator with the latest value that it has in an area, in words; "" when it has none."""

    indicator: Indicator
    amount: str
    period: str
    provisional: bool


def latest_values(indicators: Iterable[Indicator]) -> list[Latest]:
    """Of indicators that were read `with_latest(area_key)`."""
    return [
        Latest(
            indicator,
            "" if indicator.latest_value is None else amount(indicator, indicator.latest_value),
            ""
            if indicator.latest_start is None
            else Period(indicator.latest_start, indicator.period).name,
            indicator.latest_status == Observation.Status.PROVISIONAL,
        )
        for indicator in indicators
    ]

"""The programme's plan, calls, what organisations seek and offer, who takes part, the barometer."""

from .barometer import BarometerBox, BarometerInvitation, BarometerKey, BarometerRound
from .calls import Call, Interest
from .figures import Figure
from .measures import Measure
from .offers import Offer

__all__ = [
    "BarometerBox",
    "BarometerInvitation",
    "BarometerKey",
    "BarometerRound",
    "Call",
    "Figure",
    "Interest",
    "Measure",
    "Offer",
]

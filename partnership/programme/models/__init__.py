"""The programme's plan, its calls, what organisations seek and offer, and who takes part."""

from .calls import Call, Interest
from .figures import Figure
from .measures import Measure
from .offers import Offer

__all__ = ["Call", "Figure", "Interest", "Measure", "Offer"]

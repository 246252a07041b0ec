"""Events, their ways of taking part, and who takes part."""

from .events import Event, OwnQuestion, ProgrammeItem, Way
from .registrations import Needs, Registration, Request

__all__ = [
    "Event",
    "Needs",
    "OwnQuestion",
    "ProgrammeItem",
    "Registration",
    "Request",
    "Way",
]

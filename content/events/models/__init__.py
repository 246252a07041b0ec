"""Events, their ways of taking part, and who takes part."""

from .afterwards import CalendarAddress, Feedback
from .events import Event, OwnQuestion, ProgrammeItem, Way
from .registrations import Needs, Registration, Request

__all__ = [
    "CalendarAddress",
    "Event",
    "Feedback",
    "Needs",
    "OwnQuestion",
    "ProgrammeItem",
    "Registration",
    "Request",
    "Way",
]

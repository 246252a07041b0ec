"""The organiser's side in /cms/: events, who takes part, and what is asked after the deadline."""

from .events import EventViewSet
from .group import EventsGroup
from .people import RegistrationViewSet, RequestViewSet

__all__ = ["EventViewSet", "EventsGroup", "RegistrationViewSet", "RequestViewSet"]

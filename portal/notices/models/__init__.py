"""The outbox, those who follow something, and the events that they are told of."""

from .events import Event, EventKind, Notice
from .followers import Follow, Follower, Frequency
from .letters import Letter, LetterQuerySet
from .server import MailTrouble

__all__ = [
    "Event",
    "EventKind",
    "Follow",
    "Follower",
    "Frequency",
    "Letter",
    "LetterQuerySet",
    "MailTrouble",
    "Notice",
]

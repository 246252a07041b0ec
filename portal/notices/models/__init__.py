"""The outbox, those who follow something, and the events that they are told of."""

from .events import Event, EventKind, Notice
from .followers import Follow, Follower, Frequency
from .letters import Letter

__all__ = ["Event", "EventKind", "Follow", "Follower", "Frequency", "Letter", "Notice"]

"""Those who follow something, and the activity that they are told of."""

from .events import Event, Notice
from .followers import Follow, Follower, Frequency

__all__ = ["Event", "Follow", "Follower", "Frequency", "Notice"]

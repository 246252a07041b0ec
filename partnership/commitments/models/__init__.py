"""What organisations have promised, and what they have told of it since."""

from .commitments import Comment, Commitment, CommitmentSection
from .milestones import Milestone
from .shares import Ask, Report, Share
from .timeline import Entry

__all__ = [
    "Ask",
    "Comment",
    "Commitment",
    "CommitmentSection",
    "Entry",
    "Milestone",
    "Report",
    "Share",
]

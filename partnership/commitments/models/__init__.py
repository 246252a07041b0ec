"""What organisations have promised, and what they have told of it since."""

from .bills import BillNotice
from .commitments import Comment, Commitment, CommitmentSection
from .confirmations import Confirmation
from .milestones import Milestone
from .shares import Ask, Report, Share
from .timeline import Entry

__all__ = [
    "Ask",
    "BillNotice",
    "Comment",
    "Commitment",
    "CommitmentSection",
    "Confirmation",
    "Entry",
    "Milestone",
    "Report",
    "Share",
]

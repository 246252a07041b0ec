"""Who takes part: organisations, their people, and their membership of the programme."""

from .drafts import Draft
from .memberships import Membership, Note
from .organisations import Organisation
from .people import Invitation, Representative
from .periods import Period

__all__ = [
    "Draft",
    "Invitation",
    "Membership",
    "Note",
    "Organisation",
    "Period",
    "Representative",
]

"""Who takes part: organisations, their people, and their membership of the programme."""

from .drafts import Draft
from .memberships import Membership, Note
from .organisations import Organisation
from .people import Invitation, Representative
from .periods import Period
from .proposals import DecisionTemplate, Proposal
from .renewals import Renewal

__all__ = [
    "DecisionTemplate",
    "Draft",
    "Invitation",
    "Membership",
    "Note",
    "Organisation",
    "Period",
    "Proposal",
    "Renewal",
    "Representative",
]

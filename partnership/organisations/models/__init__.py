"""Who takes part: organisations, their people, and their membership of the programme."""

from .drafts import Draft
from .handovers import EmailDomain, HandOver
from .memberships import Membership, Note
from .organisations import Organisation
from .people import Invitation, Representative
from .periods import Period
from .proposals import DecisionTemplate, Proposal
from .renewals import Renewal
from .requests import JoinRequest

__all__ = [
    "DecisionTemplate",
    "Draft",
    "EmailDomain",
    "HandOver",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Note",
    "Organisation",
    "Period",
    "Proposal",
    "Renewal",
    "Representative",
]

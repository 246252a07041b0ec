"""Who takes part: organisations, their people, and their membership of the programme."""

from .bodies import BodyClaim, PublicBody
from .confirmations import Confirmation, ConfirmationAsk
from .drafts import Draft
from .handovers import EmailDomain, HandOver
from .memberships import Membership, Note
from .organisations import Organisation
from .people import Invitation, Representative
from .periods import Period
from .profile import Contact, FormerAddress
from .proposals import DecisionTemplate, Proposal
from .renewals import Renewal
from .requests import JoinRequest
from .team_letters import TeamLetter

__all__ = [
    "BodyClaim",
    "Confirmation",
    "ConfirmationAsk",
    "Contact",
    "DecisionTemplate",
    "Draft",
    "EmailDomain",
    "FormerAddress",
    "HandOver",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Note",
    "Organisation",
    "Period",
    "Proposal",
    "PublicBody",
    "Renewal",
    "Representative",
    "TeamLetter",
]

"""What can stand in the way of an event; the views say it kindly."""


class AlreadyEntered(Exception):
    """There is an organisation with this business ID, or it has an open application."""


class AlreadyInvited(Exception):
    """The person acts for the organisation already, or has a letter that still waits."""


class NotAMember(Exception):
    """The organisation is not a member of the programme, or no longer."""


class TooManyInvitations(Exception):
    """The organisation, the person or the address has had as many letters in a day as it may."""


class InvitationNotOpen(Exception):
    """The invitation has been used or taken back, or its time has run out."""


class NotInvited(Exception):
    """The invitation was sent to an address that is not among the person's confirmed ones."""


class LastOwner(Exception):
    """The organisation would be left without an owner."""


class SamePerson(Exception):
    """Who proposed the decision wants to make it: a second reader has to."""


class CriteriaNotMet(Exception):
    """An approval is proposed though not every criterion was found to be met."""


class TooLate(Exception):
    """The time in which this could be undone has run out."""


class NoConfirmedAddress(Exception):
    """The person has no e-mail address that is confirmed."""


class AlreadyActs(Exception):
    """The person acts for the organisation already."""


class AlreadyAsked(Exception):
    """A request of the person waits for its answer, or was declined lately."""


class TooManyRequests(Exception):
    """The person has asked, or the organisation has been asked, as often in a day as may be."""


class AlreadyAnswered(Exception):
    """The request to act for an organisation has been answered or taken back."""


class NotOfTheDomain(Exception):
    """The person has no confirmed address at a domain that belongs to the organisation."""


class TwoMemberships(Exception):
    """Both organisations have an open membership, and it was not chosen which goes on."""


class CannotMerge(Exception):
    """It is one organisation, or both have rows that no room knows how to join."""


class AlreadyClaimed(Exception):
    """The public body has its organisation already."""

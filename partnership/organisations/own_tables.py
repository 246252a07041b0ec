"""Which rows are an organisation's own, and why the others of this room are not."""

from .models import (
    BodyClaim,
    Confirmation,
    ConfirmationAsk,
    Contact,
    DecisionTemplate,
    Draft,
    EmailDomain,
    FormerAddress,
    HandOver,
    Invitation,
    JoinRequest,
    Membership,
    Note,
    Organisation,
    Period,
    Proposal,
    PublicBody,
    Renewal,
    Representative,
    TeamLetter,
)
from .owned import Owned, Table

OF_A_PERSON = "A person's own: it goes with the person."
OF_THE_PROGRAMME = "The programme's own."

OWNED = Owned(
    Table(Organisation, lambda organisation: Organisation.objects.filter(pk=organisation.pk)),
    Table(Membership, lambda organisation: organisation.memberships.all()),
    Table(
        Renewal, lambda organisation: Renewal.objects.filter(membership__organisation=organisation)
    ),
    Table(Contact, lambda organisation: organisation.contacts.all()),
    Table(Confirmation, lambda organisation: organisation.confirmations.all(), without=("ask",)),
    Table(FormerAddress, lambda organisation: organisation.former_addresses.all()),
    leaves={
        PublicBody: OF_THE_PROGRAMME,
        BodyClaim: OF_THE_PROGRAMME,
        ConfirmationAsk: OF_A_PERSON,
        Draft: OF_A_PERSON,
        Representative: OF_A_PERSON,
        Invitation: OF_A_PERSON,
        JoinRequest: OF_A_PERSON,
        EmailDomain: "Lets people in: an owner enters it anew, with an address at it.",
        HandOver: "The portal's own: it is begun where the people are.",
        Note: OF_THE_PROGRAMME,
        TeamLetter: OF_THE_PROGRAMME,
        Proposal: OF_THE_PROGRAMME,
        DecisionTemplate: OF_THE_PROGRAMME,
        Period: OF_THE_PROGRAMME,
    },
)

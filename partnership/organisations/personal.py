"""What organisations hold of people: who acts for them, who asked, who decided."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import ModelLogEntry

from portal.personal import ACTING_AS, Held, Person, Personal

from .models import (
    BodyClaim,
    Confirmation,
    ConfirmationAsk,
    Contact,
    Draft,
    EmailDomain,
    Invitation,
    JoinRequest,
    Membership,
    Note,
    Organisation,
    Proposal,
    Renewal,
    Representative,
    TeamLetter,
)
from .services import people

ACT = gettext_lazy("An act of the organisation: its name and the role stay, the person's does not.")
DECISION = gettext_lazy(
    "The programme's decision, with what was said for it; who of its team wrote it is taken off."
)
ADDRESS = gettext_lazy("The organisation stays; its contact address, which was yours, is emptied.")


def refuses(person: Person) -> list[str]:
    """The last owner of an organisation hands it over first.

    One that neither is a member nor has applied goes on without people: nobody has to be found for
    it.
    """
    if person.user is None:
        return []
    owned = Representative.objects.owners().filter(user=person.user).select_related("organisation")
    return [
        _("You are the last owner of %(organisation)s. Make somebody else an owner first.")
        % {"organisation": one.organisation}
        for one in owned
        if one.organisation.memberships.open().exists()
        and not one.organisation.representatives.owners().exclude(pk=one.pk).exists()
    ]


def first(person: Person) -> None:
    """They leave each organisation, which hands over where too few are left.

    What they did for it keeps the organisation (organisations.acts) and the role they act in.
    """
    if person.user is None:
        return
    for one in Representative.objects.filter(user=person.user).select_related("organisation"):
        acts = ModelLogEntry.objects.filter(user=person.user)
        for entry in acts.filter(data__organisation=one.organisation_id).iterator():
            entry.data[ACTING_AS] = one.role
            entry.save(update_fields=["data"])
        people.leave(one, hand_over=True)


PERSONAL = Personal(
    Held(Draft, ("user",)),
    Held(Representative, ("user",)),
    Held(Invitation, ("email",)),
    Held(JoinRequest, ("user",)),
    Held(ConfirmationAsk, ("to",), hides=("key",)),
    Held(Confirmation, ("by",), stays=ACT),
    Held(BodyClaim, ("by",), stays=ACT),
    Held(Contact, ("email",)),
    Held(JoinRequest, ("answered_by",), stays=ACT),
    Held(EmailDomain, ("added_by",), stays=ACT),
    Held(Invitation, ("invited_by",), stays=ACT),
    Held(Membership, ("applicant",), stays=ACT, words=("motivation", "answer")),
    Held(Membership, ("handler",), stays=DECISION),
    Held(Proposal, ("by", "second"), stays=DECISION),
    Held(Renewal, ("confirmed_by",), stays=ACT),
    Held(TeamLetter, ("by",), stays=DECISION),
    Held(Note, ("author",), stays=DECISION, words=("text",)),
    Held(Organisation, ("email",), stays=ADDRESS),
    first=first,
    refuses=refuses,
)

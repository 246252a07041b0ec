"""Who acts for an organisation: asking in, accepting, changing a role, leaving.

An organisation's people change one at a time: each event locks the organisation's row, so that
two owners who leave at the same moment cannot leave it without one.
"""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from partnership.organisations import letters
from partnership.organisations.errors import (
    AlreadyInvited,
    InvitationNotOpen,
    LastOwner,
    NotAMember,
    NotInvited,
    TooManyInvitations,
)
from partnership.organisations.models import (
    HandOver,
    Invitation,
    Organisation,
    Representative,
)
from portal.accounts.models import User

from . import handovers

Role = Representative.Role


@transaction.atomic
def invite(organisation: Organisation, *, email: str, role: str, by: User) -> Invitation:
    """Send a letter with a link that makes its reader act for the organisation.

    NotAMember unless the programme team has approved the organisation: nobody else has the portal
    write to strangers in their name. AlreadyInvited if the address belongs to one of its people
    or has a letter that still waits; TooManyInvitations when the day's letters have been used.
    """
    _lock(organisation)
    if not organisation.memberships.active().exists():
        raise NotAMember
    addresses = EmailAddress.objects.filter(email__iexact=email, verified=True)
    if organisation.representatives.filter(user__in=addresses.values("user")).exists():
        raise AlreadyInvited
    earlier = organisation.invitations.unanswered().filter(email__iexact=email)
    if any(invitation.is_open for invitation in earlier):
        raise AlreadyInvited
    now = timezone.now()
    if _budget_is_used(organisation, email=email, by=by):
        raise TooManyInvitations
    earlier.update(revoked_at=now)
    invitation = Invitation.objects.create(
        organisation=organisation, email=email.lower(), role=role, invited_by=by
    )
    log(organisation, "organisations.invite", user=by, data={"role": role})
    letters.invitation(invitation)
    return invitation


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    """Take a letter's link out of use. InvitationNotOpen if it has been used or taken back."""
    invitation.refresh_from_db(from_queryset=Invitation.objects.select_for_update())
    if invitation.accepted_at or invitation.revoked_at or invitation.declined_at:
        raise InvitationNotOpen
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    log(invitation.organisation, "organisations.revoke", user=by, data={"role": invitation.role})


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> Representative:
    """Make the invited person act for the organisation, once.

    NotInvited unless the invited address is among the person's confirmed ones; InvitationNotOpen
    if it has been used or taken back, or its time has run out. One who acts for it already keeps
    the larger of the two roles.
    """
    _lock(invitation.organisation)
    invitation.refresh_from_db(from_queryset=Invitation.objects.select_for_update())
    if not is_for(invitation, by):
        raise NotInvited
    if not invitation.is_open:
        raise InvitationNotOpen
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    person, made = Representative.objects.get_or_create(
        organisation=invitation.organisation, user=by, defaults={"role": invitation.role}
    )
    if not made:
        person.role = Role.larger(person.role, invitation.role)
        person.save(update_fields=["role"])
    log(invitation.organisation, "organisations.accept", user=by, data={"role": person.role})
    return person


@transaction.atomic
def decline(invitation: Invitation, *, by: User | None) -> None:
    """Say no to an invitation: whoever has its letter may, without an account.

    InvitationNotOpen when it has been answered or taken back, or its time has run out.
    """
    _lock(invitation.organisation)
    invitation.refresh_from_db(from_queryset=Invitation.objects.select_for_update())
    if not invitation.is_open:
        raise InvitationNotOpen
    invitation.declined_at = timezone.now()
    invitation.save(update_fields=["declined_at"])
    log(invitation.organisation, "organisations.refuse", user=by, data={"role": invitation.role})


@transaction.atomic
def take_up(invitation: Invitation, *, by: User | None) -> None:
    """Undo a refusal within fourteen days: the invitation is open for another fourteen.

    InvitationNotOpen when it was not declined, it is too late, or the address has a newer one.
    """
    _lock(invitation.organisation)
    invitation.refresh_from_db(from_queryset=Invitation.objects.select_for_update())
    newer = invitation.organisation.invitations.unanswered().filter(email__iexact=invitation.email)
    if not invitation.can_be_taken_up or newer.exists():
        raise InvitationNotOpen
    invitation.declined_at, invitation.reopened_at = None, timezone.now()
    invitation.save(update_fields=["declined_at", "reopened_at"])
    log(invitation.organisation, "organisations.take_up", user=by, data={"role": invitation.role})


def is_for(invitation: Invitation, user: User) -> bool:
    """Whether the invited address is one that this person has confirmed."""
    return EmailAddress.objects.filter(
        user=user, email__iexact=invitation.email, verified=True
    ).exists()


@transaction.atomic
def change_role(person: Representative, *, role: str, by: User) -> None:
    """Give a person another role. LastOwner if no owner would be left."""
    _lock(person.organisation)
    person.refresh_from_db(from_queryset=Representative.objects.select_for_update())
    if role == person.role:
        return
    _keep_an_owner(person)
    person.role = role
    person.save(update_fields=["role"])
    log(person.organisation, "organisations.role", user=by, data=_who(person))


@transaction.atomic
def remove(person: Representative, *, by: User) -> None:
    """End another person's acting for it. LastOwner if no owner would be left."""
    _lock(person.organisation)
    person.refresh_from_db(from_queryset=Representative.objects.select_for_update())
    _keep_an_owner(person)
    log(person.organisation, "organisations.remove", user=by, data=_who(person))
    person.delete()


@transaction.atomic
def leave(
    person: Representative, *, successor: Representative | None = None, hand_over: bool = False
) -> None:
    """End one's own acting for an organisation; too few people left begin a hand-over.

    Its last owner names one of the others as `successor`, who becomes an owner, or has it handed
    over without one; LastOwner without either. Representative.DoesNotExist for one who has gone.
    """
    _lock(person.organisation)
    person.refresh_from_db(from_queryset=Representative.objects.select_for_update())
    if successor is not None:
        successor.refresh_from_db()
        successor.role = Role.OWNER
        successor.save(update_fields=["role"])
        log(person.organisation, "organisations.role", user=person.user, data=_who(successor))
    if not hand_over:
        _keep_an_owner(person)
    log(person.organisation, "organisations.remove", user=person.user, data=_who(person))
    person.delete()
    if person.organisation.memberships.open().exists():
        handovers.begin(person.organisation, HandOver.Cause.LEFT)


def _budget_is_used(organisation: Organisation, *, email: str, by: User) -> bool:
    """Whether a day's letters of the organisation, of the person or to the address are used up."""
    today = Invitation.objects.of_a_day()
    return (
        today.filter(organisation=organisation).count() >= Invitation.A_DAY
        or today.filter(invited_by=by).count() >= Invitation.A_DAY_BY_ONE
        or today.filter(email__iexact=email).count() >= Invitation.A_DAY_TO_ONE
    )


def _lock(organisation: Organisation) -> None:
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def is_last_owner(person: Representative) -> bool:
    """Whether the organisation has no owner but this person."""
    others = person.organisation.representatives.owners().exclude(pk=person.pk)
    return person.role == Role.OWNER and not others.exists()


def _keep_an_owner(person: Representative) -> None:
    if is_last_owner(person):
        raise LastOwner


def _who(person: Representative) -> dict[str, str | int]:
    return {"person": person.user_id, "role": person.role}

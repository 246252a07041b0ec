"""Letters about a membership, to the organisation's owners, in its language of correspondence."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.languages import in_language
from portal.mail.models import ReaderMailbox
from portal.mail.outbox import write

from .confirmation_rule import FIGURES
from .models import (
    BodyClaim,
    ConfirmationAsk,
    HandOver,
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    Renewal,
    Representative,
)
from .models.people import Role


def owners_of(organisation: Organisation) -> Iterable[User]:
    """Its owners with an account in use, to whom letters about it go."""
    return User.objects.filter(
        is_active=True,
        representations__organisation=organisation,
        representations__role=Role.OWNER,
    ).order_by("pk")


def to_owners(template: str, membership: Membership, *, reason: str = "") -> None:
    """Write one letter to each owner that has an account in use, in the event's transaction."""
    organisation = membership.organisation
    for owner in owners_of(organisation):
        write(
            f"organisations/{template}",
            to=owner.email,
            language=organisation.language,
            context={
                "organisation": organisation,
                "membership": membership,
                "reason": reason,
            },
        )


def renewal(template: str, row: Renewal) -> None:
    """A letter to each owner with a link of their own to the page where one press is enough."""
    organisation = row.membership.organisation
    for owner in owners_of(organisation):
        with in_language(organisation.language):
            address = reverse("organisations:renewal", kwargs={"key": row.key_for(owner)})
        write(
            f"organisations/{template}",
            to=owner.email,
            language=organisation.language,
            context={"organisation": organisation, "renewal": row, "address": address},
            holds_key=True,
        )


def invitation(row: Invitation) -> None:
    """Ask a person to act for the organisation: in their own language if they have an account."""
    reader = User.objects.filter(email__iexact=row.email).first()
    write(
        "organisations/invitation",
        to=row.email,
        language=reader.language if reader else row.organisation.language,
        context={"invitation": row, "organisation": row.organisation, "inviter": row.invited_by},
        holds_key=True,
        plain=True,
    )


def join_request(row: JoinRequest) -> None:
    """Tell an organisation's owners and editors that somebody asks to act for it."""
    organisation = row.organisation
    people = Representative.objects.editors().filter(
        organisation=organisation, user__is_active=True
    )
    with in_language(organisation.language):
        address = reverse("organisations:join_request", args=[organisation.slug, row.pk])
    for person in people.select_related("user").order_by("pk"):
        write(
            "organisations/join_request",
            to=person.user.email,
            language=organisation.language,
            context={
                "asked": row,
                "organisation": organisation,
                "person": row.user,
                "address": address,
            },
            plain=True,
        )


def join_answered(row: JoinRequest) -> None:
    """Tell the person what was answered, in their own language."""
    write(
        "organisations/join_answered",
        to=row.user.email,
        language=row.user.language,
        context={
            "organisation": row.organisation,
            "accepted": row.state == JoinRequest.State.ACCEPTED,
            "paused_until": timezone.now() + JoinRequest.PAUSE,
        },
    )


def hand_over(row: HandOver, people: list[User]) -> None:
    """Ask the people who are left and the organisation's own mailbox for somebody new, once."""
    organisation = row.organisation
    addresses = {one.email.lower() for one in people} | {organisation.email.lower()}
    bouncing = ReaderMailbox.objects.bouncing().filter(address__in=addresses)
    for address in sorted(addresses - set(bouncing.values_list("address", flat=True))):
        write(
            "organisations/hand_over",
            to=address,
            language=organisation.language,
            context={"row": row, "organisation": organisation},
            holds_key=True,
        )


def joined(person: Representative) -> None:
    """Tell an organisation's owners that somebody has joined by an e-mail domain."""
    organisation = person.organisation
    owners = Representative.objects.owners().filter(organisation=organisation, user__is_active=True)
    for owner in owners.select_related("user").order_by("pk"):
        write(
            "organisations/joined",
            to=owner.user.email,
            language=organisation.language,
            context={"organisation": organisation, "person": person.user},
            plain=True,
        )


def ask_to_confirm(row: ConfirmationAsk) -> None:
    """Ask one of its people to confirm the entry, in their language; reading does not."""
    with in_language(row.to.language):
        address = reverse("organisations:confirm", kwargs={"key": row.key})
    write(
        "organisations/confirm",
        to=row.to.email,
        language=row.to.language,
        context={
            "ask": row,
            "organisation": row.organisation,
            "address": address,
            "rule": FIGURES,
        },
        holds_key=True,
    )


def merged(organisation: Organisation, former: str, people: Iterable[User]) -> None:
    """Tell the people of two records that they are one now, each in their language."""
    for person in people:
        write(
            "organisations/merged",
            to=person.email,
            language=person.language,
            context={"organisation": organisation, "former": former},
        )


def body_decided(row: BodyClaim, template: str) -> None:
    """Tell who claimed a public body what the programme team decided."""
    if row.by is None or not row.by.is_active:
        return
    write(
        f"organisations/{template}",
        to=row.by.email,
        language=row.by.language,
        context={
            "organisation": row.organisation,
            "body": row.body.area,
            "reason": row.reason,
        },
    )

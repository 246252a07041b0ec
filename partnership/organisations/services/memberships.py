"""A membership as its organisation moves it, and its end; deciding is in `reviewing`, going on from
period to period in `renewals`. Nothing else writes its status.

TransitionNotAllowed if an event cannot follow the state that the membership is in.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.log_actions import log

from partnership.organisations import following, letters
from partnership.organisations.errors import AlreadyEntered
from partnership.organisations.models import (
    Draft,
    FormerAddress,
    Membership,
    Note,
    Organisation,
    Representative,
)
from portal import working_days
from portal.accounts.models import User
from portal.places.models import Area
from portal.topics.models import Topic
from portal.workflow import transition

Status = Membership.Status

# The words that the directory's own addresses use, in the three languages.
TAKEN_SLUGS = frozenset(
    [
        *("join", "liity", "ga-med", "mine", "omat", "mina", "invitations", "kutsut"),
        *("inbjudningar", "confirm", "vahvista", "bekrafta", "bodies", "viranomaiset"),
        *("myndigheter",),
    ]
)


@transaction.atomic
def apply(
    organisation: Organisation,
    *,
    by: User,
    areas: Iterable[Area],
    topics: Iterable[Topic],
    motivation: str,
) -> Membership:
    """Enter a new organisation with its applicant as owner, and its application; tell them so.

    `organisation` is a row not saved yet. AlreadyEntered if its business ID is there already.
    """
    if FormerAddress.objects.filter(business_id=organisation.business_id).exists():
        raise AlreadyEntered
    organisation.slug = free_slug(organisation)
    try:
        with transaction.atomic():
            organisation.save(force_insert=True)
    except IntegrityError as error:
        if Organisation.objects.filter(business_id=organisation.business_id).exists():
            raise AlreadyEntered from error
        raise
    organisation.areas.set(areas)
    organisation.topics.set(topics)
    Representative.objects.create(
        organisation=organisation, user=by, role=Representative.Role.OWNER
    )
    Draft.objects.filter(user=by).delete()
    return _open(organisation, by=by, motivation=motivation)


@transaction.atomic
def apply_for(organisation: Organisation, *, by: User | None, motivation: str) -> Membership:
    """Apply for an organisation that is here already: its earlier application is over.

    Nobody (`by=None`) applies for the examples that a new portal starts with.

    AlreadyEntered if it has an application on its way or is a member.
    """
    return _open(organisation, by=by, motivation=motivation)


@transaction.atomic
def answer(membership: Membership, *, by: User, text: str) -> None:
    """Send a returned application in again, with what the applicant says to the question."""
    move(
        membership,
        Status.APPLIED,
        "organisations.answer",
        by=by,
        since=Status.RETURNED,
        answer=text,
        answered_at=timezone.now(),
        due_on=target(),
    )
    letters.to_owners("answered", membership)


@transaction.atomic
def withdraw(membership: Membership, *, by: User) -> None:
    """Take the application back, and confirm it to the organisation's owners.

    What was proposed of it waits for nobody any more.
    """
    move(membership, Status.WITHDRAWN, "organisations.withdraw", by=by, withdrawn_at=timezone.now())
    membership.proposals.open().update(settled_at=timezone.now(), sent_back=True)
    letters.to_owners("withdrawn", membership)


@transaction.atomic
def end(membership: Membership, *, by: User, reason: str) -> None:
    """Close a membership and say why; what the organisation published stays."""
    move(
        membership,
        Status.ENDED,
        "organisations.end",
        by=by,
        reason=reason,
        ended_at=timezone.now(),
    )
    letters.to_owners("ended", membership, reason=reason)
    following.ended(membership)


@transaction.atomic
def leave(membership: Membership, *, by: User) -> None:
    """Its owner takes the organisation out of the programme, and may apply again later.

    What it published stays, and its followers are told that it is a partner no longer.
    """
    move(
        membership,
        Status.ENDED,
        "organisations.leave",
        by=by,
        reason="",
        ended_at=timezone.now(),
    )
    letters.to_owners("left", membership)
    following.ended(membership)


@transaction.atomic
def note(membership: Membership, *, by: User, text: str) -> Note:
    """Keep a remark for the programme team's own eyes."""
    row = Note.objects.create(membership=membership, author=by, text=text)
    log(membership, "organisations.note", user=by)
    return row


def free_slug(organisation: Organisation) -> str:
    """The organisation's part of its address: its name, and its business ID if that is taken."""
    slug = slugify(organisation.name_fi)[:60].strip("-")
    if not slug or slug in TAKEN_SLUGS or _is_taken(slug):
        slug = f"{slug}-{organisation.business_id}".strip("-")
    return slug


def _is_taken(slug: str) -> bool:
    """Whether it is an organisation's address, or was and leads on to one."""
    return (
        Organisation.objects.filter(slug=slug).exists()
        or FormerAddress.objects.filter(slug=slug).exists()
    )


def target(day: date | None = None) -> date:
    """By when the programme team means to decide what came in on that day, today's if none."""
    return working_days.after(day or timezone.localdate(), Membership.TARGET)


def move(
    membership: Membership,
    status: str,
    action: str,
    *,
    by: User | None,
    expect: str | None = None,
    since: str = "",
    data: Mapping[str, Any] | None = None,
    **fields: Any,
) -> None:
    """Move the membership as the map allows; the log keeps the words that went with it.

    The profile is what a decider reads beside the application, so it is kept from changing too: its
    row is locked first, by every event.
    """
    Organisation.objects.select_for_update().only("pk").get(pk=membership.organisation_id)
    words = {name: value for name, value in fields.items() if isinstance(value, str)}
    transition(
        membership,
        status,
        action,
        by=by,
        since=since,
        expect=expect,
        data={**words, **(data or {})},
        **fields,
    )


def _open(organisation: Organisation, *, by: User | None, motivation: str) -> Membership:
    membership = Membership(
        organisation=organisation, applicant=by, motivation=motivation, due_on=target()
    )
    try:
        with transaction.atomic():
            membership.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyEntered from error
    organisation.confirmed_at, organisation.hidden_at = membership.applied_at, None
    organisation.save(update_fields=["confirmed_at", "hidden_at"])
    log(membership, "organisations.apply", user=by)
    letters.to_owners("received", membership)
    return membership

"""A membership from application to end: nothing else writes its status.

TransitionNotAllowed if an event cannot follow the state that the membership is in.
"""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.log_actions import log

from partnership.organisations import following, letters
from partnership.organisations.errors import AlreadyEntered
from partnership.organisations.models import (
    Draft,
    Membership,
    Note,
    Organisation,
    Representative,
)
from portal.accounts.models import User
from portal.places.models import Area
from portal.topics.models import Topic
from portal.workflow import transition

Status = Membership.Status

# The words that the directory's own addresses use, in the three languages.
TAKEN_SLUGS = frozenset(
    ["join", "liity", "ga-med", "mine", "omat", "mina", "invitations", "kutsut", "inbjudningar"]
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
def approve(membership: Membership, *, by: User | None, expect: str | None = None) -> None:
    """Make the applicant a member, and tell them.

    `expect` is what the decider read (Membership.version_token); Stale if it has changed since.
    """
    _move(
        membership,
        Status.ACTIVE,
        "organisations.approve",
        by=by,
        expect=expect,
        decided_at=timezone.now(),
    )
    letters.to_owners("approved", membership)
    following.joined(membership)


@transaction.atomic
def return_for_more(
    membership: Membership, *, by: User, reason: str, expect: str | None = None
) -> None:
    """Ask the applicant to add something; `reason` says what, and goes into the letter.

    Stale as in `approve`.
    """
    _move(
        membership,
        Status.RETURNED,
        "organisations.return",
        by=by,
        expect=expect,
        reason=reason,
        returned_at=timezone.now(),
    )
    letters.to_owners("returned", membership, reason=reason)


@transaction.atomic
def answer(membership: Membership, *, by: User, text: str) -> None:
    """Send a returned application in again, with what the applicant says to the question."""
    _move(
        membership,
        Status.APPLIED,
        "organisations.answer",
        by=by,
        answer=text,
        answered_at=timezone.now(),
    )
    letters.to_owners("answered", membership)


@transaction.atomic
def decline(membership: Membership, *, by: User, reason: str, expect: str | None = None) -> None:
    """Turn the application down, and tell the applicant why. Stale as in `approve`."""
    _move(
        membership,
        Status.DECLINED,
        "organisations.decline",
        by=by,
        expect=expect,
        reason=reason,
        decided_at=timezone.now(),
    )
    letters.to_owners("declined", membership, reason=reason)


@transaction.atomic
def withdraw(membership: Membership, *, by: User) -> None:
    """Take the application back, and confirm it to the organisation's owners."""
    _move(
        membership, Status.WITHDRAWN, "organisations.withdraw", by=by, withdrawn_at=timezone.now()
    )
    letters.to_owners("withdrawn", membership)


@transaction.atomic
def end(membership: Membership, *, by: User, reason: str) -> None:
    """Close a membership and say why; what the organisation published stays."""
    _move(
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
def note(membership: Membership, *, by: User, text: str) -> Note:
    """Keep a remark for the programme team's own eyes."""
    row = Note.objects.create(membership=membership, author=by, text=text)
    log(membership, "organisations.note", user=by)
    return row


def free_slug(organisation: Organisation) -> str:
    """The organisation's part of its address: its name, and its business ID if that is taken."""
    slug = slugify(organisation.name_fi)[:60].strip("-")
    if not slug or slug in TAKEN_SLUGS or Organisation.objects.filter(slug=slug).exists():
        slug = f"{slug}-{organisation.business_id}".strip("-")
    return slug


def _open(organisation: Organisation, *, by: User | None, motivation: str) -> Membership:
    membership = Membership(organisation=organisation, applicant=by, motivation=motivation)
    try:
        with transaction.atomic():
            membership.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyEntered from error
    log(membership, "organisations.apply", user=by)
    letters.to_owners("received", membership)
    return membership


def _move(
    membership: Membership,
    status: Status,
    action: str,
    *,
    by: User | None,
    expect: str | None = None,
    **fields: Any,
) -> None:
    """Move the membership as the map allows; the log keeps the words that went with it.

    The profile is what a decider reads beside the application, so it is kept from changing too.
    """
    if expect is not None:
        Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    words = {name: value for name, value in fields.items() if isinstance(value, str)}
    transition(membership, status, action, by=by, expect=expect, data=words, **fields)

"""Which of an organisation's people answer: by their account, their mailbox and signs of life."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Lower
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.mail.models import ReaderMailbox
from portal.resources import having

from .models import HandOver, Membership, Organisation, Representative

SILENT_AFTER = timedelta(days=365)


@dataclass(frozen=True)
class SignsOfLife:
    """Who was heard of in a room without signing in, as by answering a letter.

    `since(moment)` gives the primary keys of the people as a queryset of one column.
    """

    since: Callable[[datetime], QuerySet]


def with_signs(people: QuerySet[Representative], now=None):
    """The people with `answers`: the account is in use, letters arrive (`bounces` is false), and
    they signed in, did something or answered a letter within a year (`heard_of`).
    """
    since = (now or timezone.now()) - SILENT_AFTER
    mailbox = ReaderMailbox.objects.bouncing().filter(address=Lower(OuterRef("user__email")))
    acts = ModelLogEntry.objects.filter(user=OuterRef("user"), timestamp__gt=since)
    heard_of = Q(since__gt=since) | Q(user__last_login__gt=since) | Q(Exists(acts))
    for room in having(SignsOfLife).values():
        heard_of |= Q(user__in=room.since(since))
    return people.annotate(
        bounces=Exists(mailbox),
        heard_of=Case(When(heard_of, then=Value(True)), default=Value(False)),
    ).annotate(
        answers=Case(
            When(user__is_active=True, bounces=False, heard_of=True, then=Value(True)),
            default=Value(False),
        )
    )


def answering(now=None) -> QuerySet[Representative]:
    """The people of all organisations who answer."""
    return with_signs(Representative.objects.all(), now).filter(answers=True)


def taking_part() -> QuerySet[Organisation]:
    """Organisations that are members or have applied."""
    return Organisation.objects.filter(
        Exists(Membership.objects.open().filter(organisation=OuterRef("pk")))
    )


def without_people(now=None) -> QuerySet[Organisation]:
    """Organisations that take part and have nobody who answers."""
    return taking_part().exclude(Exists(answering(now).filter(organisation=OuterRef("pk"))))


def needs_people(there: list[Representative]) -> bool:
    """Whether those who answer are too few: no owner, or not two."""
    return len(there) < 2 or not any(one.role == Representative.Role.OWNER for one in there)


def cause_of(gone: list) -> HandOver.Cause:
    """Why somebody new is needed, of its people `with_signs` who do not answer, or none."""
    if any(one.bounces for one in gone):
        return HandOver.Cause.BOUNCING
    if any(one.user.is_active for one in gone):
        return HandOver.Cause.SILENT
    return HandOver.Cause.LEFT

"""From period to period: each member is asked whether it goes on, and says so by one press.

The schedule does what is due by what stands in the rows, so that a run too many or a worker that
was away makes no second letter and the same end.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from partnership.organisations import following, letters
from partnership.organisations.errors import TooLate
from partnership.organisations.models import Membership, Organisation, Period, Renewal
from portal.accounts.models import User
from portal.workflow import TransitionNotAllowed, lock

from .memberships import move

Status = Membership.Status
TO_ANSWER = timedelta(days=30)  # from the first letter, however late it was
AFTER_REMINDER = timedelta(days=14)


def run(now: datetime | None = None) -> int:
    """Ask, remind and let lapse what is due; how many memberships were dealt with."""
    now = now or timezone.now()
    return _ask(now) + _remind(now) + _lapse(now)


@transaction.atomic
def confirm(renewal: Renewal, *, by: User | None, now: datetime | None = None) -> None:
    """Go on in the period, also late, when the membership has lapsed; again, it changes nothing.

    TransitionNotAllowed if the membership has ended since.
    """
    membership = _locked(renewal)
    if renewal.confirmed_at:
        return
    lapsed = membership.status == Status.LAPSED
    renewal.before, renewal.was_lapsed = membership.period, lapsed
    renewal.confirmed_at, renewal.confirmed_by = now or timezone.now(), by
    renewal.save(update_fields=["before", "was_lapsed", "confirmed_at", "confirmed_by"])
    _keep(membership, renewal, "organisations.renew", by=by)


@transaction.atomic
def undo(renewal: Renewal, *, by: User | None) -> None:
    """Take a confirmation back: the membership is as it was before.

    TooLate after Renewal.UNDO_WITHIN, when there is no confirmation, or when the membership has
    gone on into a later period since; TransitionNotAllowed if it has ended.
    """
    membership = _locked(renewal)
    if not renewal.can_be_undone or membership.period != renewal.period:
        raise TooLate
    before, lapsed = renewal.before, renewal.was_lapsed
    renewal.confirmed_at = renewal.confirmed_by = renewal.before = None
    renewal.was_lapsed = False
    renewal.save(update_fields=["before", "was_lapsed", "confirmed_at", "confirmed_by"])
    event = "organisations.undo_renewal"
    if lapsed:
        move(membership, Status.LAPSED, event, by=by, period=before)
        following.lapsed(membership)
    else:
        _set_period(membership, before, event, by=by)


@transaction.atomic
def restore(membership: Membership, *, by: User) -> None:
    """Undo a lapse for the programme team: the membership goes on, and its owners are told."""
    renewal = membership.renewals.unanswered().order_by("-pk").first()
    if renewal is None or membership.status != Status.LAPSED:
        raise TransitionNotAllowed(f"Membership {membership.pk} has not lapsed")
    confirm(renewal, by=by)
    membership.refresh_from_db()
    letters.to_owners("restored", membership)


def _ask(now: datetime) -> int:
    """Ask each member of an earlier period once, from the day on which the next one says so.

    A member of no period was one before there were any: it is asked like one of the period before.
    """
    period = Period.objects.joined(timezone.localdate(now))
    if period is None:
        return 0
    earlier = Q(period__starts__lt=period.starts) | Q(
        period=None, decided_at__date__lt=period.renewal_from
    )
    rows = Membership.objects.active().filter(earlier).exclude(renewals__period=period)
    done = 0
    for membership in rows.select_related("organisation").order_by("pk"):
        with transaction.atomic():
            Organisation.objects.select_for_update().only("pk").get(pk=membership.organisation_id)
            renewal, made = Renewal.objects.get_or_create(
                membership=membership, period=period, defaults={"asked_at": now}
            )
            if made:
                log(membership, "organisations.ask_to_renew", data={"period": period.pk})
                letters.renewal("renewal", renewal)
                done += 1
    return done


def _remind(now: datetime) -> int:
    """Write once more when the period has begun, in the time of grace."""
    due = _unanswered().filter(
        reminded_at=None,
        period__starts__lte=timezone.localdate(now),
        asked_at__lte=now - AFTER_REMINDER,
    )
    return sum(_one(renewal.pk, now, _write_reminder) for renewal in due.order_by("pk"))


def _lapse(now: datetime) -> int:
    """Let lapse who has not answered two letters by the end of grace."""
    due = _unanswered().filter(
        period__grace_until__lt=timezone.localdate(now),
        asked_at__lte=now - TO_ANSWER,
        reminded_at__lte=now - AFTER_REMINDER,
    )
    return sum(_one(renewal.pk, now, _let_lapse) for renewal in due.order_by("pk"))


def _unanswered():
    return Renewal.objects.unanswered().filter(membership__status=Status.ACTIVE)


@transaction.atomic
def _one(pk: int, now: datetime, event) -> bool:
    """The event on one renewal, if nobody has answered it meanwhile."""
    renewal = Renewal.objects.select_related("membership__organisation", "period").get(pk=pk)
    membership = _locked(renewal)
    if renewal.confirmed_at or membership.status != Status.ACTIVE:
        return False
    event(renewal, membership, now)
    return True


def _write_reminder(renewal: Renewal, membership: Membership, now: datetime) -> None:
    if renewal.reminded_at:
        return
    renewal.reminded_at = now
    renewal.save(update_fields=["reminded_at"])
    letters.renewal("renewal_reminder", renewal)


def _let_lapse(renewal: Renewal, membership: Membership, now: datetime) -> None:
    move(membership, Status.LAPSED, "organisations.lapse", by=None, lapsed_at=now)
    letters.renewal("lapsed", renewal)
    following.lapsed(membership)


def _locked(renewal: Renewal) -> Membership:
    """The membership of a renewal, both locked: the organisation first, as by every event."""
    membership = renewal.membership
    Organisation.objects.select_for_update().only("pk").get(pk=membership.organisation_id)
    lock(membership)
    lock(renewal)
    return membership


def _keep(membership: Membership, renewal: Renewal, event: str, *, by: User | None) -> None:
    if membership.status == Status.LAPSED:
        move(membership, Status.ACTIVE, event, by=by, since=Status.LAPSED, period=renewal.period)
        following.returned(membership)
    else:
        _set_period(membership, renewal.period, event, by=by)


def _set_period(membership: Membership, period: Period | None, event: str, *, by) -> None:
    if membership.status != Status.ACTIVE:
        raise TransitionNotAllowed(f"Membership {membership.pk} is {membership.status}")
    membership.period = period
    membership.save(update_fields=["period"])
    log(membership, event, user=by, data={"period": period.pk if period else None})

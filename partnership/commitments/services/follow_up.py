"""Asking how it goes: letters on rolling days, and the published rule of silence.

Nine months after it was last told of, a share is asked for: somebody of the organisation, after a
fortnight a colleague, and both once more, all within the year after which it counts as silent; a
year later in the same way, until it is told of or archived. No commitment gives rise to more than
four letters in a year, whoever takes part in it (letters_a_year).
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils import timezone
from wagtail.log_actions import log

from partnership.commitments import letters
from partnership.commitments.models import Ask, Commitment, Entry, Report, Share
from partnership.organisations.models import Organisation, Representative
from partnership.organisations.models.people import Role
from portal.accounts.models import User
from portal.mail.models import ReaderMailbox
from portal.workflow import lock, transition

from .letters_a_year import A_YEAR, ARCHIVED_AFTER, has_room, room_from

FIRST = timedelta(days=180)
NEXT = timedelta(days=270)
PAUSES = (timedelta(0), timedelta(days=14), timedelta(days=42), timedelta(days=70))
GAP = timedelta(days=14)  # between two letters, however late the first one was
NOBODY = timedelta(days=7)  # until it is looked again whether there is somebody to ask


def first_due(published: date) -> date:
    """The first time a commitment is asked for, counted from its publication."""
    return published + FIRST


def next_due(told: date) -> date:
    """When it is asked for again, counted from the day it was told of."""
    return told + NEXT


def due_since(share: Share) -> date | None:
    """When a running share is due by what stands of it: its latest report, or the publication."""
    if share.told_at:
        return next_due(timezone.localdate(share.told_at))
    published = share.commitment.published_at
    return first_due(timezone.localdate(published)) if published else None


def ask_due(now=None) -> int:
    """Write the letters that are due; how many. Run twice, or late, it writes none twice.

    Shares that nothing is due of are not looked at: `not_before` is kept for those that wait for
    their next letter. Who was asked longest ago comes first, as a commitment's letters are few.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    due = Share.objects.filter(
        Q(not_before=None) | Q(not_before__lte=today),
        commitment__state=Commitment.State.PUBLISHED,
        accepted_at__isnull=False,
        left_at=None,
        next_due__lte=today,
    ).annotate(asked_last=Max("asks__asked_at"))
    rows = due.order_by(F("asked_last").asc(nulls_first=True), "pk").values_list("pk", flat=True)
    return sum(_ask(pk, now) for pk in list(rows))


@transaction.atomic
def _ask(share_pk: int, now) -> bool:
    share = (
        Share.objects.select_for_update(of=("self",))
        .select_related("commitment__organisation", "organisation")
        .get(pk=share_pk)
    )
    lock(share.commitment)
    today = timezone.localdate(now)
    if share.next_due is None or share.commitment.state != Commitment.State.PUBLISHED:
        return False
    asked = list(share.asks.filter(asked_at__date__gte=share.next_due).order_by("asked_at"))
    day = _day_of_letter(share, share.next_due, asked)
    people = people_of(share) if day <= today else []
    if people:
        to = people[0]
        backup = bool(asked) and asked[0].to_id != to.pk
        letters.ask(Ask.objects.create(share=share, to=to, backup=backup, asked_at=now))
    share.not_before = today + (GAP if people else NOBODY) if day <= today else day
    share.save(update_fields=["not_before"])
    return bool(people)


def _day_of_letter(share: Share, due: date, asked: list[Ask]) -> date:
    """The day of the next letter about a due share, after those in `asked`.

    Counted from the day it was due, so that a worker that was away comes back into step.
    """
    years, number = divmod(len(asked), len(PAUSES))
    day = due + years * A_YEAR + PAUSES[number]
    if asked:
        day = max(day, timezone.localdate(asked[-1].asked_at) + GAP)
    return room_from(share.commitment, day)


def reached(organisation: Organisation) -> list[Representative]:
    """Its people with an account in use and an address that takes letters, owners first."""
    people = list(organisation.representatives.filter(user__is_active=True).select_related("user"))
    addresses = [one.user.email.lower() for one in people]
    bouncing = set(
        ReaderMailbox.objects.bouncing()
        .filter(address__in=addresses)
        .values_list("address", flat=True)
    )
    there = [one for one in people if one.user.email.lower() not in bouncing]
    return sorted(there, key=lambda one: one.role != Role.OWNER)


def people_of(share: Share) -> list[User]:
    """Who can be asked of a share, the likeliest to answer first.

    First who has left the fewest letters about it unanswered since they last answered one or put
    it off, so that somebody who has gone is passed over; then owners.
    """
    answered = Exists(Report.objects.standing().filter(ask=OuterRef("pk")))
    unanswered: dict[int, int] = {}
    rows = share.asks.annotate(told=answered).order_by("asked_at")
    for to, told, put_off in rows.values_list("to", "told", "snoozed_at"):
        unanswered[to] = 0 if told or put_off else unanswered.get(to, 0) + 1
    people = [one.user for one in reached(share.organisation)]
    return sorted(people, key=lambda user: unanswered.get(user.pk, 0))


@transaction.atomic
def snooze(ask: Ask) -> None:
    """Put a letter off: the next one about its share comes in four weeks and not before.

    It tells nothing of how it goes. Once a letter, and again after it was undone.
    """
    share = _share_of(ask)
    if ask.snoozed_at or share.commitment.state != Commitment.State.PUBLISHED:
        return
    now = timezone.now()
    ask.snoozed_at = now
    ask.save(update_fields=["snoozed_at"])
    share.not_before = timezone.localdate(now + Ask.SNOOZE)
    share.save(update_fields=["not_before"])
    log(share.commitment, "commitments.snooze", data={"organisation": share.organisation_id})


@transaction.atomic
def wake(ask: Ask) -> None:
    """Undo a snooze that still lasts: letters come on their own days again."""
    share = _share_of(ask)
    if not ask.is_snoozed:
        return
    ask.snoozed_at = None
    ask.save(update_fields=["snoozed_at"])
    share.not_before = None
    share.save(update_fields=["not_before"])
    log(share.commitment, "commitments.wake", data={"organisation": share.organisation_id})


def _share_of(ask: Ask) -> Share:
    share = ask.share
    lock(share.commitment)
    share.refresh_from_db(from_queryset=Share.objects.select_for_update())
    ask.refresh_from_db()
    return share


def archive_silent(now=None) -> int:
    """Archive what nothing has been heard of for two years; how many. It can be taken up again."""
    now = now or timezone.now()
    before = now - ARCHIVED_AFTER
    silent = Commitment.objects.running().filter(
        Q(told_at__lt=before) | Q(told_at=None, published_at__lt=before)
    )
    done = 0
    for commitment in silent.order_by("pk"):
        with transaction.atomic():
            transition(commitment, Commitment.State.ARCHIVED, "commitments.archive", by=None)
            Entry.objects.create(commitment=commitment, kind=Entry.Kind.ARCHIVED, at=now)
            commitment.shares.update(next_due=None)
            _tell_of_archive(commitment, now)
        done += 1
    return done


def _tell_of_archive(commitment: Commitment, now) -> None:
    """One letter, to the likeliest to answer; its link opens the form that takes it up again."""
    share = commitment.shares.select_related("organisation").get(leads=True)
    people = people_of(share)
    if people and has_room(commitment, archiving=True):
        letters.archived(
            Ask.objects.create(share=share, to=people[0], of_archive=True, asked_at=now)
        )

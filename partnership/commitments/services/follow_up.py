"""Asking how it goes: letters on rolling days, and the published rule of silence.

Nine months after it was last told of, a share is asked for: its contact, after a fortnight somebody
else of the organisation, and both once more, all within the year after which it counts as silent.
No commitment gives rise to more than four letters a year, whoever takes part in it.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from partnership.commitments import letters
from partnership.commitments.models import Ask, Commitment, Entry, Share
from partnership.organisations.models.people import Role
from portal.accounts.models import User
from portal.workflow import lock, transition

FIRST = timedelta(days=180)
NEXT = timedelta(days=270)
PAUSES = (timedelta(0), timedelta(days=14), timedelta(days=42), timedelta(days=70))
A_YEAR = timedelta(days=365)
LETTERS_A_YEAR = 4
ARCHIVED_AFTER = timedelta(days=730)


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
    """Write the letters that are due; how many. Run twice, or late, it writes none twice."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    due = Share.objects.filter(
        commitment__state=Commitment.State.PUBLISHED, accepted_at__isnull=False, next_due__lte=today
    )
    return sum(_ask(pk, now) for pk in due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _ask(share_pk: int, now) -> bool:
    share = (
        Share.objects.select_for_update(of=("self",))
        .select_related("commitment__organisation", "organisation")
        .get(pk=share_pk)
    )
    lock(share.commitment)
    if share.next_due is None or share.commitment.state != Commitment.State.PUBLISHED:
        return False
    begun = timezone.localdate(now)
    asked = list(share.asks.filter(asked_at__date__gte=share.next_due).order_by("asked_at"))
    if len(asked) >= len(PAUSES):
        return False
    if asked and begun < timezone.localdate(asked[0].asked_at) + PAUSES[len(asked)]:
        return False
    of_the_year = Ask.objects.filter(
        share__commitment=share.commitment_id, asked_at__gt=now - A_YEAR
    )
    if of_the_year.count() >= LETTERS_A_YEAR:
        return False
    people = people_of(share)
    if not people:
        return False
    backup = len(asked) % 2 == 1
    to = people[1] if backup and len(people) > 1 else people[0]
    ask = Ask.objects.create(share=share, to=to, backup=backup, asked_at=now)
    letters.ask(ask)
    return True


def people_of(share: Share) -> list[User]:
    """Who can tell of a share: the owners of its organisation, then its other people."""
    people = share.organisation.representatives.filter(user__is_active=True).select_related("user")
    return [one.user for one in sorted(people, key=lambda one: one.role != Role.OWNER)]


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
            letters.to_people(commitment.organisation, "archived", commitment)
        done += 1
    return done

"""At most four letters a year about one commitment, all organisations and reasons together.

The notice that a commitment was archived is one of them, so a place is kept for it in the year
before the day on which it would be archived.
"""

from datetime import date, timedelta

from django.utils import timezone

from partnership.commitments.models import Ask, BillNotice, Commitment, Confirmation

A_WEEK = timedelta(days=7)
A_YEAR = timedelta(days=365)
ARCHIVED_AFTER = timedelta(days=730)
MOST = 4


def latest(commitment: Commitment) -> list[date]:
    """The days of the last four letters about a commitment, the newest first: four queries."""
    columns = (
        Ask.objects.filter(share__commitment=commitment).values_list("asked_at"),
        *(
            Confirmation.objects.filter(
                report__share__commitment=commitment, **{f"{name}__isnull": False}
            ).values_list(name)
            for name in ("letter_at", "told_at")
        ),
        BillNotice.objects.filter(commitment=commitment).values_list("at"),
    )
    moments = [at for rows in columns for (at,) in rows.order_by("-pk")]
    return sorted((timezone.localdate(at) for at in moments), reverse=True)[:MOST]


def archived_on(commitment: Commitment) -> date | None:
    """The day on which it is archived when nothing more is heard of it."""
    heard = commitment.heard_at
    return timezone.localdate(heard) + ARCHIVED_AFTER if heard else None


def room_from(commitment: Commitment, day: date, *, archiving: bool = False) -> date:
    """The first day from `day` on for one more letter; `archiving` for the one a place is kept for.

    A week after the commitment will have been archived, when only that place is left.
    """
    days = latest(commitment)
    if len(days) == MOST:
        day = max(day, days[-1] + A_YEAR)
    end = archived_on(commitment)
    if archiving or end is None or not end - A_YEAR < day <= end:
        return day
    taken = sum(one > end - A_YEAR for one in days)
    return end + A_WEEK if taken >= MOST - 1 else day


def has_room(commitment: Commitment, *, archiving: bool = False) -> bool:
    """Whether one more letter may be written about it today."""
    today = timezone.localdate()
    return room_from(commitment, today, archiving=archiving) <= today

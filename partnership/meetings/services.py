"""What happens to decisions: recorded, changed, taken back, and asked about on their day."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from portal import concurrency
from portal.accounts.models import User
from portal.places.models import Area
from portal.workflow import lock

from . import following, letters
from .errors import TakenBack
from .models import Decision, WorksheetMonth

Words = Mapping[str, Any]


@transaction.atomic
def record(
    area: Area, words: Words, *, by: User | None, key: uuid.UUID, month: WorksheetMonth | None
) -> Decision:
    """Record that an area has read its worksheet and what it decided; public at once.

    Once for a `key`: a second call with it records nothing and returns the first.
    """
    row, new = Decision.objects.get_or_create(
        key=key, defaults={**words, "area": area, "month": month, "recorded_by": by}
    )
    if new:
        log(row, "meetings.record", user=by, data={"area": area.key})
        following.recorded(row)
    return row


@transaction.atomic
def change(decision: Decision, words: Words, *, by: User, expect: str | None = None) -> None:
    """Keep other words; what stood there before stays in the history.

    TakenBack when it has been taken back, concurrency.Stale when it has changed since it was read.
    Another day to follow up is asked about anew.
    """
    lock(decision)
    if decision.withdrawn_at:
        raise TakenBack
    concurrency.compare(decision, expect)
    before = {}
    for name, value in words.items():
        old = getattr(decision, name)
        if old != value:
            before[name] = str(old or "")
            setattr(decision, name, value)
    if not before:
        return
    if "follow_up_on" in before:
        decision.reminded_at = None
    decision.save(update_fields=[*before, "reminded_at"])
    log(decision, "meetings.change", user=by, data={"before": before})


@transaction.atomic
def take_back(decision: Decision, *, by: User) -> None:
    """Take a decision off the portal; taken back twice, it is taken back once."""
    lock(decision)
    if decision.withdrawn_at:
        return
    decision.withdrawn_at = timezone.now()
    decision.save(update_fields=["withdrawn_at"])
    log(decision, "meetings.take_back", user=by)


def remind_due() -> int:
    """Write once to the officers of each area whose day to follow up has come; how many rows."""
    due = Decision.objects.waiting(timezone.localdate()).filter(reminded_at=None, example=False)
    number = 0
    for pk in due.order_by("follow_up_on", "pk").values_list("pk", flat=True):
        with transaction.atomic():
            rows = due.select_for_update(of=("self",)).select_related("area")
            if row := rows.filter(pk=pk).first():
                row.reminded_at = timezone.now()
                row.save(update_fields=["reminded_at"])
                letters.follow_up(row)
                number += 1
    return number

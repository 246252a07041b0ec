"""When an organisation's people leave or fall silent: one letter leads somebody new to it.

A hand-over begins when a person leaves, their letters come back or nothing was heard of them for a
year, and those who are left are no owner or fewer than two. The others and the organisation's own
mailbox get one letter. It ends when there are people again.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from wagtail.log_actions import log

from partnership.organisations import letters
from partnership.organisations.answering import cause_of, needs_people, taking_part, with_signs
from partnership.organisations.models import HandOver, Organisation, Representative


def run(now: datetime | None = None) -> int:
    """Begin and end the hand-overs of all organisations that take part; how many began.

    Run twice, or late, it writes no letter twice. The invented examples are left alone.
    """
    now = now or timezone.now()
    organisations = taking_part().filter(example=False)
    gone = with_signs(Representative.objects.filter(organisation__in=organisations), now)
    pks = {
        *gone.filter(answers=False).values_list("organisation", flat=True),
        *organisations.annotate(number=Count("representatives"))
        .filter(number=0)
        .values_list("pk", flat=True),
        *HandOver.objects.filter(ended_at=None).values_list("organisation", flat=True),
    }
    return sum(_look_at(pk, now) for pk in sorted(pks))


@transaction.atomic
def _look_at(pk: int, now: datetime) -> bool:
    organisation = Organisation.objects.select_for_update().get(pk=pk)
    people = _people(organisation, now)
    there = [one for one in people if one.answers]
    gone = [one for one in people if not one.answers]
    if not needs_people(there):
        organisation.hand_overs.filter(ended_at=None).update(ended_at=now)
        return False
    if people and not gone:
        return False
    return begin(organisation, cause_of(gone), now=now) is not None


def begin(
    organisation: Organisation, cause: HandOver.Cause, *, now: datetime | None = None
) -> HandOver | None:
    """Begin a hand-over if too few people answer, and write its letters; None if one runs.

    One that runs makes way after a year, or when those who were left are gone too.
    """
    now = now or timezone.now()
    there = [one for one in _people(organisation, now) if one.answers]
    if not needs_people(there):
        return None
    running = organisation.hand_overs.filter(ended_at=None).first()
    if running:
        if now - running.started_at < HandOver.AGAIN_AFTER and (running.nobody or there):
            return None
        organisation.hand_overs.filter(ended_at=None).update(ended_at=now)
    row = HandOver.objects.create(
        organisation=organisation, cause=cause, nobody=not there, started_at=now
    )
    log(organisation, "organisations.hand_over", data={"cause": str(cause)})
    letters.hand_over(row, [one.user for one in there])
    return row


def _people(organisation: Organisation, now: datetime) -> list:
    """Its people with their signs of life."""
    return list(with_signs(organisation.representatives.select_related("user"), now))

"""What happens to planned releases: announced, confirmed, put to another minute, called off, out.

The caller has already asked who may. Each change of a minute has a reason and stays for good.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from monitoring.indicators import periods
from portal.accounts.models import User
from portal.concurrency import compare
from portal.workflow import TransitionNotAllowed, lock, transition

from .models import Dataset, PlanChange, PlannedRelease, Release

State = PlannedRelease.State


class ReasonMissing(Exception):
    """Readers have planned by the day: whoever changes it says why."""


class SameMinute(Exception):
    """The release is planned for that minute already."""


class PeriodWrong(Exception):
    """The dataset has no such period: a year has 2025, a quarter 2025Q1, a month 2025M01."""


class AlreadyPlanned(Exception):
    """The figures of that period are planned already."""


@transaction.atomic
def plan(dataset: Dataset, *, period: str, planned_at: datetime, by: User) -> PlannedRelease:
    """Announce a release for a minute. Raises PeriodWrong, AlreadyPlanned."""
    if periods.parse(period, dataset.period) is None:
        raise PeriodWrong
    Dataset.objects.select_for_update().get(pk=dataset.pk)
    if dataset.plans.filter(period=period, state__in=PlannedRelease.OPEN).exists():
        raise AlreadyPlanned
    made = PlannedRelease.objects.create(
        dataset=dataset, period=period, planned_at=_minute(planned_at)
    )
    log(made, "datasets.plan", user=by)
    return made


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


@transaction.atomic
def confirm(plan: PlannedRelease, *, by: User, expect: str | None = None) -> None:
    """Say that the minute holds. Raises TransitionNotAllowed, Stale."""
    moment = timezone.now()
    transition(plan, State.CONFIRMED, "datasets.confirm", by=by, expect=expect, changed_at=moment)


@transaction.atomic
def move(
    plan: PlannedRelease,
    *,
    planned_at: datetime,
    reason: str,
    by: User,
    expect: str | None = None,
) -> None:
    """Put a planned release to another minute.

    Raises ReasonMissing, SameMinute, TransitionNotAllowed for one that is out or called off, Stale.
    """
    lock(plan)
    compare(plan, expect)
    if not plan.is_open:
        raise TransitionNotAllowed(f"{plan} is {plan.state}")
    if not reason.strip():
        raise ReasonMissing
    after = _minute(planned_at)
    if after == plan.planned_at:
        raise SameMinute
    _change(plan, after, reason, by)
    plan.planned_at = after
    plan.save(update_fields=["planned_at", "changed_at"])
    log(plan, "datasets.move", user=by, data={"to": after.isoformat()})


@transaction.atomic
def cancel(plan: PlannedRelease, *, reason: str, by: User, expect: str | None = None) -> None:
    """Call a planned release off. Raises ReasonMissing, TransitionNotAllowed, Stale."""
    if not reason.strip():
        raise ReasonMissing
    transition(plan, State.CANCELLED, "datasets.cancel", by=by, expect=expect)
    _change(plan, None, reason, by)
    plan.save(update_fields=["changed_at"])


def _change(plan: PlannedRelease, after: datetime | None, reason: str, by: User) -> None:
    change = PlanChange.objects.create(
        plan=plan, before=plan.planned_at, after=after, reason=reason.strip(), changed_by=by
    )
    plan.changed_at = change.changed_at


def came_out(release: Release, periods_released: list[str]) -> None:
    """The plans of a dataset that a release fulfils: those of the periods that it brings."""
    moment = release.released_at or timezone.now()
    for one in release.dataset.plans.to_come().filter(period__in=periods_released):
        transition(
            one, State.PUBLISHED, "datasets.out", by=None, release=release, changed_at=moment
        )

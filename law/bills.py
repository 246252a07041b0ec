"""What happens to pending bills: entered, moved on, confirmed, and joined to what they become.

Each function is one event, whole or not at all. The caller has already asked who may.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from portal.accounts.models import User
from portal.concurrency import compare
from portal.workflow import TransitionNotAllowed, lock, transition

from . import bill_following
from .models import Act, AmendmentEffect, IncomingAmendment, PendingBill, Section
from .models.bills import as_number

Stage = PendingBill.Stage


@transaction.atomic
def entered(bill: PendingBill, *, by: User | None = None) -> None:
    """A bill has been saved for the first time: those who follow what it changes are told.

    It begins in the stage at hand, on the day on which that was confirmed.
    """
    if not bill.stages:
        bill.stages = [{"stage": bill.stage, "on": bill.confirmed_on.isoformat()}]
    bill.confirmed_by = bill.confirmed_by or by
    bill.save(update_fields=["stages", "confirmed_by"])
    _with_acts_of_sections(bill)
    bill_following.record_entered(bill, sections_of(bill))
    for act in bill.acts.all():
        join(act)


@transaction.atomic
def edited(bill: PendingBill, *, sections_before: Collection[int]) -> None:
    """What a bill says has been saved again; `sections_before` are those that it named, by key.

    Those who follow sections that it names now are told of it as if it had been entered.
    """
    _with_acts_of_sections(bill)
    added = [one for one in _named(bill) if one.pk not in sections_before]
    if added:
        bill_following.record_entered(bill, added, again=True)
    for act in bill.acts.all():
        join(act)


@transaction.atomic
def move(
    bill: PendingBill,
    to: str,
    *,
    by: User | None,
    since: date | None = None,
    source: str = "",
    note: str = "",
    expect: str | None = None,
) -> None:
    """Take a bill to another stage, in which it is `since` a day, and tell its followers.

    `source` is where that was found and `note` a word for the log. Raises TransitionNotAllowed,
    and Stale when the bill is not as it was read (`expect`).
    """
    lock(bill)
    _transition(bill, to, "law.bill_move", by, since, expect, {"note": note}, source)
    bill_following.record_moved(bill, sections_of(bill))


@transaction.atomic
def confirm(bill: PendingBill, *, by: User, source: str = "", expect: str | None = None) -> None:
    """Somebody has looked, and the bill is still in its stage.

    Raises TransitionNotAllowed for one that has ended, and Stale as `move` does.
    """
    lock(bill)
    compare(bill, expect)
    if not bill.is_live:
        raise TransitionNotAllowed(f"{bill._meta.label} {bill.pk} has ended: {bill.stage}")
    bill.confirmed_on, bill.confirmed_by = timezone.localdate(), by
    bill.source = source or bill.source
    bill.save(update_fields=["confirmed_on", "confirmed_by", "source"])
    log(bill, "law.bill_confirm", user=by, data={"stage": bill.stage})


@transaction.atomic
def join(act: Act, *, by: User | None = None) -> list[PendingBill]:
    """Join the bills that have become amendments of the act, by the number of the proposal.

    Called wherever amendments of the act come in or a bill gets its number. A bill that was not
    known to be given is now; who follows it hears so, and who follows a section that the amendment
    changed hears that of the amendment alone. Returns the bills that were joined: two queries, and
    some for each of them.
    """
    by_number = defaultdict(list)
    for one in act.amendments.filter(bills=None).exclude(proposal="").order_by("given_on", "pk"):
        by_number[as_number(one.proposal)].append(one)
    found = list(PendingBill.objects.filter(number__in=by_number.keys() - {""}).order_by("pk"))
    for bill in found:
        became = by_number[bill.number]
        bill.amendments.add(*became)
        if bill.stage != Stage.GIVEN:
            _given(bill, became[0].given_on, by, ", ".join(one.reference for one in became))
            effects = AmendmentEffect.objects.filter(amendment__in=became)
            touched = set(effects.values_list("section", flat=True))
            sections = [one for one in sections_of(bill) if one.pk not in touched]
            bill_following.record_moved(bill, sections, acts_too=False)
    return found


@transaction.atomic
def join_published(incoming: IncomingAmendment) -> PendingBill | None:
    """An amending act has been published, and waits for a lawyer: its bill has been given."""
    number = as_number(incoming.proposal)
    bill = PendingBill.objects.filter(number=number).first() if number else None
    if bill is None or bill.stage == Stage.GIVEN:
        return None
    _given(bill, incoming.given_on, None, incoming.reference)
    bill_following.record_moved(bill, sections_of(bill))
    return bill


def sections_of(bill: PendingBill) -> list[Section]:
    """The sections on which a bill is pending: those that it names, and every one of an act of
    which it names none.
    """
    named = _named(bill)
    whole = {one.pk for one in bill.acts.all()} - {one.act_id for one in named}
    others = Section.objects.filter(act__in=whole).select_related("act", "chapter") if whole else []
    return [*named, *others]


def _named(bill: PendingBill) -> list[Section]:
    return list(bill.sections.select_related("act", "chapter"))


def _with_acts_of_sections(bill: PendingBill) -> None:
    """A bill that changes a section changes its act."""
    bill.acts.add(*Act.objects.filter(sections__bills=bill).distinct())


def _given(bill: PendingBill, day: date | None, by: User | None, reference: str) -> None:
    lock(bill)
    _transition(bill, Stage.GIVEN, "law.bill_given", by, day, None, {"act": reference}, "")


def _transition(bill, to, event, by, since, expect, data, source) -> None:
    """The move with the day of the new stage; a move says that the stage has been confirmed."""
    today = timezone.localdate()
    stage = {"stage": str(to), "on": (since or today).isoformat()}
    transition(
        bill,
        to,
        event,
        by=by,
        expect=expect,
        data=data,
        stages=[*bill.stages, stage],
        confirmed_on=today,
        confirmed_by=by,
        source=source or bill.source,
    )

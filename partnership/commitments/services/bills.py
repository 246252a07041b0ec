"""Bills that would change what commitments rest on: said on their pages, told once to each."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from law.models import Act, PendingBill, Section
from partnership.commitments import letters
from partnership.commitments.models import BillNotice, Commitment
from portal.workflow import lock

from .follow_up import people_of
from .letters_a_year import has_room


def bills_on(commitment: Commitment) -> list[tuple[PendingBill, list[Section]]]:
    """The bills on their way, each with the sections of the commitment that it would change.

    A bill that does not say which sections of an act it changes is on all of them.
    """
    sections = commitment.sections
    found: dict[int, tuple[PendingBill, list[Section]]] = {}
    for act in {section.act_id: section.act for section in sections}.values():
        for bill in PendingBill.objects.pending_in(act).prefetch_related("sections"):
            named = {one.pk for one in bill.sections.all() if one.act_id == act.pk}
            of_act = [one for one in sections if one.act_id == act.pk]
            changed = [one for one in of_act if not named or one.pk in named]
            if changed:
                found.setdefault(bill.pk, (bill, []))[1].extend(changed)
    return list(found.values())


def tell_of_bills() -> int:
    """Write to one person of the organisation that leads each commitment in progress, once for a
    bill; how many letters. Where the year has no letter left, or nobody can be reached, it is tried
    again on another day.
    """
    acts = Act.objects.filter(sections__commitment_links__isnull=False).distinct()
    return sum(
        _tell(pk, bill)
        for act in acts
        for bill in PendingBill.objects.pending_in(act).live()
        for pk in list(_untold(act, bill))
    )


def _untold(act: Act, bill: PendingBill):
    named = list(bill.sections.filter(act=act).values_list("pk", flat=True))
    resting = Q(section_links__section__in=named) if named else Q(section_links__section__act=act)
    rows = Commitment.objects.running().filter(resting).exclude(bill_notices__bill=bill)
    return rows.order_by("pk").values_list("pk", flat=True).distinct()


@transaction.atomic
def _tell(pk: int, bill: PendingBill) -> bool:
    commitment = Commitment.objects.get(pk=pk)
    lock(commitment)
    share = commitment.shares.select_related("organisation").get(leads=True)
    people = people_of(share)
    if not people or not has_room(commitment):
        return False
    _row, new = BillNotice.objects.get_or_create(
        commitment=commitment, bill=bill, defaults={"to": people[0], "at": timezone.now()}
    )
    if new:
        letters.of_bill(commitment, bill, people[0])
    return new

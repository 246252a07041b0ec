"""Two records of an organisation that take part in one commitment have one share of it."""

from partnership.organisations.merging import OrganisationMerge, move_all
from partnership.organisations.models import Organisation

from .models import Confirmation, Report, Share


def settle(kept: Organisation, gone: Organisation) -> None:
    """Join shares of one commitment and words on one report, where both records have theirs.

    What one of the two said of the other's result is no partner's word any more, and goes.
    """
    both = [kept, gone]
    Confirmation.objects.filter(
        organisation__in=both, report__share__organisation__in=both
    ).delete()
    said = {one.report_id: one for one in Confirmation.objects.filter(organisation=kept)}
    for word in Confirmation.objects.filter(organisation=gone, report__in=said):
        mine = said[word.report_id]
        (mine if word.answered_at and not mine.answered_at else word).delete()
    twins = {share.commitment_id: share for share in kept.commitment_shares.all()}
    for other in gone.commitment_shares.filter(commitment__in=twins):
        _join(twins[other.commitment_id], other)


def _join(share: Share, other: Share) -> None:
    """Letters, reports and words of both; the two signals are the latest of what either told.

    It leads, and takes part, if one of them did; amounts are added where the unit is one.
    """
    move_all(other, share)
    if share.takes_part or other.takes_part:
        share.declined_at = share.left_at = None
    share.leads = share.leads or other.leads
    share.text = "\n".join(filter(None, [share.text, other.text]))
    if share.amount is None:
        share.amount, share.unit = other.amount, other.unit
    elif other.amount and other.unit == share.unit:
        share.amount += other.amount
    share.accepted_at = _earlier(share.accepted_at, other.accepted_at)
    share.next_due = _earlier(share.next_due, other.next_due)
    latest = Report.objects.standing().filter(share=share).order_by("-at", "-pk").first()
    share.told_at = latest.at if latest else None
    share.progress = latest.progress if latest else ""
    Share.objects.filter(pk=other.pk).delete()
    share.save()


def _earlier(one, other):
    return min(filter(None, [one, other]), default=None)


MERGE = OrganisationMerge(settle)

"""Two records of an organisation that take part in one commitment have one share of it."""

from partnership.organisations.merging import OrganisationMerge, move_all
from partnership.organisations.models import Organisation

from .models import Confirmation, Report, Share


def settle(kept: Organisation, gone: Organisation) -> None:
    """Join the shares of commitments in which both take part: letters, reports and words of both.
    Of two words on one report that of the kept record stays.

    The share's two signals are the latest of what both told; it leads if one of them did.
    """
    asked = Confirmation.objects.filter(organisation=kept).values("report")
    Confirmation.objects.filter(organisation=gone, report__in=asked).delete()
    twins = {share.commitment_id: share for share in kept.commitment_shares.all()}
    for other in gone.commitment_shares.filter(commitment__in=twins):
        share = twins[other.commitment_id]
        move_all(other, share)
        share.leads = share.leads or other.leads
        share.text = "\n".join(filter(None, [share.text, other.text]))
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

"""Commitments for all to read: the list, and one with its milestones and timeline."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from law.impact_reviews import open_reviews
from partnership.commitments.following import KIND
from partnership.commitments.forms import labels
from partnership.commitments.listing import Listing
from partnership.commitments.models import Commitment, Entry
from partnership.commitments.permissions import may_have_file, may_report, may_write
from partnership.commitments.sections import with_levels
from partnership.commitments.services.bills import bills_on
from partnership.organisations.permissions import acts_for
from portal.embedding import code_for

from .crumbs import commitments


def index(request):
    """Commitments, narrowed by `q`, `area` (a key), `state`, `organisation` (its slug), `page`."""
    listing = Listing(request)
    return render(
        request,
        "commitments/index.html",
        {
            "crumbs": commitments(),
            "page_obj": listing.page,
            "filters": listing.filters,
            "narrowed": bool(listing.filters.changed_data),
            "of": listing.organisation,
            "embed": code_for("commitments", request.GET),
        },
    )


def detail(request, pk, slug):
    """One commitment: what was promised, both signals, its milestones and all that happened."""
    rows = Commitment.objects.visible_to(request.user)
    rows = rows.select_related("organisation", "indicator").prefetch_related(
        "areas",
        "milestones",
        "section_links__section__act",
        "shares__organisation",
        "shares__reports",
    )
    commitment = get_object_or_404(rows, pk=pk)
    if not commitment.is_public:
        return redirect(_own_page(request.user, commitment))
    if request.path != commitment.get_absolute_url():
        return redirect(commitment, permanent=True)
    with_levels([commitment])
    entries = commitment.entries.select_related("organisation", "milestone", "report__attachment")
    entries = entries.prefetch_related("report__confirmations__organisation")
    shares = [share for share in commitment.shares.all() if share.takes_part]
    return render(
        request,
        "commitments/detail.html",
        {
            "commitment": commitment,
            "crumbs": commitments((commitment.title, None)),
            "entries": [(entry, _file_of(request.user, entry)) for entry in entries],
            "labels": labels(),
            "shares": shares,
            "total": total_of(shares),
            "bills": bills_on(commitment),
            "impact_reviews": open_reviews(KIND, [str(pk)]).get(str(pk), []),
            "mine": request.user.is_authenticated
            and acts_for(request.user, commitment.organisation),
            "own_url": reverse("commitments:own", args=[commitment.pk]),
        },
    )


def _own_page(user, commitment) -> str:
    """Where somebody who may read a commitment that is not public looks after it."""
    if not may_write(user, commitment):
        for share in commitment.shares.select_related("organisation"):
            if may_report(user, share):
                return reverse("commitments:share", args=[share.pk])
    return reverse("commitments:own", args=[commitment.pk])


def _file_of(user, entry) -> bool:
    """Whether the line of the timeline shows the reader a file."""
    report = entry.report if entry.kind == Entry.Kind.TOLD else None
    return bool(report and report.attachment_id and (report.stands or may_have_file(user, report)))


@dataclass(frozen=True)
class Total:
    """What shares come to together, of one unit alone."""

    promised: int
    reached: int | None
    unit: str


def total_of(shares) -> Total | None:
    """The sum of shares that all count the same thing; None when they do not, or one does not."""
    units = {share.unit.casefold().strip() for share in shares}
    if len(shares) < 2 or len(units) != 1 or not all(units):
        return None
    if any(share.amount is None for share in shares):
        return None
    told = [share.reached for share in shares if share.reached is not None]
    return Total(sum(share.amount for share in shares), sum(told) if told else None, shares[0].unit)

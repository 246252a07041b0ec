"""Commitments for all to read: the list, and one with its milestones and timeline."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from law.impact_reviews import open_reviews
from partnership.commitments.following import KIND
from partnership.commitments.listing import Listing
from partnership.commitments.models import Commitment
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
        "areas", "milestones", "section_links__section__act", "shares__organisation"
    )
    commitment = get_object_or_404(rows, pk=pk)
    if not commitment.is_public:
        return redirect("commitments:own", pk=pk)
    if request.path != commitment.get_absolute_url():
        return redirect(commitment, permanent=True)
    entries = commitment.entries.select_related("organisation", "report", "milestone")
    return render(
        request,
        "commitments/detail.html",
        {
            "commitment": commitment,
            "crumbs": commitments((commitment.title, None)),
            "entries": entries,
            "impact_reviews": open_reviews(KIND, [str(pk)]).get(str(pk), []),
            "mine": request.user.is_authenticated
            and acts_for(request.user, commitment.organisation),
            "own_url": reverse("commitments:own", args=[commitment.pk]),
        },
    )

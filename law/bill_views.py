"""What is coming, for readers: the list of bills, and each with its way and what it changes."""

from itertools import groupby

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.languages import current_language
from portal.menu import crumbs
from portal.page_cache import kept
from portal.views.canonical import other_spelling

from . import bills, finlex
from .models import PendingBill, Section
from .references import backlink_counts


@kept()
def index(request):
    """The bills on their way, the first to come first, and below them those that have ended.

    In each part those that are invented examples come last.
    """
    rows = list(PendingBill.objects.visible_to(request.user).prefetch_related("acts"))
    rows.sort(key=lambda bill: bill.is_example)
    return render(
        request,
        "law/bills.html",
        {
            "pending": [one for one in rows if one.is_live],
            "ended": [one for one in rows if not one.is_live],
            "crumbs": _crumbs((_("Pending bills"), None)),
        },
    )


@kept()
def bill(request, pk):
    """One bill: its stages, the sections it would change, and how much on the portal rests on them.

    Raises Http404 when there is none.
    """
    language = current_language()
    named = Prefetch("sections", Section.objects.select_related("act"))
    rows = PendingBill.objects.visible_to(request.user)
    bill = get_object_or_404(rows.prefetch_related("acts", named, "amendments__act"), pk=pk)
    if redirect := other_spelling(request, bill):
        return redirect
    reached = bills.sections_of(bill)
    counts = backlink_counts(reached, request.user, language)
    named = {act: list(inside) for act, inside in groupby(bill.sections.all(), lambda one: one.act)}
    for section in bill.sections.all():
        section.count = counts[section.pk]
    amendments = list(bill.amendments.all())
    for amendment in amendments:
        amendment.finlex = finlex.as_given(amendment, language)
    return render(
        request,
        "law/bill.html",
        {
            "bill": bill,
            "acts": [(act, named.get(act, [])) for act in bill.acts.all()],
            "amendments": amendments,
            "resting": sum(counts.values()),
            "crumbs": _crumbs((_("Pending bills"), reverse("law:bills")), (bill.title, None)),
        },
    )


def _crumbs(*further):
    return crumbs((_("Law"), reverse("law:index")), *further)

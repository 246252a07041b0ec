"""What commitments tell of an organisation's year, and which changes of the law touched them."""

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from law.models import AmendmentEffect
from partnership.organisations.year import YearPart, days_of

from .models import Commitment, CommitmentSection, Entry, Report, Share

STEPS = (Entry.Kind.REACHED, Entry.Kind.MOVED)


def of_organisation(organisation, year):
    """Its public commitments, each with both signals of its share and what happened in the year.

    Those that had begun by the end of the year and had not ended before it. None when there are
    none.
    """
    first, after = days_of(year)
    rows = _taking_part(organisation).filter(published_at__lt=after)
    rows = rows.filter(Q(ended_at=None) | Q(ended_at__gte=first)).order_by("published_at", "pk")
    told = Report.objects.standing().filter(at__gte=first, at__lt=after).order_by("at", "pk")
    told = told.prefetch_related("confirmations")
    steps = Entry.objects.filter(kind__in=STEPS, at__gte=first, at__lt=after)
    own = Share.objects.filter(organisation=organisation).prefetch_related(
        Prefetch("reports", told, to_attr="told_in_year")
    )
    rows = rows.select_related("organisation").prefetch_related(
        Prefetch("shares", own, to_attr="own_shares"),
        Prefetch("entries", steps.select_related("milestone").order_by("at", "pk"), "steps"),
        "milestones",
    )
    commitments = [
        {
            "commitment": row,
            "leads": row.organisation_id == organisation.pk,
            "share": next(iter(row.own_shares), None),
            "reports": row.own_shares[0].told_in_year if row.own_shares else [],
            "steps": row.steps,
            "next": next((one for one in row.milestones.all() if one.done_on is None), None),
        }
        for row in rows
    ]
    if not commitments:
        return None
    steps_of_all = [step.kind for one in commitments for step in one["steps"]]
    return {
        "commitments": commitments,
        "reports": sum(len(one["reports"]) for one in commitments),
        "reached": steps_of_all.count(Entry.Kind.REACHED),
        "moved": steps_of_all.count(Entry.Kind.MOVED),
    }


def of_the_law(organisation, year):
    """The changes that came into force in the year of sections its commitments rest on, or None."""
    resting: dict[int, list[Commitment]] = {}
    links = CommitmentSection.objects.filter(commitment__in=_taking_part(organisation))
    for link in links.select_related("commitment").order_by("commitment"):
        resting.setdefault(link.section_id, []).append(link.commitment)
    effects = (
        AmendmentEffect.objects.filter(section__in=resting, day__year=year)
        .select_related("section__act", "amendment")
        .order_by("day", "section__position")
    )
    found = [(effect, resting[effect.section_id]) for effect in effects]
    return {"effects": found} if found else None


def _taking_part(organisation):
    share = Share.objects.filter(commitment=OuterRef("pk"), organisation=organisation)
    return Commitment.objects.public().filter(
        Q(organisation=organisation) | Exists(share.filter(accepted_at__isnull=False))
    )


COMMITMENTS = YearPart("commitments", _("Commitments"), "commitments/year.html", of_organisation)
LAW = YearPart(
    "law",
    _("Changes of the law that touch our commitments"),
    "commitments/year_law.html",
    of_the_law,
)

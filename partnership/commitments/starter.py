"""The example commitments that a new portal starts with, from starter/commitments.toml."""

import tomllib
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from law.models import Section
from partnership.organisations.models import Organisation
from partnership.programme.figures import count_all
from portal.accounts.models import User
from portal.accounts.starter import email_of
from portal.days import months_after
from portal.importing import Progress, StarterStep, unheard
from portal.places.models import Area
from portal.workflow import transition

from .models import Commitment, Report
from .services import decisions, reports, writing

FILE = Path(__file__).parent / "starter" / "commitments.toml"
STEPS = [
    StarterStep("Example commitments", "partnership.commitments.starter.load", later=True),
]


def load(progress: Progress = unheard) -> None:
    """Enter each example that is missing, marked as one, with its milestones and reports.

    Those that are there are left as they are. The ones of organisations that are not there, or are
    no members, are passed over.
    """
    entries = tomllib.loads(FILE.read_text())["commitment"]
    for done, entry in enumerate(entries, start=1):
        organisation = Organisation.objects.members().filter(slug=entry["organisation"]).first()
        if organisation and not organisation.commitments.filter(title=entry["title"]).exists():
            _enter(organisation, entry)
        progress(done, len(entries))
    count_all()


@transaction.atomic
def _enter(organisation: Organisation, entry: dict) -> None:
    owner = organisation.representatives.owners().select_related("user").first()
    by = owner.user if owner else None
    today = timezone.localdate()
    commitment = writing.start(
        organisation,
        by=by,
        words={name: entry[name] for name in (*Commitment.WORDS, "language")} | {"example": True},
        areas=Area.objects.filter(key__in=entry["areas"]),
        sections=Section.objects.filter(
            act__number=681, act__year=2023, number__in=entry["sections"]
        ),
        milestones=[
            {
                "title": one["title"],
                "due": months_after(today, one["months"]).isoformat()[:7],
                "evidence": one["evidence"],
            }
            for one in entry["milestone"]
        ],
    )
    state = Commitment.State
    transition(
        commitment,
        state.SUBMITTED,
        "commitments.submit",
        by=by,
        submitted_at=timezone.now(),
    )
    if entry["state"] == state.SUBMITTED:
        return
    team = User.objects.filter(email=email_of("programme")).first()
    decisions.publish(commitment, by=team)
    [share] = commitment.shares.all()
    for one in entry["report"]:
        report = reports.tell(share, progress=one["progress"], sentence=one["sentence"], by=by)
        _date_back(report, one["days"])


def _date_back(report: Report, days: int) -> None:
    """An example that was told some days ago."""
    at = report.at - timedelta(days=days)
    Report.objects.filter(pk=report.pk).update(at=at)
    share = report.share
    for row in (share, share.commitment):
        type(row)._base_manager.filter(pk=row.pk).update(told_at=at)
    Commitment.objects.filter(pk=share.commitment_id).update(published_at=at - timedelta(days=30))
    share.commitment.entries.filter(report=report).update(at=at)
    share.commitment.entries.filter(kind="published").update(at=at - timedelta(days=30))

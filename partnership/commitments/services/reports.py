"""What an organisation tells of its share, and what it takes back."""

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from partnership.commitments import following
from partnership.commitments.errors import AlreadyTold, TooLate
from partnership.commitments.models import Ask, Commitment, Entry, Milestone, Report, Share
from partnership.commitments.models.shares import Progress
from portal.accounts.models import User
from portal.media import attachments
from portal.workflow import TransitionNotAllowed, lock, transition

from .decisions import enter
from .follow_up import due_since, next_due

State, Kind = Commitment.State, Entry.Kind
TOLD_OF = (State.PUBLISHED, State.ARCHIVED)


@transaction.atomic
def tell(
    share: Share,
    *,
    progress: Progress,
    sentence: str = "",
    milestone: Milestone | None = None,
    due: str = "",
    amount: int | None = None,
    upload: File | None = None,
    by: User | None,
    ask: Ask | None = None,
) -> Report:
    """Keep one report: how the share goes, in one sentence at most.

    With a milestone, `done` reaches it today and `moved` moves it to `due`, as partial_dates keeps
    it; the first promised day stays. `amount` is how much of its share is there, `upload` a file
    that an AttachmentField has let through, private until the report can no longer be taken back.
    An archived commitment is taken up again. AlreadyTold when the letter (`ask`) has been answered
    and the answer stands; TransitionNotAllowed for a commitment that is not running, or an
    organisation that takes no part.
    """
    commitment = share.commitment
    lock(commitment)
    share.refresh_from_db()
    if ask is not None and (earlier := ask.reports.standing().first()):
        raise AlreadyTold(earlier)
    if commitment.state not in TOLD_OF or not share.takes_part:
        raise TransitionNotAllowed(f"commitment {commitment.pk} is {commitment.state}")
    if commitment.state == State.ARCHIVED:
        transition(
            commitment,
            State.PUBLISHED,
            "commitments.revive",
            by=by,
            data={"organisation": share.organisation_id},
        )
        enter(commitment, Kind.REVIVED, organisation=share.organisation)
        commitment.shares.taking_part().update(next_due=next_due(timezone.localdate()))
    report = Report.objects.create(
        share=share,
        ask=ask,
        progress=progress,
        sentence=sentence,
        milestone=milestone,
        amount=amount,
        attachment=attachments.keep(upload) if upload else None,
        by=by,
    )
    enter(
        commitment, Kind.TOLD, organisation=share.organisation, report=report, milestone=milestone
    )
    if milestone is not None:
        _step(milestone, report, due, share)
    share.next_due, share.not_before = next_due(timezone.localdate(report.at)), None
    share.save(update_fields=["next_due", "not_before"])
    _count(share)
    log(
        commitment,
        "commitments.tell",
        user=by,
        data={"progress": progress, "organisation": share.organisation_id},
    )
    following.told(commitment, report)
    return report


@transaction.atomic
def undo(report: Report, *, by: User | None) -> None:
    """Take a report back within fourteen days; what it did goes with it: its
    milestone's move, the day of the next letter, its file, and what others have said of it.
    """
    share = report.share
    lock(share.commitment, report)
    if report.undone_at:
        return
    if not report.can_be_undone:
        raise TooLate
    file, report.attachment = report.attachment, None
    report.undone_at = timezone.now()
    report.save(update_fields=["undone_at", "attachment"])
    if file is not None:
        attachments.remove(file)
    entries = share.commitment.entries.filter(report=report)
    steps = entries.filter(kind__in=(Kind.MOVED, Kind.REACHED), milestone__isnull=False)
    for milestone, before in steps.values_list("milestone", "before"):
        back = {"due": before} if before else {}
        Milestone.objects.filter(pk=milestone).update(done_on=None, result="", **back)
    entries.delete()
    enter(share.commitment, Kind.UNDONE, organisation=share.organisation)
    _count(share)
    if share.next_due:
        share.next_due, share.not_before = due_since(share), None
        share.save(update_fields=["next_due", "not_before"])
    log(
        share.commitment,
        "commitments.undo",
        user=by,
        data={"organisation": share.organisation_id},
    )


def _step(milestone: Milestone, report: Report, due: str, share: Share) -> None:
    said = {"organisation": share.organisation, "report": report, "milestone": milestone}
    if report.progress == Progress.DONE and milestone.done_on is None:
        milestone.done_on, milestone.result = timezone.localdate(report.at), report.sentence
        milestone.save(update_fields=["done_on", "result"])
        enter(share.commitment, Kind.REACHED, text=report.sentence, **said)
    elif report.progress == Progress.MOVED and due and due != milestone.due:
        before, milestone.due = milestone.due, due
        milestone.save(update_fields=["due"])
        enter(share.commitment, Kind.MOVED, before=before, after=due, text=report.sentence, **said)


def _count(share: Share) -> None:
    """The two signals of the share and of its commitment, from the reports that stand."""
    standing = Report.objects.standing().order_by("-at", "-pk")
    for row, reports in (
        (share, standing.filter(share=share)),
        (share.commitment, standing.filter(share__commitment=share.commitment)),
    ):
        latest = reports.first()
        row.told_at = latest.at if latest else None
        row.progress = latest.progress if latest else ""
        row.save(update_fields=["told_at", "progress"])

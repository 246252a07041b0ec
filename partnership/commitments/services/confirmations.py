"""What others say of a result: a partner who is asked, the programme team, and the reply to both.

A word on a result says who gives it and when. It changes nothing of what was told, and the
organisation that told may reply once to each.
"""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from partnership.commitments import letters
from partnership.commitments.errors import AlreadyAnswered, AlreadyInvited, NobodyToAsk, TooLate
from partnership.commitments.models import Confirmation, Entry, Report
from partnership.commitments.models.confirmations import Answer
from partnership.commitments.models.shares import Level
from partnership.organisations.models import Organisation
from portal.accounts.models import User
from portal.workflow import lock

from .decisions import enter
from .follow_up import people_of, reached
from .letters_a_year import has_room

Kind = Entry.Kind


@transaction.atomic
def ask_partner(report: Report, organisation: Organisation, *, by: User) -> Confirmation:
    """Ask a partner whether it can confirm what was told: by a letter to one of its people, while
    the commitment has one left this year, and on the organisation's desk in any case.

    NobodyToAsk for the organisation itself, or one none of whose people is only its own;
    AlreadyInvited when it has been asked about this report; TooLate for one that was taken back.
    """
    share = report.share
    lock(share.commitment, report)
    if report.undone_at:
        raise TooLate
    if report.confirmations.filter(organisation=organisation).exists():
        raise AlreadyInvited
    insiders = set(share.organisation.representatives.values_list("user", flat=True))
    people = [one.user for one in reached(organisation) if one.user_id not in insiders]
    if organisation.pk == share.organisation_id or not people:
        raise NobodyToAsk
    written = timezone.now() if has_room(share.commitment) else None
    row = Confirmation.objects.create(
        report=report, organisation=organisation, to=people[0], letter_at=written
    )
    if written:
        letters.confirm(row, organisation, people[0])
    log(
        share.commitment,
        "commitments.ask_partner",
        user=by,
        data={"partner": organisation.name_fi, "organisation": share.organisation_id},
    )
    return row


@transaction.atomic
def answer(row: Confirmation, *, answer: str, words: str = "", by: User | None) -> None:
    """The partner confirms the result, or says what it sees differently.

    AlreadyAnswered when it has; TooLate for a report that was taken back, or after a year.
    """
    _locked(row)
    if row.answered_at:
        raise AlreadyAnswered(row)
    if not row.is_open:
        raise TooLate
    row.answer, row.words, row.answered_by = answer, words, by
    row.answered_at = timezone.now()
    row.save(update_fields=["answer", "words", "answered_by", "answered_at"])
    _said(row, Kind.CONFIRMED if row.agrees else Kind.DIFFERED, "commitments.confirm", by)


@transaction.atomic
def assess(report: Report, *, answer: str, words: str, by: User) -> Confirmation:
    """The programme team's word on a result. AlreadyAnswered when it has one; TooLate for a
    report that was taken back.
    """
    lock(report.share.commitment, report)
    if report.undone_at:
        raise TooLate
    row, _new = report.confirmations.get_or_create(source=Level.PROGRAMME)
    if row.answered_at:
        raise AlreadyAnswered(row)
    row.answer, row.words, row.answered_by = answer, words, by
    row.answered_at = timezone.now()
    row.save()
    _said(row, Kind.ASSESSED if row.agrees else Kind.DIFFERED, "commitments.assess", by)
    return row


@transaction.atomic
def undo(row: Confirmation, *, by: User | None) -> None:
    """Take a word back within fourteen days, with the reply to it; it may then be given anew.

    TooLate afterwards.
    """
    _locked(row)
    if not row.answered_at:
        return
    if not row.can_be_undone:
        raise TooLate
    kinds = (Kind.CONFIRMED, Kind.ASSESSED, Kind.DIFFERED, Kind.REPLIED)
    _commitment(row).entries.filter(confirmation=row, kind__in=kinds).delete()
    log(_commitment(row), "commitments.unconfirm", user=by, data=_who(row))
    row.answer = row.words = row.reply = ""
    row.answered_at = row.answered_by = row.replied_at = None
    row.save()


@transaction.atomic
def reply(row: Confirmation, *, text: str, by: User) -> None:
    """The right of reply of the organisation that told: once, beside the word on its result.

    AlreadyAnswered when it has replied; TooLate when there is no word on it any more.
    """
    _locked(row)
    if not row.answered_at:
        raise TooLate
    if row.replied_at:
        raise AlreadyAnswered(row)
    row.reply, row.replied_at = text, timezone.now()
    row.save(update_fields=["reply", "replied_at"])
    enter(
        _commitment(row),
        Kind.REPLIED,
        organisation=row.report.share.organisation,
        report=row.report,
        confirmation=row,
        text=text,
    )
    data = {"organisation": row.report.share.organisation_id}
    log(_commitment(row), "commitments.reply", user=by, data=data)


def _said(row: Confirmation, kind: Entry.Kind, event: str, by: User | None) -> None:
    """An entry, a line in the log, and a letter to who told it when it was seen differently."""
    enter(
        _commitment(row),
        kind,
        organisation=row.organisation,
        report=row.report,
        confirmation=row,
        text=row.words,
    )
    log(_commitment(row), event, user=by, data=_who(row))
    people = people_of(row.report.share)
    differs = row.answer == Answer.DIFFERS and not row.told_at
    if differs and people and has_room(_commitment(row)):
        row.told_at = timezone.now()
        row.save(update_fields=["told_at"])
        letters.differs(row, people[0])


def _commitment(row: Confirmation):
    return row.report.share.commitment


def _locked(row: Confirmation) -> None:
    lock(_commitment(row))
    row.refresh_from_db(from_queryset=Confirmation.objects.select_for_update())


def _who(row: Confirmation) -> dict[str, str | int]:
    """Which partner acted, for the log; nobody's organisation where it was the programme team."""
    of = row.organisation
    return {"partner": of.name_fi, "organisation": of.pk} if of else {}

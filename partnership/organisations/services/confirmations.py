"""The yearly confirmation of directory entries: asking, confirming, taking back, hiding.

The rule and its figures are in confirmation_rule. What was hidden comes back with the confirmation.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from partnership.organisations import confirmation_rule as rule
from partnership.organisations import letters
from partnership.organisations.errors import TooLate
from partnership.organisations.models import Confirmation, ConfirmationAsk, Organisation
from portal.accounts.models import User
from portal.days import months_after
from portal.mail.models import ReaderMailbox
from portal.workflow import lock


def keepers(organisation: Organisation) -> QuerySet[User]:
    """Who looks after the entry: its owners and editors with an account in use."""
    people = organisation.representatives.editors()
    return User.objects.filter(is_active=True, pk__in=people.values("user"))


@transaction.atomic
def confirm(
    organisation: Organisation, *, by: User | None, ask: ConfirmationAsk | None = None
) -> Confirmation:
    """Say that the entry is right today; one that was hidden is shown again at once.

    A second press on the same letter gives the first one's confirmation while that stands.
    """
    lock(organisation)
    if ask is not None and (earlier := ask.confirmations.standing().first()):
        return earlier
    row = Confirmation.objects.create(
        organisation=organisation,
        ask=ask,
        by=by,
        before=organisation.confirmed_at,
        hidden_before=organisation.hidden_at,
    )
    organisation.confirmed_at, organisation.hidden_at = row.at, None
    organisation.save(update_fields=["confirmed_at", "hidden_at"])
    log(organisation, "organisations.confirm", user=by)
    return row


@transaction.atomic
def undo(confirmation: Confirmation, *, by: User | None) -> None:
    """Take a confirmation back within fourteen days; TooLate afterwards, nothing the second time.

    The entry is as it was before, unless its people have confirmed it once more since.
    """
    organisation = confirmation.organisation
    lock(organisation)
    confirmation.refresh_from_db()
    if confirmation.undone_at:
        return
    if not confirmation.can_be_undone:
        raise TooLate
    confirmation.undone_at = timezone.now()
    confirmation.save(update_fields=["undone_at"])
    later = organisation.confirmations.standing().filter(before=confirmation.at).first()
    if later:
        later.before, later.hidden_before = confirmation.before, confirmation.hidden_before
        later.save(update_fields=["before", "hidden_before"])
    elif organisation.confirmed_at == confirmation.at:
        organisation.confirmed_at = confirmation.before
        organisation.hidden_at = confirmation.hidden_before
        organisation.save(update_fields=["confirmed_at", "hidden_at"])
    log(organisation, "organisations.confirm_undo", user=by)


def keep_confirmed(now: datetime | None = None) -> int:
    """The daily piece of the schedule: letters that are due, then what is to be hidden; how many.

    Run twice, or late, it writes no letter twice and hides the same.
    """
    now = now or timezone.now()
    return ask_due(now) + hide_unconfirmed(now)


def ask_due(now: datetime) -> int:
    """Ask the people of entries that have waited a year, and a month later once more."""
    reminded = ConfirmationAsk.objects.filter(
        organisation=OuterRef("pk"), reminder=True, asked_at__gt=OuterRef("confirmed_at")
    )
    return sum(_ask(pk, now) for pk in list(_waiting(now, rule.ASKED, ~Exists(reminded))))


def hide_unconfirmed(now: datetime) -> int:
    """Hide what has waited for the published time; how many."""
    return sum(_hide(pk, now) for pk in list(_waiting(now, rule.HIDDEN)))


def _waiting(now: datetime, months: int, *conditions) -> QuerySet:
    """Listed entries that have waited so many months, the one confirmed longest ago first."""
    last = rule.confirmed_by(timezone.localdate(now), months)
    rows = Organisation.objects.listed().filter(*conditions, confirmed_at__date__lte=last)
    return rows.order_by(F("confirmed_at"), "pk").values_list("pk", flat=True)


@transaction.atomic
def _ask(pk: int, now: datetime) -> int:
    organisation = Organisation.objects.select_for_update().get(pk=pk)
    today = timezone.localdate(now)
    if timezone.localdate(organisation.confirmed_at) > rule.confirmed_by(today, rule.ASKED):
        return 0
    asked = _asked(organisation)
    if asked and (any(one.reminder for one in asked) or today < _day_of_reminder(asked)):
        return 0
    people = _reached(organisation)
    for to in people:
        letters.ask_to_confirm(
            ConfirmationAsk.objects.create(
                organisation=organisation, to=to, reminder=bool(asked), asked_at=now
            )
        )
    return len(people)


@transaction.atomic
def _hide(pk: int, now: datetime) -> int:
    organisation = Organisation.objects.select_for_update().get(pk=pk)
    last = rule.confirmed_by(timezone.localdate(now), rule.HIDDEN)
    if organisation.hidden_at or timezone.localdate(organisation.confirmed_at) > last:
        return 0
    asked = _asked(organisation)
    if asked[0].asked_at > now - rule.NOTICE if asked else _reached(organisation):
        return 0
    organisation.hidden_at = now
    organisation.save(update_fields=["hidden_at"])
    log(organisation, "organisations.hide")
    return 1


def _asked(organisation: Organisation) -> list[ConfirmationAsk]:
    """The letters since the entry was last confirmed, the earliest first."""
    asks = organisation.confirmation_asks.filter(asked_at__gt=organisation.confirmed_at)
    return list(asks.order_by("asked_at", "pk"))


def _day_of_reminder(asked: list[ConfirmationAsk]):
    return months_after(timezone.localdate(asked[0].asked_at), rule.REMINDED - rule.ASKED)


def _reached(organisation: Organisation) -> list[User]:
    """Those who look after the entry and whose address takes letters."""
    people = list(keepers(organisation).order_by("pk"))
    addresses = [one.email.lower() for one in people]
    bouncing = set(
        ReaderMailbox.objects.bouncing()
        .filter(address__in=addresses)
        .values_list("address", flat=True)
    )
    return [one for one in people if one.email.lower() not in bouncing]

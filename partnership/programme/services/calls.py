"""A call from its first day, and an organisation's interest in it."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from partnership.organisations.models import Organisation
from partnership.programme import following, letters
from partnership.programme.errors import AlreadySent, NotOpen
from partnership.programme.models import Call, Interest
from portal.accounts.models import User
from portal.workflow import lock


def announce_due() -> int:
    """Tell of each call whose first day has come, once; how many."""
    due = Call.objects.opened().filter(announced_at=None).order_by("pk")
    number = 0
    for pk in due.values_list("pk", flat=True):
        with transaction.atomic():
            call = due.select_for_update().filter(pk=pk).first()
            if call:
                call.announced_at = timezone.now()
                call.save(update_fields=["announced_at"])
                following.opened(call)
                number += 1
    return number


@transaction.atomic
def express(call: Call, organisation: Organisation, *, by: User, text: str) -> Interest:
    """Say that an organisation is interested, once; its writers get a receipt.

    NotOpen outside the days of the call, AlreadySent when the organisation has said so already.
    """
    lock(call)
    if not call.is_open:
        raise NotOpen
    try:
        with transaction.atomic():
            interest = Interest.objects.create(
                call=call, organisation=organisation, by=by, text=text
            )
    except IntegrityError as error:
        raise AlreadySent from error
    log(organisation, "programme.interest", user=by, data=_data(interest))
    letters.received(interest)
    return interest


@transaction.atomic
def withdraw(interest: Interest, *, by: User) -> None:
    """Take it back until the deadline; withdrawn twice, it is withdrawn once. NotOpen later."""
    lock(interest.call, interest)
    if interest.withdrawn_at:
        return
    if not interest.call.is_open:
        raise NotOpen
    interest.withdrawn_at = timezone.now()
    interest.save(update_fields=["withdrawn_at"])
    log(interest.organisation, "programme.withdraw", user=by, data=_data(interest))
    letters.withdrawn(interest)


def _data(interest: Interest) -> dict[str, str | int]:
    return {"call": interest.call.slug, "organisation": interest.organisation_id}

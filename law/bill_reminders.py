"""The letter to the lawyers about bills whose stage nobody has confirmed for thirty days."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.roles import LAWYER
from portal.languages import in_language
from portal.mail.outbox import write

from .models import PendingBill
from .models.bills import UNCHECKED_AFTER


@transaction.atomic
def remind() -> int:
    """Write to each lawyer of the bills that are to be looked up; how many letters.

    One letter for all of them, and none within thirty days of the last.
    """
    today = timezone.localdate()
    bills = list(PendingBill.objects.unchecked(today).select_for_update())
    lately = PendingBill.objects.filter(reminded_on__gt=today - UNCHECKED_AFTER)
    if not bills or lately.exists():
        return 0
    people = list(User.objects.filter(is_active=True, groups__name=LAWYER).distinct())
    for person in people:
        with in_language(person.language):
            lines = [
                (one.title, one.told, one.confirmed_on, reverse("law_bills:inspect", args=[one.pk]))
                for one in bills
            ]
        write(
            "law/bills_unchecked",
            to=person.email,
            language=person.language,
            context={"lines": lines},
        )
    if people:
        PendingBill.objects.filter(pk__in=[bill.pk for bill in bills]).update(reminded_on=today)
    return len(people)

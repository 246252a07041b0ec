"""What waits for those who keep areas: contacts not told yet, and those not checked for a year."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.inbox import Inbox, Task
from portal.places.models import Area

from .lines import NAMED, expected, with_contacts
from .models import KIND_OF, STALE_AFTER, AreaContact
from .officers import areas_of, keeps_all


def all_lines(day):
    """Every line that there should be today, with what has been told: two queries."""
    kinds = set(KIND_OF.values())
    areas = Area.objects.on(day).filter(kind__in=kinds).only(*NAMED)
    return with_contacts(expected(areas))


def counted(day) -> tuple[int, int]:
    """How many contacts are not told yet, and how many were not checked for a year: 3 queries."""
    areas = Area.objects.on(day).filter(kind__in=set(KIND_OF.values()))
    there = len(expected(areas.only("kind")))
    told = AreaContact.objects.filter(area__in=areas)
    old = told.filter(checked_on__lt=day - STALE_AFTER).count()
    return there - told.count(), old


def tasks(user) -> Iterator[Task]:
    """For officers a line each; for KEHA how many there are of both kinds. Five queries."""
    today = timezone.localdate()
    for line in with_contacts(expected(areas_of(user).only(*NAMED))):
        if line.contact is None:
            what = _("Tell whom to contact")
        elif line.contact.is_stale_on(today):
            what = _("Check that the contact still holds")
        else:
            continue
        yield Task(
            what=what,
            title=f"{line.title}: {line.area.name}",
            url=reverse("authorities:area", args=[line.area.key]),
            due=line.contact.checked_on + STALE_AFTER if line.contact else None,
        )
    if not keeps_all(user):
        return
    missing, old = counted(today)
    page = reverse("area_contacts_missing")
    if missing:
        words = ngettext(
            "%(number)s contact is missing", "%(number)s contacts are missing", missing
        )
        title = words % {"number": missing}
        yield Task(what=_("Contacts of authorities not told yet"), title=title, url=page)
    if old:
        words = ngettext(
            "%(number)s contact was last checked over a year ago",
            "%(number)s contacts were last checked over a year ago",
            old,
        )
        yield Task(
            what=_("Contacts of authorities to be checked"),
            title=words % {"number": old},
            url=f"{page}?state=old",
        )


INBOX = Inbox(gettext_lazy("Contacts of authorities"), tasks)

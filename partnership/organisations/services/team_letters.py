"""Letters of the programme team to many: to the owners of organisations, each once."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log

from partnership.organisations.models import Organisation, Representative, TeamLetter
from partnership.organisations.models.people import Role
from portal.accounts.models import User
from portal.mail.outbox import write


@dataclass(frozen=True)
class Recipient:
    """One letter of many: an address, and the language of its organisation."""

    email: str
    language: str
    organisation: str


def recipients(organisations: QuerySet[Organisation]) -> list[Recipient]:
    """The owners of the organisations with an account in use, one letter a person."""
    owners = Representative.objects.filter(
        role=Role.OWNER, user__is_active=True, organisation__in=organisations.values("pk")
    ).select_related("user", "organisation")
    found: dict[str, Recipient] = {}
    for one in owners.order_by("pk"):
        to = Recipient(one.user.email, one.organisation.language, one.organisation.name)
        found.setdefault(to.email.lower(), to)
    return list(found.values())


@transaction.atomic
def write_to_many(
    to: list[Recipient], words: Mapping[str, tuple[str, str]], *, key: uuid.UUID, by: User
) -> TeamLetter:
    """Write to each in the language of its organisation: `words` has subject and text by language.

    Once for a `key`: a second call with it writes nothing and returns the first letter.
    """
    subject = next((subject for subject, _text in words.values() if subject), "")
    sent, new = TeamLetter.objects.get_or_create(
        key=key, defaults={"subject": subject, "number": len(to), "by": by}
    )
    if new:
        for one in to:
            subject, text = words[one.language]
            write(
                "organisations/team",
                to=one.email,
                language=one.language,
                context={"subject": subject, "text": text, "organisation": one.organisation},
                plain=True,
            )
        log(sent, "organisations.write_to_many", user=by, data={"number": len(to)})
    return sent

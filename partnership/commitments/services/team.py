"""What the programme team does besides deciding: who reads what by when, and letters to many."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from wagtail.log_actions import log

from partnership.commitments.models import Commitment, TeamLetter
from partnership.organisations.models import Representative
from partnership.organisations.models.people import Role
from portal.accounts.models import User
from portal.mail.outbox import write
from portal.places.models import Area
from portal.workflow import lock


@transaction.atomic
def assign(
    commitment: Commitment, *, by: User, assignee: User | None, read_by: date | None
) -> None:
    """Say who of the team reads a commitment, and by when; nobody when it is empty."""
    lock(commitment)
    commitment.assignee, commitment.read_by = assignee, read_by
    commitment.save(update_fields=["assignee", "read_by"])
    name = assignee.get_full_name() if assignee else ""
    log(commitment, "commitments.assign", user=by, data={"reader": name})


@dataclass(frozen=True)
class Recipient:
    """One letter of many: an address, and the language of its organisation."""

    email: str
    language: str
    organisation: str


def recipients(state: str, area: Area | None = None) -> list[Recipient]:
    """The owners of the organisations that lead commitments in a state, one letter a person."""
    rows = Commitment.objects.filter(state=state)
    if area is not None:
        rows = rows.filter(areas=area)
    owners = Representative.objects.filter(
        role=Role.OWNER, user__is_active=True, organisation__in=rows.values("organisation")
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
                "commitments/team",
                to=one.email,
                language=one.language,
                context={"subject": subject, "text": text, "organisation": one.organisation},
                plain=True,
            )
        log(sent, "commitments.write_to_many", user=by, data={"number": len(to)})
    return sent

"""Which organisation is the public body of a place: its people say so, and it is made sure of."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from partnership.organisations import letters
from partnership.organisations.errors import AlreadyClaimed
from partnership.organisations.models import BodyClaim, Organisation, PublicBody
from portal.accounts.models import User
from portal.places.models import Area
from portal.workflow import lock, transition

State = BodyClaim.State


@transaction.atomic
def claim(area: Area, organisation: Organisation, *, by: User) -> BodyClaim:
    """Say that the organisation is the public body of the area.

    It is at once, when one of the person's confirmed addresses is at a domain that the KEHA Centre
    has noted for the body; else the claim waits for the programme team. A second press gives the
    claim that waits. AlreadyClaimed when the body has its organisation.
    """
    body, _made = PublicBody.objects.get_or_create(area=area)
    lock(body)
    if body.organisation_id:
        raise AlreadyClaimed
    waiting = body.claims.filter(organisation=organisation, state=State.WAITING).first()
    if waiting:
        return waiting
    row = BodyClaim.objects.create(
        body=body, organisation=organisation, by=by, domain=_noted_domain(body, by)
    )
    log(row, "organisations.body_claim", user=by, data=_about(row))
    if row.domain:
        _accept(row, by=None)
    return row


@transaction.atomic
def accept(row: BodyClaim, *, by: User) -> None:
    """Make the organisation the body's, and tell who claimed it. AlreadyClaimed as in `claim`."""
    _accept(row, by=by)
    letters.body_decided(row, "body_accepted")


@transaction.atomic
def decline(row: BodyClaim, *, by: User, reason: str) -> None:
    """Say no, and tell who claimed it why."""
    transition(
        row,
        State.DECLINED,
        "organisations.body_decline",
        by=by,
        data=_about(row) | {"reason": reason},
        reason=reason,
        decided_at=timezone.now(),
    )
    letters.body_decided(row, "body_declined")


def _accept(row: BodyClaim, *, by: User | None) -> None:
    lock(row.body)
    if row.body.organisation_id:
        raise AlreadyClaimed
    transition(
        row,
        State.ACCEPTED,
        "organisations.body_accept",
        by=by,
        data=_about(row) | {"domain": row.domain},
        decided_at=timezone.now(),
    )
    row.body.organisation = row.organisation
    row.body.save(update_fields=["organisation"])


def _noted_domain(body: PublicBody, person: User) -> str:
    """The noted domain of one of the person's confirmed addresses, or ""."""
    confirmed = EmailAddress.objects.filter(user=person, verified=True)
    addresses = confirmed.values_list("email", flat=True)
    found = next((one for one in addresses if body.has_noted(one)), "")
    return found.rpartition("@")[2].casefold()


def _about(row: BodyClaim) -> dict[str, str]:
    return {"area": row.body.area.key}

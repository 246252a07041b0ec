"""Asking an organisation's people to act for it too, and their answer: each request has one."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from partnership.organisations import letters
from partnership.organisations.errors import (
    AlreadyActs,
    AlreadyAnswered,
    AlreadyAsked,
    NoConfirmedAddress,
    TooManyRequests,
)
from partnership.organisations.models import JoinRequest, Organisation, Representative
from partnership.organisations.models.people import Role
from portal.accounts.models import User

State = JoinRequest.State


@transaction.atomic
def ask(
    organisation: Organisation, *, by: User, text: str, from_letter: bool = False
) -> JoinRequest:
    """Ask the organisation's people to act for it; they get a letter.

    NoConfirmedAddress unless one of the person's addresses is confirmed; AlreadyActs for one of its
    people; AlreadyAsked while a request waits, or was declined in the last thirty days;
    TooManyRequests when the day's requests of the person or to the organisation are used up.
    """
    _lock(organisation)
    if not EmailAddress.objects.filter(user=by, verified=True).exists():
        raise NoConfirmedAddress
    if organisation.representatives.filter(user=by).exists():
        raise AlreadyActs
    earlier = organisation.join_requests.filter(user=by)
    if earlier.waiting().exists() or earlier.declined_lately().exists():
        raise AlreadyAsked
    today = JoinRequest.objects.of_a_day()
    if (
        today.filter(user=by).count() >= JoinRequest.A_DAY_BY_ONE
        or today.filter(organisation=organisation).count() >= JoinRequest.A_DAY_TO_ONE
    ):
        raise TooManyRequests
    request = JoinRequest.objects.create(
        organisation=organisation, user=by, text=text, from_letter=from_letter
    )
    log(organisation, "organisations.ask", user=by)
    letters.join_request(request)
    return request


@transaction.atomic
def accept(request: JoinRequest, *, role: str, by: User) -> Representative:
    """Let the person act for the organisation with a role, and tell them. AlreadyAnswered."""
    _answer(request, State.ACCEPTED, by=by)
    person, made = Representative.objects.get_or_create(
        organisation=request.organisation, user=request.user, defaults={"role": role}
    )
    if not made:
        person.role = Role.larger(person.role, role)
        person.save(update_fields=["role"])
    data = {"person": request.user_id, "role": person.role}
    log(request.organisation, "organisations.let_in", user=by, data=data)
    letters.join_answered(request)
    return person


@transaction.atomic
def decline(request: JoinRequest, *, by: User) -> None:
    """Say no, and tell the person. AlreadyAnswered if somebody was first."""
    _answer(request, State.DECLINED, by=by)
    log(request.organisation, "organisations.turn_away", user=by, data={"person": request.user_id})
    letters.join_answered(request)


@transaction.atomic
def take_back(request: JoinRequest, *, by: User) -> None:
    """The person no longer asks. AlreadyAnswered if there is an answer."""
    _answer(request, State.WITHDRAWN, by=by)
    log(request.organisation, "organisations.no_longer_ask", user=by)


def _answer(request: JoinRequest, state: JoinRequest.State, *, by: User) -> None:
    _lock(request.organisation)
    request.refresh_from_db(from_queryset=JoinRequest.objects.select_for_update())
    if not request.waits:
        raise AlreadyAnswered
    request.state, request.answered_at, request.answered_by = state, timezone.now(), by
    request.save(update_fields=["state", "answered_at", "answered_by"])


def _lock(organisation: Organisation) -> None:
    Organisation.objects.select_for_update().get(pk=organisation.pk)

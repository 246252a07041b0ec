"""E-mail domains of an organisation: who has a confirmed address at one may join its people."""

from functools import cache
from pathlib import Path

from allauth.account.models import EmailAddress
from django.db import transaction
from wagtail.log_actions import log

from partnership.organisations import letters
from partnership.organisations.errors import AlreadyActs, NotOfTheDomain
from partnership.organisations.models import EmailDomain, Organisation, Representative
from partnership.organisations.models.people import Role
from portal.accounts.models import User

FREE_MAIL = Path(__file__).parent.parent / "free_mail.txt"


@cache
def free_mail() -> frozenset[str]:
    """Domains at which anybody can have an address: they belong to no organisation."""
    lines = FREE_MAIL.read_text().splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def domains_of(user: User) -> set[str]:
    """The domains of a person's confirmed addresses, but for those of free mail."""
    addresses = EmailAddress.objects.filter(user=user, verified=True)
    found = {one.rpartition("@")[2].lower() for one in addresses.values_list("email", flat=True)}
    return found - free_mail()


def may_join(user: User, organisation: Organisation) -> bool:
    """Whether the person has a confirmed address at one of the organisation's domains."""
    return organisation.email_domains.filter(domain__in=domains_of(user)).exists()


@transaction.atomic
def add(organisation: Organisation, *, domain: str, by: User) -> EmailDomain:
    """Let people with confirmed addresses at a domain join.

    NotOfTheDomain unless the owner who adds it has one, or when it is one of free mail.
    """
    if domain not in domains_of(by):
        raise NotOfTheDomain
    row, made = EmailDomain.objects.get_or_create(
        organisation=organisation, domain=domain, defaults={"added_by": by}
    )
    if made:
        log(organisation, "organisations.add_domain", user=by, data={"domain": domain})
    return row


@transaction.atomic
def remove(row: EmailDomain, *, by: User) -> None:
    """Nobody joins by the domain any more; who has joined stays."""
    log(row.organisation, "organisations.remove_domain", user=by, data={"domain": row.domain})
    row.delete()


@transaction.atomic
def join(organisation: Organisation, *, by: User) -> Representative:
    """Make the person a member of the organisation's people at once, and tell its owners.

    NotOfTheDomain without a confirmed address at one of its domains; AlreadyActs for one of them.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not may_join(by, organisation):
        raise NotOfTheDomain
    person, made = Representative.objects.get_or_create(
        organisation=organisation, user=by, defaults={"role": Role.MEMBER}
    )
    if not made:
        raise AlreadyActs
    log(organisation, "organisations.join_by_domain", user=by, data={"role": person.role})
    letters.joined(person)
    return person

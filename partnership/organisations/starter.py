"""The example organisations that a new portal starts with, from starter/organisations.toml."""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import transaction

from portal.accounts.models import User
from portal.accounts.starter import email_of
from portal.importing import StarterStep, unheard
from portal.languages import LANGUAGES
from portal.places.models import Area
from portal.topics.models import Topic

from .criteria import MET, criteria
from .models import (
    DecisionTemplate,
    Membership,
    Organisation,
    Period,
    Proposal,
    Renewal,
    Representative,
)
from .services import memberships, reviewing

FOLDER = Path(__file__).parent / "starter"
FILE = FOLDER / "organisations.toml"
PERIODS = FOLDER / "periods.toml"
TEMPLATES = FOLDER / "decision_templates.toml"
MOTIVATION = (
    "Tämä on esimerkkihakemus. Haluamme löytää kumppaneita alueeltamme ja jakaa sen, mitä olemme "
    "oppineet."
)
Role = Representative.Role
# Which demo accounts act for the first organisations of the file.
PEOPLE = (
    (("org_owner", Role.OWNER), ("org_member", Role.MEMBER)),
    (("other_org_owner", Role.OWNER),),
    (("area_officer", Role.OWNER),),
)
STEPS = [
    StarterStep("Programme periods", "partnership.organisations.starter.load_periods"),
    StarterStep("Decision templates", "partnership.organisations.starter.load_templates"),
    StarterStep("Example organisations", "partnership.organisations.starter.load"),
]


def load_periods(progress: Callable[[int, int], None] = unheard) -> None:
    """Enter each example period that is missing; those that are there are left as they are."""
    entries = tomllib.loads(PERIODS.read_text())["period"]
    for done, entry in enumerate(entries, start=1):
        texts = _texts(entry, "name", "priorities")
        days = {name: value for name, value in entry.items() if isinstance(value, date)}
        Period.objects.get_or_create(
            starts=entry["starts"], defaults={**days, **texts, "example": True}
        )
        progress(done, len(entries))


def load_templates(progress: Callable[[int, int], None] = unheard) -> None:
    """Enter each text for decisions that is missing; those that are there are left as they are."""
    entries = tomllib.loads(TEMPLATES.read_text())["template"]
    for done, entry in enumerate(entries, start=1):
        DecisionTemplate.objects.get_or_create(
            name=entry["name"], defaults={"use": entry["use"], **_texts(entry, "text")}
        )
        progress(done, len(entries))


def load(progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Enter each example that is missing, marked as one, with its application and its decision.

    Those that are there are left as they are. The first three get demo accounts as their people,
    where these have been made.
    """
    entries = tomllib.loads(FILE.read_text())["organisation"]
    for done, entry in enumerate(entries, start=1):
        if not Organisation.objects.filter(business_id=entry["business_id"]).exists():
            _enter(entry, PEOPLE[done - 1] if done <= len(PEOPLE) else ())
        progress(done, len(entries))


def _texts(entry: dict, *fields: str) -> dict[str, str]:
    return {
        f"{field}_{language}": entry[field][language].strip()
        for field in fields
        for language in LANGUAGES
    }


@transaction.atomic
def _enter(entry: dict, people) -> None:
    texts = _texts(entry, "name", "description")
    columns = {name: entry[name] for name in ("slug", "business_id", "kind", "website", "email")}
    organisation = Organisation.objects.create(**columns, **texts, example=True)
    organisation.areas.set(Area.objects.filter(key__in=entry["areas"]))
    organisation.topics.set(Topic.objects.filter(key__in=entry["topics"]))
    for key, role in people:
        user = User.objects.filter(email=email_of(key)).first()
        if user:
            Representative.objects.create(organisation=organisation, user=user, role=role)
    owner = organisation.representatives.owners().select_related("user").first()
    membership = memberships.apply_for(
        organisation, by=owner.user if owner else None, motivation=MOTIVATION
    )
    if entry["state"] == "member":
        first, second = (
            User.objects.filter(email=email_of(key)).first() for key in ("programme", "programme2")
        )
        reviewing.propose(
            membership,
            by=first,
            decision=Proposal.Decision.APPROVE,
            criteria={one.key: MET for one in criteria()},
        )
        reviewing.decide(membership, by=second)
        if entry.get("is_asked_to_go_on"):
            _ask_to_go_on(membership)


def _ask_to_go_on(membership: Membership) -> None:
    """As a member of the first period, asked about the one that is joined now, without a letter."""
    first, now = Period.objects.order_by("starts").first(), Period.objects.joined()
    if first and now and first != now:
        Membership.objects.filter(pk=membership.pk).update(period=first)
        Renewal.objects.create(membership=membership, period=now)

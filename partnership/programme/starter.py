"""The example plan, calls and offers that a new portal starts with, and the first figures."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from partnership.organisations.models import Organisation
from partnership.organisations.models.periods import Period
from portal.importing import Progress, StarterStep, unheard
from portal.languages import LANGUAGES
from portal.places.models import Area
from portal.topics.models import Topic

from . import barometer_example
from .figures import count_all
from .models import Call, Measure, Offer
from .models.offers import OPEN_FOR
from .services.calls import announce_due
from .services.offers import publish

FILE = Path(__file__).parent / "starter" / "programme.toml"
STEPS = [
    StarterStep("Example plan, calls and offers", "partnership.programme.starter.load", later=True),
]


@cache
def words() -> dict[str, list[dict]]:
    """The file: lists `measure`, `call` and `offer`."""
    return tomllib.loads(FILE.read_text())


def load(progress: Progress = unheard) -> None:
    """Enter each example that is missing, marked as one; those that are there are left.

    Offers of organisations that are not there, or are no members, are passed over.
    """
    period = Period.objects.current() or Period.objects.last()
    entries = words()
    total = sum(len(part) for part in entries.values())
    done = 0
    for kind, enter in (("measure", _measure), ("call", _call), ("offer", _offer)):
        for place, entry in enumerate(entries[kind]):
            enter(entry, place, period)
            done += 1
            progress(done, total)
    announce_due()
    count_all()
    barometer_example.load()


def _texts(entry: dict, *fields: str) -> dict[str, str]:
    return {
        f"{field}_{language}": entry[field][language]
        for field in fields
        if field in entry
        for language in LANGUAGES
    }


def _day(days: int):
    return timezone.localdate() + timedelta(days=days)


@transaction.atomic
def _measure(entry: dict, place: int, period: Period | None) -> None:
    if period is None or Measure.objects.filter(slug=entry["slug"]).exists():
        return
    Measure.objects.create(
        period=period,
        slug=entry["slug"],
        state=entry["state"],
        told_on=_day(entry["told"]),
        ends_on=min(_day(entry["ends"]), period.ends) if "ends" in entry else None,
        responsible=Organisation.objects.filter(slug=entry.get("responsible", "")).first(),
        position=place,
        example=True,
        **_texts(entry, "name", "description", "stands", "actor"),
    )


@transaction.atomic
def _call(entry: dict, place: int, period: Period | None) -> None:
    if Call.objects.filter(slug=entry["slug"]).exists():
        return
    call = Call.objects.create(
        slug=entry["slug"],
        opens_on=_day(entry["opens"]),
        closes_on=_day(entry["closes"]),
        example=True,
        **_texts(entry, "name", "description", "eligible"),
    )
    call.areas.set(Area.objects.filter(key__in=entry["areas"]))
    call.topics.set(Topic.objects.filter(key__in=entry["topics"]))


@transaction.atomic
def _offer(entry: dict, place: int, period: Period | None) -> None:
    organisation = Organisation.objects.members().filter(slug=entry["organisation"]).first()
    if organisation is None or organisation.offers.filter(title=entry["title"]).exists():
        return
    offer = publish(
        organisation,
        by=None,
        words={name: entry[name] for name in Offer.WORDS} | {"example": True},
        areas=Area.objects.filter(key__in=entry["areas"]),
        topics=Topic.objects.filter(key__in=entry["topics"]),
    )
    at = timezone.now() - timedelta(days=entry["days"])
    Offer.objects.filter(pk=offer.pk).update(
        published_at=at, expires_on=timezone.localdate(at) + OPEN_FOR
    )

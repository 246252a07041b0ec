"""The example events of a new portal, from starter/events.toml; days are counted from the load."""

import tomllib
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from portal.importing import Progress, StarterStep, unheard
from portal.places.models import Area
from portal.topics.models import Topic

from .models import Event, ProgrammeItem, Way
from .services import organising

FILE = Path(__file__).parent / "starter" / "events.toml"
STEPS = [StarterStep("Example events", "content.events.starter.load", later=True)]


def load(progress: Progress = unheard) -> None:
    """Enter each example that is missing, marked as one; those that are there are left alone."""
    entries = tomllib.loads(FILE.read_text())["event"]
    for done, entry in enumerate(entries, start=1):
        if not Event.objects.filter(slug=entry["slug"]).exists():
            _enter(entry)
        progress(done, len(entries))


@transaction.atomic
def _enter(entry: dict) -> None:
    day = timezone.localtime() + timedelta(days=entry["days"])
    starts = day.replace(hour=entry["hour"], minute=0, second=0, microsecond=0)
    about = {
        key: value
        for key, value in entry.items()
        if key not in ("days", "hour", "hours", "ways", "programme", "areas", "topics")
    }
    event = Event.objects.create(
        **about, starts_at=starts, ends_at=starts + timedelta(hours=entry["hours"]), example=True
    )
    event.areas.set(Area.objects.filter(key__in=entry.get("areas", [])))
    event.topics.set(Topic.objects.filter(key__in=entry.get("topics", [])))
    event.save()
    for order, way in enumerate(entry["ways"]):
        Way.objects.create(event=event, sort_order=order, **way)
    for order, line in enumerate(entry["programme"]):
        begins = starts + timedelta(minutes=line.pop("minutes"))
        ProgrammeItem.objects.create(event=event, sort_order=order, starts_at=begins, **line)
    organising.publish(event, by=None)

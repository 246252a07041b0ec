"""Examples for a try-out: the worksheets of this month, and a few invented decisions over them."""

import tomllib
import uuid
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from portal.importing import Progress, StarterStep, unheard
from portal.places.models import Area

from .models import Decision
from .services import record
from .worksheets import freeze_due, latest

FILE = Path(__file__).parent / "starter" / "decisions.toml"
NAMESPACE = uuid.UUID("5c5f1d8e-6f0b-4a0e-9a57-0d4f5b1f6c11")
STEPS = [
    StarterStep("Example worksheets and decisions", "partnership.meetings.starter.load", later=True)
]


def load(progress: Progress = unheard) -> None:
    """Freeze the month, and enter each example decision that is missing, marked as one."""
    freeze_due()
    month = latest()
    entries = tomllib.loads(FILE.read_text())["decision"]
    today = timezone.localdate()
    for done, entry in enumerate(entries, start=1):
        key = uuid.uuid5(NAMESPACE, entry["key"])
        area = Area.objects.filter(key=entry["area"]).first()
        if area is not None and not Decision.objects.filter(key=key).exists():
            words = {name: entry[name] for name in ("body", "decided", "language")}
            words |= {
                "read_on": today - timedelta(days=entry["days"]),
                "outcome": entry.get("outcome", ""),
                "example": True,
            }
            if "follow_up" in entry:
                words["follow_up_on"] = today + timedelta(days=entry["follow_up"])
            record(area, words, by=None, key=key, month=month)
        progress(done, len(entries))

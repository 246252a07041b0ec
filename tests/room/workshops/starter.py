"""The workshop of a new portal."""

from law.models import Section
from portal.importing import Progress, StarterStep, unheard
from portal.places.models import Area

from .models import Workshop

STEPS = [StarterStep("Workshops", "tests.room.workshops.starter.load")]


def load(progress: Progress = unheard) -> None:
    """One workshop on the first section that there is, for the whole country."""
    Workshop.objects.update_or_create(
        slug="beginning",
        defaults={
            "name_fi": "Alku",
            "name_sv": "Början",
            "name_en": "Beginning",
            "area": Area.objects.get(key="FI"),
            "section": Section.objects.first(),
        },
    )
    progress(1, 1)

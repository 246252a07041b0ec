"""Places of a new portal: the reference data that comes with it."""

from portal.importing import Progress, StarterStep, unheard

from . import reading, services

STEPS = [
    StarterStep("Places", "portal.places.starter.load"),
]


def load(progress: Progress = unheard) -> None:
    """Take the shipped reference data in; a second run changes nothing."""
    services.import_places(reading.read(), progress)

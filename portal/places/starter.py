"""Places of a new portal: the reference data that comes with it."""

from portal.importing import Progress, unheard

from . import reading, services


def load(progress: Progress = unheard) -> None:
    """Take the shipped reference data in; a second run changes nothing."""
    services.take_in(reading.read(), progress)

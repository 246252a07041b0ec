"""Places of a new portal: the reference data that comes with it."""

from . import reading, services


def load(progress: services.Progress = lambda done, total: None) -> None:
    """Take the shipped reference data in; a second run changes nothing."""
    services.take_in(reading.read(), progress)

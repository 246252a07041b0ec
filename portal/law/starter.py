"""The law of a new portal: the Integration Act that comes with it."""

from portal.importing import Progress, unheard

from . import reading, services


def load(progress: Progress = unheard) -> None:
    """Take the shipped Act in; a second run changes nothing."""
    services.take_in(reading.read(reading.SHIPPED), progress)

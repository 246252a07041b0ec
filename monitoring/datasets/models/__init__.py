"""Datasets in SDMX's words: their structure, and the releases that bring observations."""

from .releases import Observation, Release, SourceValue
from .structure import AREA, TIME, VALUE, Break, Breakdown, Code, Dataset, Dimension

__all__ = [
    "AREA",
    "TIME",
    "VALUE",
    "Break",
    "Breakdown",
    "Code",
    "Dataset",
    "Dimension",
    "Observation",
    "Release",
    "SourceValue",
]

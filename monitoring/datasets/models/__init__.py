"""Datasets in SDMX's words: their structure, and the releases that bring observations."""

from .frozen import FrozenFigure
from .plans import PlanChange, PlannedRelease
from .releases import Observation, Release, SourceValue
from .structure import AREA, TIME, VALUE, Break, Breakdown, Code, Dataset, Dimension
from .uploads import Upload

__all__ = [
    "AREA",
    "TIME",
    "VALUE",
    "Break",
    "Breakdown",
    "Code",
    "Dataset",
    "Dimension",
    "FrozenFigure",
    "Observation",
    "PlanChange",
    "PlannedRelease",
    "Release",
    "SourceValue",
    "Upload",
]

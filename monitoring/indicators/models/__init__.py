"""What is measured: indicators, the releases that bring values, and the values."""

from .indicators import Indicator, IndicatorSection
from .observations import Observation, Release, Upload

__all__ = ["Indicator", "IndicatorSection", "Observation", "Release", "Upload"]

"""The law in /cms/: wordings that wait for a lawyer, and the portal's own summaries of sections."""

from .summaries import SectionSummaries
from .wordings import Wordings

__all__ = ["SectionSummaries", "Wordings"]

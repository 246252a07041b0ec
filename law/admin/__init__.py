"""The law in /cms/: amending acts and wordings that wait for a lawyer, and our own summaries."""

from .incoming import IncomingAmendments
from .published import PublishedPanel
from .summaries import SectionSummaries
from .wordings import Wordings

__all__ = ["IncomingAmendments", "PublishedPanel", "SectionSummaries", "Wordings"]

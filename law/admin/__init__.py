"""The law in /cms/: amending acts and wordings that wait for a lawyer, bills, our summaries."""

from .bills import Bills, BillsPanel
from .incoming import IncomingAmendments
from .published import PublishedPanel
from .summaries import SectionSummaries
from .wordings import Wordings

__all__ = [
    "Bills",
    "BillsPanel",
    "IncomingAmendments",
    "PublishedPanel",
    "SectionSummaries",
    "Wordings",
]

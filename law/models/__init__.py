"""The law as the portal keeps it: acts, sections, their wordings, and what changes led to."""

from .acts import Act, Amendment, Chapter, Decree, Section
from .bills import PendingBill
from .impact import AmendmentEffect, ImpactReview
from .incoming import FetchedStatute, IncomingAmendment, LawWatch
from .versions import SectionVersion

__all__ = [
    "Act",
    "Amendment",
    "AmendmentEffect",
    "Chapter",
    "Decree",
    "FetchedStatute",
    "ImpactReview",
    "IncomingAmendment",
    "LawWatch",
    "PendingBill",
    "Section",
    "SectionVersion",
]

"""The law as the portal keeps it: acts, sections, their wordings, and what changes led to."""

from .acts import Act, Amendment, Chapter, Decree, Section
from .impact import AmendmentEffect, ImpactReview
from .versions import SectionVersion

__all__ = [
    "Act",
    "Amendment",
    "AmendmentEffect",
    "Chapter",
    "Decree",
    "ImpactReview",
    "Section",
    "SectionVersion",
]

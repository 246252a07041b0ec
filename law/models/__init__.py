"""The law as the portal keeps it: acts, sections, their wordings, and what changes led to."""

from .acts import Act, Amendment, Chapter, Decree, Section
from .changes import Check, SectionChange
from .versions import SectionVersion

__all__ = [
    "Act",
    "Amendment",
    "Chapter",
    "Check",
    "Decree",
    "Section",
    "SectionChange",
    "SectionVersion",
]

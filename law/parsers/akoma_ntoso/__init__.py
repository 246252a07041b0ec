"""Akoma Ntoso 3.0 as Finlex's open data writes it: acts as given, amending acts, consolidated acts.

A file holds one statute in one language. The metadata says which of the three it is.
"""

from law.parsers.elements import Element
from law.parsers.parsed import ActRows, AmendingAct, ConsolidatedVersion
from portal.errors import BrokenFileError

from .comparison import amendments
from .consolidated import version
from .document import Document
from .enacted import amending, as_given
from .together import together

ROOT, LIST = "akomaNtoso", "AknXmlList"
AMENDING = ("amending-statute", "repealing-statute")
__all__ = ["LIST", "ROOT", "amendments", "of_list", "rows", "together"]


def rows(file: str, root: Element) -> ActRows | AmendingAct | ConsolidatedVersion:
    """The statute in a file; raises BrokenFileError with the line and the element."""
    document = Document(file, root)
    if document.consolidated:
        return version(document)
    if document.said("categoryStatute") in AMENDING:
        return amending(document)
    return as_given(document)


def of_list(file: str, root: Element) -> ActRows | AmendingAct | ConsolidatedVersion:
    """The one statute in a collection; raises BrokenFileError when there is none or several."""
    statutes = list(root.all(ROOT))
    if len(statutes) != 1:
        problem = "it is empty" if not statutes else f"it has {len(statutes)} statutes, not one"
        raise BrokenFileError(file, root.where, problem)
    return rows(file, statutes[0])

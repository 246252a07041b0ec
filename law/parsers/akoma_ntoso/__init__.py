"""Akoma Ntoso 3.0 as Finlex's open data writes it: acts as given, amending acts, consolidated acts.

A file holds one statute in one language. The metadata says which of the three it is.
"""

from collections.abc import Mapping

from law.parsers.elements import Element
from law.parsers.parsed import ActRows, AmendingAct, AmendingRows, ConsolidatedVersion
from portal.errors import BrokenFileError

ROOT, LIST = "akomaNtoso", "AknXmlList"
__all__ = ["LIST", "ROOT", "amendments", "of_list", "rows"]


def rows(file: str, root: Element) -> ActRows | AmendingAct | ConsolidatedVersion:
    """The statute in a file; raises BrokenFileError with the line and the element."""
    raise BrokenFileError(file, root.where, "Akoma Ntoso is not read yet")


def of_list(file: str, root: Element) -> ActRows | AmendingAct | ConsolidatedVersion:
    """The one statute in a collection; raises BrokenFileError when there is none or several."""
    statutes = list(root.all(ROOT))
    if len(statutes) != 1:
        problem = "it is empty" if not statutes else f"it has {len(statutes)} statutes, not one"
        raise BrokenFileError(file, root.where, problem)
    return rows(file, statutes[0])


def amendments(
    before: Mapping[str, ConsolidatedVersion | ActRows],
    after: Mapping[str, ConsolidatedVersion],
    act: Mapping[str, AmendingAct],
) -> AmendingRows:
    """What an amending act did, by comparing the consolidated versions before and after it.

    Each mapping is by language. Every section that differs has its whole wording, on each day on
    which it changes. Raises BrokenFileError with the place for what is not understood: the words
    on the eve are not those of the version before, or other sections differ than the act names.
    """
    raise BrokenFileError(next(iter(after.values())).file, "", "versions are not compared yet")

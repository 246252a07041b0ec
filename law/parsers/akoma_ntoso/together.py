"""Finlex's files that belong together, as acts and what amended them, in the order of the law."""

from collections import defaultdict
from collections.abc import Sequence

from law.parsers.parsed import ActRows, AmendingAct, AmendingRows, ConsolidatedVersion
from portal.errors import BrokenFileError

from .comparison import Before, amendments

Read = ActRows | AmendingRows | ConsolidatedVersion | AmendingAct
Named = tuple[int, int]  # year and number, in the order of the law


def together(files: Sequence[Read]) -> list[ActRows | AmendingRows]:
    """Acts as given, then what each consolidated version changed in the one before it.

    Files of other formats stay in their places. A version of an act that nobody has amended is the
    act as it was given. Raises BrokenFileError for a version without the one before it, and for an
    amending act without the versions that have its words.
    """
    found: list[ActRows | AmendingRows] = [
        one for one in files if isinstance(one, (ActRows, AmendingRows))
    ]
    given: dict[Named, dict[str, Before]] = defaultdict(dict)
    for rows in found:
        if isinstance(rows, ActRows):
            for _number, language in rows.wordings:
                given[rows.year, rows.number][language] = rows
    versions: dict[Named, dict[str, dict[str, ConsolidatedVersion]]] = defaultdict(dict)
    acts: dict[Named, dict[str, AmendingAct]] = defaultdict(dict)
    for one in files:
        if isinstance(one, ConsolidatedVersion):
            versions[one.year, one.number].setdefault(one.version, {})[one.language] = one
        elif isinstance(one, AmendingAct):
            acts[one.year, one.number][one.language] = one
    used: set[Named] = set()
    amending = []
    for (year, number), by_version in versions.items():
        before = dict(given[year, number])
        for version, languages in sorted(by_version.items()):
            this = int(version[:4]), int(version[4:])
            if this == (year, number):
                if not before:
                    found += [one.act for one in languages.values()]
            elif before:
                amending.append((this, amendments(before, languages, acts[this])))
                used.add(this)
            before |= languages
        if list(by_version) == [version] and this != (year, number) and this not in used:
            problem = f"the version before it of {number}/{year}, or the act as given, is missing"
            raise BrokenFileError(next(iter(languages.values())).file, "", problem)
    for named in acts.keys() - used:
        for act in acts[named].values():
            problem = f"the consolidated versions before and after act {act.reference} are missing"
            raise BrokenFileError(act.file, "", problem)
    return found + [rows for _this, rows in sorted(amending, key=lambda one: one[0])]

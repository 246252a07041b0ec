"""What an amending act did: the consolidated version after it beside the one before."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from law.parsers.parsed import (
    ActRows,
    AmendedBy,
    AmendingAct,
    AmendingRows,
    ConsolidatedVersion,
    Modification,
    Wording,
    in_order,
)
from portal.errors import BrokenFileError

Before = ConsolidatedVersion | ActRows


def amendments(
    before: Mapping[str, Before],
    after: Mapping[str, ConsolidatedVersion],
    act: Mapping[str, AmendingAct],
) -> AmendingRows:
    """The whole wording of every section that differs, on each day on which it changes.

    Each mapping is by language; `before` may be the act as it was given, and `act` may lack a
    language or be empty. Raises BrokenFileError with the place: a version of a language is missing
    before, the words on the eve of the act's day are not those of the version before, other
    sections differ than those that the act names or than those marked in the file, or the
    languages name other sections or days.
    """
    if not after:
        raise ValueError("there is no version to compare")
    return _Comparison(before, after, act).rows()


class _Comparison:
    def __init__(self, before, after, act):
        self.before, self.after, self.act = before, after, act
        first = next(iter(after.values()))
        self.file, self.first = first.file, first
        self.number, self.year = int(first.version[4:]), int(first.version[:4])
        self.reference = f"{self.number}/{self.year}"
        for language, version in after.items():
            if version.version != first.version or version.reference != first.reference:
                raise BrokenFileError(
                    version.file, "", f"it is another version than {first.file}: {version.version}"
                )
            if language not in before:
                raise BrokenFileError(
                    version.file, "", f"the version before it in {language} is missing"
                )
        for one in act.values():
            if (one.number, one.year) != (self.number, self.year):
                raise BrokenFileError(one.file, "", f"it is not act {self.reference}")
            if one.amends and (first.number, first.year) not in one.amends:
                raise BrokenFileError(one.file, "", f"it does not change act {first.reference}")

    def rows(self) -> AmendingRows:
        begins = self.begins()
        by_language = {language: dict(self.changes(language, begins)) for language in self.after}
        self.check_same(by_language)
        for language in self.after:
            self.check_eve(language, begins)
            self.check_names(language, by_language[language])
        given = next((one for one in self.act.values()), None)
        proposal, report = next(
            (
                found
                for one in self.after.values()
                if any(found := one.preparation.get(self.reference, ("", "")))
            ),
            ("", ""),
        )
        headings, chapters = self.chapters(begins)
        return AmendingRows(
            self.file,
            (self.first.number, self.first.year),
            self.number,
            self.year,
            given.given_on if given else self.first.consolidated_on,
            begins,
            given.proposal if given and given.proposal else proposal,
            self.reference,
            tuple(self.after),
            self.modifications(by_language, begins),
            headings,
            chapters,
            valid_until=self.valid_until(),
            committee_report=given.committee_report if given and given.committee_report else report,
            transitional=self.transitional(),
        )

    def amended_by(self) -> AmendedBy | None:
        found = (
            one
            for version in self.after.values()
            for one in version.amended_by
            if one.reference == self.reference
        )
        return next(found, None)

    def begins(self) -> date:
        """The act's own day: the one in the act, which must be that of the metadata."""
        listed = self.amended_by()
        said = {one.in_force_from for one in self.act.values() if one.in_force_from}
        if listed and listed.in_force_from:
            said.add(listed.in_force_from)
        if not said:
            said = {day for one in self.after.values() for day in one.noted.get(self.reference, [])}
            said -= {date.min, date.max}
            said = {min(said)} if said else said
        if len(said) != 1:
            days = " and ".join(str(day) for day in sorted(said))
            problem = (
                f"act {self.reference} is in force from {days}"
                if said
                else (f"nothing says from which day act {self.reference} is in force")
            )
            raise BrokenFileError(self.file, "", problem)
        return said.pop()

    def days(self, language: str, begins: date) -> list[date]:
        found = {begins, *self.after[language].changes_on}
        earlier = self.before[language]
        if isinstance(earlier, ConsolidatedVersion):
            found |= set(earlier.changes_on)
        return sorted(day for day in found if day >= begins)

    def changes(self, language: str, begins: date) -> Iterator[tuple[tuple[str, date], tuple]]:
        """By section and day: the wordings before and after, where the act makes a difference."""
        last: dict[str, Wording | None] = {}
        for day in self.days(language, begins):
            old = _wordings(self.before[language], day, language)
            new = self.after[language].wordings_on(day)
            for number in sorted({*old, *new}, key=in_order):
                was, now = old.get(number), new.get(number)
                if was != now and (number not in last or last[number] != now):
                    yield (number, day), (was, now)
                if was != now:
                    last[number] = now

    def check_same(self, by_language: dict[str, dict]) -> None:
        """Both languages add, repeal and change the same sections on the same days."""
        if len(by_language) < 2:
            return
        for key in sorted({one for found in by_language.values() for one in found}):
            kinds = {
                language: _action(*found[key]) if key in found else ""
                for language, found in by_language.items()
            }
            if len(set(kinds.values()) - {""}) > 1 or (
                "" in kinds.values() and {"insertion", "repeal"} & set(kinds.values())
            ):
                said = ", ".join(f"{one}: {what or 'as before'}" for one, what in kinds.items())
                problem = f"the languages differ on what happens to it on {key[1]}: {said}"
                raise BrokenFileError(self.file, f"section {key[0]}", problem)
        days: dict[str, dict[str, list[date]]] = {}
        for language, found in by_language.items():
            for number, day in found:
                days.setdefault(number, {}).setdefault(language, []).append(day)
        for number, own in days.items():
            if len({tuple(one) for one in own.values()}) > 1:
                said = ", ".join(f"{one}: {min(its)}" for one, its in own.items())
                problem = f"the languages differ on the day on which it changes: {said}"
                raise BrokenFileError(self.file, f"section {number}", problem)

    def check_eve(self, language: str, begins: date) -> None:
        """Where notes name the act, the words of the day before are those of the version before."""
        version = self.after[language]
        if not version.noted.get(self.reference):
            return
        eve = begins - timedelta(days=1)
        old = _wordings(self.before[language], eve, language)
        new = version.wordings_on(eve)
        for number in sorted({*old, *new}, key=in_order):
            if old.get(number) != new.get(number):
                problem = f"its words on {eve} are not those of the version before"
                raise BrokenFileError(version.file, f"section {number}", problem)

    def check_names(self, language: str, found: dict) -> None:
        """The sections that differ are those marked in the file, and those that the act names."""
        version, act = self.after[language], self.act.get(language)
        changed = {number.rpartition(":")[2] for number, _day in found}
        marked = set(version.touched.get(self.reference, []))
        gone = {number.rpartition(":")[2] for (number, _day), (_w, now) in found.items() if not now}
        expected = [(marked | gone, "are marked as changed in the file")]
        if act and not act.problem and act.sections:
            expected.append((set(act.sections), f"are named by act {self.reference}"))
        for named, what in expected:
            if changed != named and not (named == gone and not marked):
                differ = ", ".join(sorted(changed ^ named, key=in_order))
                problem = f"{differ}: the sections that differ are not those that {what}"
                raise BrokenFileError(
                    version.file, f"section {min(changed ^ named, key=in_order)}", problem
                )

    def modifications(self, by_language: dict[str, dict], begins: date) -> list[Modification]:
        found = []
        keys = {one for changes in by_language.values() for one in changes}
        for number, day in sorted(keys, key=lambda one: (in_order(one[0]), one[1])):
            here = {
                language: changes[number, day]
                for language, changes in by_language.items()
                if (number, day) in changes
            }
            action = next(_action(*pair) for pair in here.values())
            wording = {language: now for language, (_was, now) in here.items() if now}
            chapter = next(
                (
                    one["chapter"]
                    for language in here
                    for one in self.after[language].on(day).sections
                    if one["number"] == number
                ),
                "",
            )
            found.append(
                Modification(
                    number,
                    action,
                    f"section {number}",
                    wording,
                    chapter,
                    None if day == begins else day,
                    "fi" in self.after and action == "substitution" and "fi" not in here,
                )
            )
        return found

    def chapters(self, begins: date) -> tuple[dict, dict]:
        """New headings of chapters, and chapters that are new."""
        headings: dict[tuple[str, str], str] = {}
        added: dict[tuple[str, str], str] = {}
        for language, version in self.after.items():
            noted = [one for one in version.noted.get(self.reference, []) if one < date.max]
            day = max([begins, *noted])
            old = {one["number"]: one for one in _state(self.before[language], day).chapters}
            for one in version.on(day).chapters:
                name = one[f"name_{language}"]
                if one["number"] not in old:
                    added[one["number"], language] = name
                elif old[one["number"]][f"name_{language}"] != name:
                    headings[one["number"], language] = name
        return headings, added

    def valid_until(self) -> date | None:
        said = {one.valid_until for one in self.act.values()}
        if len(said) > 1:
            days = " and ".join(str(day) for day in said)
            raise BrokenFileError(self.file, "", f"the languages differ on the last day: {days}")
        return said.pop() if said else None

    def transitional(self) -> dict[str, str]:
        found = {}
        for language, version in self.after.items():
            act = self.act.get(language)
            words = version.transitional.get(self.reference) or (act.transitional if act else "")
            if words:
                found[language] = words
        return found


def _action(was: Wording | None, now: Wording | None):
    if was is None:
        return "insertion"
    return "repeal" if now is None else "substitution"


def _state(version: Before, day: date) -> ActRows:
    return version.on(day) if isinstance(version, ConsolidatedVersion) else version


def _wordings(version: Before, day: date, language: str) -> dict[str, Wording]:
    found = _state(version, day).wordings
    return {number: wording for (number, one), wording in found.items() if one == language}

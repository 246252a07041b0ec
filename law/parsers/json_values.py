"""What acts and amending acts in our own JSON share: a value, or a refusal with its place."""

from collections.abc import Collection
from datetime import date

from django.db.models import Model

from portal.days import written_day
from portal.errors import BrokenFileError
from portal.languages import LANGUAGES

from .bounds import check_day, check_length, check_year
from .parsed import ANNEX_NUMBER, OF_THE_LAW, REFERENCE, SECTION_NUMBER

WORDS_FOR: dict[type, str] = {dict: "an object", list: "a list", str: "a text", int: "a number"}


class Json:
    """Reads one file, and knows its name for what it has to say of it."""

    def __init__(self, file: str):
        self.file = file

    def needed(self, entry, name: str, kind: type, where: str):
        value = entry.get(name) if isinstance(entry, dict) else None
        if not isinstance(value, kind) or isinstance(value, bool):
            expected = WORDS_FOR[kind]
            raise BrokenFileError(self.file, where, f"“{name}” is missing or is not {expected}")
        return value

    def listed(self, content, name: str, where: str) -> list:
        """A list that may be missing."""
        return self.needed(content, name, list, where) if name in content else []

    def only(self, entry, names: Collection[str], where: str) -> None:
        """What is not read is refused: a slip of the pen would leave a part of an act out."""
        for name in entry if isinstance(entry, dict) else ():
            if name not in names:
                raise BrokenFileError(self.file, where, f"“{name[:40]}” is no field of it")

    def words(self, entry, name: str, where: str, model: type[Model], field: str) -> str:
        """A text that may be missing or null, no longer than the model's field."""
        if entry.get(name) is None:
            return ""
        words = self.needed(entry, name, str, where).strip()
        check_length(self.file, f"{where}, {name}" if where else name, words, model, field)
        return words

    def names(self, entry, name: str, field: str, where: str, model: type[Model]) -> dict:
        words = self.needed(entry, name, dict, where)
        where = f"{where}, {name}"
        found = {
            f"{field}_{language}": self.needed(words, language, str, where).strip()
            for language in LANGUAGES
        }
        for column, word in found.items():
            check_length(self.file, where, word, model, column)
        return found

    def day(self, entry, name: str, where: str) -> date:
        word = self.needed(entry, name, str, where)
        try:
            day = written_day(word)
        except ValueError as error:
            raise BrokenFileError(
                self.file, where, f"“{name}” is “{word}”, not a day like 2025-01-31"
            ) from error
        check_day(self.file, where, day)
        return day

    def reference(self, entry, name: str, where: str) -> tuple[int, int]:
        word = self.needed(entry, name, str, where)
        parts = REFERENCE.fullmatch(word)
        if parts is None:
            raise BrokenFileError(
                self.file, where, f"“{name}” is “{word}”, not a number like 681/2023"
            )
        check_year(self.file, where, int(parts[2]))
        return int(parts[1]), int(parts[2])

    def section_number(self, entry, where: str) -> str:
        number = self.needed(entry, "number", str, where).replace(" ", "").lower()
        if not (SECTION_NUMBER.fullmatch(number) or ANNEX_NUMBER.fullmatch(number)):
            problem = "the number is not like 14 or 32 a, or liite for an annex"
            raise BrokenFileError(self.file, f"{where}, section {number}", problem)
        return number

    def chapter_number(self, entry, name: str, where: str) -> str:
        number = self.needed(entry, name, str, where).replace(" ", "").lower()
        if not SECTION_NUMBER.fullmatch(number):
            problem = f"the chapter “{number[:20]}” is not like 2 or 5 a"
            raise BrokenFileError(self.file, where, problem)
        return number

    def texts(self, entry, where: str) -> dict[str, list[dict]]:
        """The text by language; a language that is not there is not said anything of."""
        words = self.needed(entry, "text", dict, where)
        if not words or set(words) - set(OF_THE_LAW):
            raise BrokenFileError(self.file, where, "“text” is not an object of fi and sv")
        for language in words:
            if not self.needed(words, language, list, where):
                raise BrokenFileError(self.file, where, f"“text” in {language} has no subsection")
        return {
            language: [
                self.subsection(one, f"{where}, text, {language}, subsection {position}")
                for position, one in enumerate(self.needed(words, language, list, where), start=1)
            ]
            for language in words
        }

    def subsection(self, entry, where: str) -> dict:
        """A subsection is a text, or an object of its text, items, table and closing words."""
        if isinstance(entry, str):
            entry = {"text": entry}
        self.only(entry, ("text", "items", "table", "closing"), where)
        items = entry.get("items", []) if isinstance(entry, dict) else []
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise BrokenFileError(self.file, where, "“items” is not a list of texts")
        words = self.needed(entry, "text", str, where).strip()
        items = [item.strip() for item in items]
        if not all(items) or not (words or items):
            raise BrokenFileError(self.file, where, "a text in it is empty")
        found: dict = {"text": words, "items": items}
        if "table" in entry:
            found["table"] = self.table(entry, where)
        if "closing" in entry:
            found["closing"] = self.needed(entry, "closing", str, where).strip()
            if not found["closing"] or not (items or "table" in entry):
                problem = "closing words are empty, or nothing is before them"
                raise BrokenFileError(self.file, where, problem)
        return found

    def table(self, entry, where: str) -> list[list[str]]:
        """Rows of texts, all of the same length."""
        rows = self.needed(entry, "table", list, where)
        whole = all(
            isinstance(row, list) and row and all(isinstance(cell, str) for cell in row)
            for row in rows
        )
        if not rows or not whole or len({len(row) for row in rows}) > 1:
            raise BrokenFileError(self.file, where, "“table” is not a list of rows of equal length")
        return [[cell.strip() for cell in row] for row in rows]

"""Search in the portal's own database: FTS5 on SQLite, a tsvector on PostgreSQL.

The statements are written out because the ranking functions, the full-text operators and a cap on
what is ranked have no words in the ORM. Every value is a parameter; forms are letters and digits
alone (portal.linguistics.analysis), so they cannot be read as operators.
"""

import datetime
import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from search.engines import CAP, SHORTEST_BEGINNING, Candidate, Filters, Match

ENDED = "COALESCE(d.holds_to < %s, FALSE)"
NARROW = f"d.id, d.thing, d.kind, d.language, d.topics, d.areas, {ENDED}, d.title_terms"


CONTENTS = """
SELECT d.id, d.key, d.title, d.path, d.date, d.holds_from, w.trail, w.summary, w.body
FROM search_document d JOIN search_text w ON w.document_id = d.id
WHERE d.id IN ({})
"""


class Content(NamedTuple):
    """What is shown of a document besides what its candidate says."""

    pk: int
    key: str
    title: str
    path: str
    date: datetime.date | None
    holds_from: datetime.date | None
    trail: list[str]
    summary: str
    body: str


class Embedded(ABC):
    """What both databases do alike: the narrow rows of the documents that the words are in."""

    tables: str
    matches: str
    either, both = " OR ", " AND "

    def candidates(self, match: Match, filters: Filters, limit: int = CAP) -> list[Candidate]:
        """As Engine says. They are put into an order only when there are too many of them."""
        found = self._found(match, filters, limit + 1)
        return found if len(found) <= limit else self._found(match, filters, limit, in_order=True)

    def _found(
        self, match: Match, filters: Filters, limit: int, in_order: bool = False
    ) -> list[Candidate]:
        conditions, values = self._conditions(match, filters)
        score, scored_by = self.scored(match)
        today = timezone.localdate()
        statement = [
            f"SELECT {NARROW}, {score} * d.boost AS score",
            f"FROM {self.tables}",
            f"WHERE {conditions}",
        ]
        asked = [today, *scored_by, *values]
        if in_order:
            statement.append(f"ORDER BY d.language <> %s, {ENDED}, score DESC, d.id")
            asked += [filters.own, today]
        with connection.cursor() as cursor:
            cursor.execute("\n".join([*statement, "LIMIT %s"]), [*asked, limit])
            return [Candidate(*row) for row in cursor.fetchall()]

    def any_found(self, matches: Sequence[Match], filters: Filters) -> list[bool]:
        if not matches:
            return []
        columns, values = [], []
        for match in matches:
            conditions, given = self._conditions(match, filters)
            lines = ["EXISTS (SELECT 1", f"FROM {self.tables}", f"WHERE {conditions})"]
            columns.append("\n".join(lines))
            values += given
        with connection.cursor() as cursor:
            cursor.execute("\n".join(["SELECT", ",\n".join(columns)]), values)
            return [bool(found) for found in cursor.fetchone()]

    def keys(self, matches: Sequence[Match], filters: Filters, limit: int = CAP) -> list[list[int]]:
        found: list[list[int]] = [[] for _match in matches]
        selects, values = [], []
        for place, match in enumerate(matches):
            conditions, given = self._conditions(match, filters)
            lines = [f"SELECT {place}, d.id", f"FROM {self.tables}", f"WHERE {conditions}"]
            selects.append("\n".join(["SELECT * FROM (", *lines, f"LIMIT %s) AS match_{place}"]))
            values += [*given, limit]
        if selects:
            with connection.cursor() as cursor:
                cursor.execute("\nUNION ALL\n".join(selects), values)
                for place, pk in cursor.fetchall():
                    found[place].append(pk)
        return found

    @abstractmethod
    def scored(self, match: Match) -> tuple[str, list[str]]:
        """The score, and its values where the engine must be told again what is looked for."""

    def expression(self, match: Match) -> str:
        """The words in the engine's own language: all of them in one of their readings."""
        asked = []
        for words in match.each():
            groups = [self.either.join(self.form(form, match) for form in word) for word in words]
            asked.append(f"({self.both.join(f'({group})' for group in groups)})")
        return self.either.join(asked)

    def phrases(self, match: Match) -> list[str]:
        """The words one after another, for each language in which there are several."""
        several = [words for words in match.each() if len(words) > 1]
        return [self.phrase([word[0] for word in words]) for words in several]

    def form(self, form: str, match: Match) -> str:
        beginning = match.beginnings and len(form) >= SHORTEST_BEGINNING
        return self.quoted(form) + ("*" if beginning else "")

    @abstractmethod
    def quoted(self, form: str) -> str:
        """A form as a literal of the engine's language."""

    @abstractmethod
    def phrase(self, forms: list[str]) -> str:
        """Forms one right after another, in the engine's language."""

    def _conditions(self, match: Match, filters: Filters) -> tuple[str, list]:
        audiences = list(filters.audiences)
        conditions = [self.matches, f"d.audience IN ({_places(audiences)})"]
        values: list[Any] = [self.expression(match), *audiences]
        for name in ("kind", "language"):
            if value := getattr(filters, name):
                conditions.append(f"d.{name} = %s")
                values.append(value)
        for name, value in (("topics", filters.topic), ("areas", filters.area)):
            if value:
                conditions.append(f"d.{name} LIKE %s ESCAPE '!'")
                values.append(f"% {_literal(value)} %")
        if filters.on:
            conditions += [
                "COALESCE(d.holds_from <= %s, TRUE)",
                "COALESCE(d.holds_to >= %s, TRUE)",
            ]
            values += [filters.on, filters.on]
        if filters.kinds:
            conditions.append(f"d.kind IN ({_places(filters.kinds)})")
            values += filters.kinds
        return " AND ".join(conditions), values


class SQLite(Embedded):
    # CROSS: the words are looked up first; looked up once a document they cost 40 times as much.
    tables = "search_words CROSS JOIN search_document d ON d.id = search_words.rowid"
    matches = "search_words MATCH %s"

    def scored(self, match: Match) -> tuple[str, list[str]]:
        return "-bm25(search_words, 10, 5, 2, 1)", []

    def expression(self, match: Match) -> str:
        """Also asks for the words one after another: it finds nothing more, and ranks it higher."""
        asked = super().expression(match)
        if match.in_title:
            return f"{{title_terms title_parts}} : ({asked})"
        return self.either.join([asked, *self.phrases(match)])

    def quoted(self, form: str) -> str:
        return f'"{form}"'

    def phrase(self, forms: list[str]) -> str:
        return f'("{" ".join(forms)}")'


class PostgreSQL(Embedded):
    tables = "search_text w JOIN search_document d ON d.id = w.document_id"
    matches = "w.words @@ %s::tsquery"
    either, both = " | ", " & "

    def scored(self, match: Match) -> tuple[str, list[str]]:
        """Words that follow one another weigh more; each look at `w.words` costs its unpacking."""
        rank, values = (
            "ts_rank('{0.1, 0.2, 0.5, 1}', w.words, %s::tsquery)",
            [self.expression(match)],
        )
        if phrases := self.phrases(match):
            rank += " * CASE WHEN w.words @@ %s::tsquery THEN 1.5 ELSE 1 END"
            values.append(self.either.join(phrases))
        return rank, values

    def form(self, form: str, match: Match) -> str:
        beginning = match.beginnings and len(form) >= SHORTEST_BEGINNING
        marks = ("*" if beginning else "") + ("AB" if match.in_title else "")
        return self.quoted(form) + (f":{marks}" if marks else "")

    def quoted(self, form: str) -> str:
        return f"'{form}'"

    def phrase(self, forms: list[str]) -> str:
        return f"({' <-> '.join(map(self.quoted, forms))})"


def contents_of(documents: Sequence[int]) -> dict[int, Content]:
    """What is shown of the documents that are there, by primary key: one query."""
    if not documents:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(CONTENTS.format(_places(documents)), documents)
        rows = cursor.fetchall()
    return {
        pk: Content(pk, key, title, path, day, holds_from, json.loads(trail), summary, body)
        for pk, key, title, path, day, holds_from, trail, summary, body in rows
    }


def _places(values: Sequence) -> str:
    return ", ".join(["%s"] * len(values))


def _literal(value: str) -> str:
    """A value in which LIKE reads nothing but letters."""
    return value.replace("!", "!!").replace("%", "!%").replace("_", "!_")


ENGINES = {"sqlite": SQLite(), "postgresql": PostgreSQL()}


def embedded() -> Embedded:
    """The engine of the database that the portal runs on."""
    return ENGINES[connection.vendor]

"""What is published of a round: all its tables protected as one, and how they are drawn.

The counts are of persons, so the rules of the figures hold (docs/disclosure.md): a count below five
is hidden, and with it what would give it away – the answers of a group, the groups of a question
and the whole country are one table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from monitoring.charts.figures import Cell as Drawn
from monitoring.charts.figures import Figure, Kind, Measure, Series, Slot
from monitoring.disclosure.protection import protect
from monitoring.disclosure.tables import Cell, Key, Relation, Rules, Table
from portal.api.responses import LICENCE
from portal.languages import current_language

from .barometer import Option, Question, Questionnaire
from .models import BarometerRound

RULES = Rules()
ALL, COUNT, GOOD, REST = "all", "count", "good", "rest"


def groups_of(asked: Questionnaire) -> dict[str, list[str]]:
    """The groups by the question that tells them apart, as the counts name them."""
    return {
        question.key: [f"{question.key}:{option.key}" for option in question.options]
        for question in asked.groups
    }


def table_of(asked: Questionnaire, counts: Mapping[str, int]) -> Table:
    """All that could be published of the counts, with every sum that ties two cells."""
    groups = groups_of(asked)
    every = [ALL, *(group for part in groups.values() for group in part)]

    def number(*words: str) -> int:
        return counts.get("|".join(words), 0)

    values: dict[Key, int] = {(COUNT, "", group): number(COUNT, "", group) for group in every}
    relations: list[Relation] = []

    def whole(name: str, part: str) -> None:
        for members in groups.values():
            relations.append(((name, part, ALL), tuple((name, part, one) for one in members)))

    whole(COUNT, "")
    for question in asked.opinions:
        options: dict[str, Key] = {
            one.key: (question.key, one.key, ALL) for one in question.options
        }
        values |= {key: number(question.key, option, ALL) for option, key in options.items()}
        relations.append(((COUNT, "", ALL), tuple(options.values())))
        if not question.good:
            continue
        for part in (GOOD, REST):
            inside = [
                key for one, key in options.items() if (one in question.good) == (part == GOOD)
            ]
            values |= {
                (question.key, part, group): number(question.key, part, group)
                for group in every[1:]
            }
            values[question.key, part, ALL] = sum(values[key] for key in inside)
            relations.append(((question.key, part, ALL), tuple(inside)))
            whole(question.key, part)
        relations += [
            ((COUNT, "", group), ((question.key, GOOD, group), (question.key, REST, group)))
            for group in every
        ]
    cells = tuple(Cell(key, value) for key, value in values.items())
    return Table(cells, tuple(relations), dimensions=("question", "answer", "group"))


def protected(asked: Questionnaire, counts: Mapping[str, int]) -> dict[str, Any]:
    """The results of a round as they are kept: None where a number is hidden.

    With fewer answers than a count must have, nothing is told but that.
    """
    questions = [asdict(question) for question in asked.questions]
    if counts.get("|".join((COUNT, "", ALL)), 0) < RULES.minimum:
        return {"questions": questions, "answers": None, "country": {}, "groups": {}}
    table = table_of(asked, counts)
    hidden = protect(table, RULES).hidden
    values = {cell.key: None if cell.key in hidden else cell.value for cell in table.cells}
    return {
        "questions": questions,
        "answers": values[COUNT, "", ALL],
        "country": {
            question.key: {
                option.key: values[question.key, option.key, ALL] for option in question.options
            }
            for question in asked.opinions
        },
        "groups": {
            group: {
                "answers": values[COUNT, "", group],
                "good": {
                    question.key: values[question.key, GOOD, group]
                    for question in asked.opinions
                    if question.good
                },
            }
            for members in groups_of(asked).values()
            for group in members
        },
    }


@dataclass(frozen=True)
class Group:
    """A row of a table: a region, a kind or a size, with how many answered and what they said."""

    key: str
    words: Mapping[str, str]
    answers: int | None
    good: int | None

    @property
    def name(self) -> str:
        return self.words[current_language()]

    @property
    def share(self) -> Decimal | None:
        """The share that agree, where both numbers may be told."""
        if self.good is None or not self.answers:
            return None
        return Decimal(100 * self.good) / self.answers


class Results:
    """The results of a closed round, with the questions as they were asked."""

    def __init__(self, round: BarometerRound):
        self.round = round
        self.kept: Mapping[str, Any] = round.results or {}
        self.questions = [_question(entry) for entry in self.kept.get("questions", [])]

    @property
    def answers(self) -> int | None:
        return self.kept.get("answers")

    @property
    def opinions(self) -> list[Question]:
        return [one for one in self.questions if not one.is_group]

    @property
    def by_group(self) -> list[Question]:
        """The questions that are told by group."""
        return [one for one in self.opinions if one.good]

    def country(self, question: Question) -> list[tuple[Option, int | None]]:
        numbers = self.kept["country"].get(question.key, {})
        return [(option, numbers.get(option.key)) for option in question.options]

    def groups(self, question: Question) -> list[tuple[Question, list[Group]]]:
        """How the groups answered it, by what tells them apart; only groups of whom anybody did."""
        return [
            (one, [row for row in self._rows(one, question) if row.answers != 0])
            for one in self.questions
            if one.is_group
        ]

    def _rows(self, by: Question, question: Question) -> Iterable[Group]:
        for option in by.options:
            key = f"{by.key}:{option.key}"
            found = self.kept["groups"].get(key, {"answers": 0, "good": {}})
            yield Group(key, option.words, found["answers"], found["good"].get(question.key))

    def figure(self) -> Figure | None:
        """How the whole country answered what was asked on one scale."""
        asked = self.by_group
        if not asked:
            return None
        options = asked[0].options
        cells = {question.key: self.kept["country"][question.key] for question in asked}
        return Figure(
            kind=Kind.STACKED,
            name=_("Partnership barometer"),
            subtitle=_("Answers by question"),
            measure=Measure(_("answers")),
            slots=tuple(Slot(one.text, one.text) for one in asked),
            series=tuple(
                Series(
                    option.text,
                    tuple(self._drawn(cells[one.key].get(option.key)) for one in asked),
                )
                for option in options
            ),
            source=self.source,
            licence=LICENCE,
            day=self.round.name,
            title=_("Partnership barometer %(round)s: what the respondents think")
            % {"round": self.round.name},
        )

    def figure_of(self, question: Question) -> Figure | None:
        """The share that agree, by region."""
        regions = next((rows for one, rows in self.groups(question) if one.key == "region"), [])
        if sum(row.share is not None for row in regions) < 2:
            return None
        return Figure(
            kind=Kind.BARS,
            name=question.text,
            subtitle=_("Share that agree or partly agree, by region"),
            measure=Measure("%", 0, True),
            slots=tuple(Slot(row.name, row.name) for row in regions),
            series=(Series(_("Agree"), tuple(self._drawn(row.share) for row in regions)),),
            source=self.source,
            licence=LICENCE,
            day=self.round.name,
            title=question.text,
        )

    @property
    def source(self) -> str:
        words = _("The integration portal: partnership barometer")
        return f"{words} ({_('invented example')})" if self.round.example else words

    def _drawn(self, value: int | Decimal | None) -> Drawn:
        return Drawn(None, _("hidden")) if value is None else Drawn(Decimal(value))


def _question(entry: Mapping[str, Any]) -> Question:
    options = tuple(Option(one["key"], one["words"]) for one in entry["options"])
    good = tuple(entry["good"])
    return Question(entry["key"], entry["words"], options, good, entry["is_group"])

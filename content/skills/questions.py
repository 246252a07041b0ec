"""What was answered to a question: read from a form, judged, and put in words for its page.

An answer is a list of words: ids of choices, in their order where that is what was asked, or one
number. It is the same in every language.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict

from .blocks import QuestionKind, shown_number
from .models.learners import Answer

MOST = 12  # digits of a number


@dataclass(frozen=True)
class Choice:
    """A choice as it is shown: `place` is where the learner put it, 0 when nowhere."""

    key: str
    text: str
    right: bool
    explanation: str
    chosen: bool
    place: int


@dataclass(frozen=True)
class Question:
    """A question with the learner's newest answer, if any; `number` is that of the next one."""

    key: str
    value: Any
    number: int = 1
    given: tuple[str, ...] = ()
    answered: bool = False
    right: bool = False

    @property
    def anchor(self) -> str:
        return f"part-{self.key}"

    @property
    def choices(self) -> list[Choice]:
        """In the order in which they are shown: things to put in order stand mixed."""
        shown = [
            Choice(
                one.id,
                one.value["text"],
                bool(one.value["right"]),
                one.value["explanation"],
                one.id in self.given,
                self.given.index(one.id) + 1 if one.id in self.given else 0,
            )
            for one in self.value["choices"].bound_blocks
        ]
        if self.value["kind"] == QuestionKind.ORDER:
            mixed = sorted(shown, key=lambda choice: choice.key)
            return mixed[::-1] if mixed == shown else mixed
        return shown

    @property
    def in_order(self) -> list[str]:
        """What the right order is, in words."""
        return [choice["text"] for choice in self.value["choices"]]

    @property
    def places(self) -> range:
        return range(1, len(self.value["choices"]) + 1)

    @property
    def number_given(self) -> str:
        return self.given[0] if self.given else ""

    @property
    def right_number(self) -> str:
        number = self.value["number"]
        return "" if number is None else shown_number(number)


def shown(child: Any, answers: Sequence[Answer] = ()) -> Question:
    """A question block with the newest of the answers to it."""
    last = answers[-1] if answers else None
    if last is None:
        return Question(child.id, child.value)
    return Question(
        child.id, child.value, last.number + 1, tuple(last.given), answered=True, right=last.right
    )


def read(child: Any, data: QueryDict) -> list[str] | None:
    """What a form answers to a question; None when it answers nothing that can be judged."""
    keys = [one.id for one in child.value["choices"].bound_blocks]
    match QuestionKind(child.value["kind"]):
        case QuestionKind.NUMBER:
            return _number(data.get("given", ""))
        case QuestionKind.ORDER:
            places = {key: data.get(f"place-{key}", "") for key in keys}
            wanted = {str(place) for place in range(1, len(keys) + 1)}
            if set(places.values()) != wanted:
                return None
            return sorted(keys, key=lambda key: int(places[key]))
        case kind:
            given = [key for key in keys if key in data.getlist("given")]
            if not given or (kind == QuestionKind.ONE and len(given) > 1):
                return None
            return given


def _number(text: str) -> list[str] | None:
    """A number as people write it: with a comma, with spaces between thousands."""
    plain = "".join(text.split()).replace(",", ".").replace("−", "-")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    if not number.is_finite() or len(number.as_tuple().digits) > MOST or len(plain) > 2 * MOST:
        return None
    return [shown_number(number)]


def is_right(child: Any, given: Sequence[str]) -> bool:
    choices = child.value["choices"].bound_blocks
    match QuestionKind(child.value["kind"]):
        case QuestionKind.NUMBER:
            return Decimal(given[0]) == child.value["number"]
        case QuestionKind.ORDER:
            return list(given) == [one.id for one in choices]
        case _:
            return set(given) == {one.id for one in choices if one.value["right"]}

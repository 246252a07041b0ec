"""What is right: one choice, several, an order, a number as people write it."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from content.skills import blocks, questions
from tests.factories.courses import choice_key, question

KEY = "00000000-0000-4000-8000-000000000c10"
A, B, C = (choice_key(KEY, number) for number in range(3))


def made(kind, *choices, **fields):
    return blocks.TestBlock().to_python([question(kind, *choices, key=KEY, **fields)])[0]


def judged(child, query):
    given = questions.read(child, QueryDict(query))
    return given and questions.is_right(child, given)


@pytest.mark.parametrize(
    ("query", "verdict"),
    [
        (f"given={A}", True),
        (f"given={B}", False),
        ("given=x", None),
        (f"given={A}&given={B}", None),
    ],
)
def test_one(query, verdict):
    assert judged(made("one", "*a", "b"), query) is verdict


@pytest.mark.parametrize(
    ("query", "verdict"),
    [
        (f"given={C}&given={A}", True),
        (f"given={A}", False),
        (f"given={A}&given={B}&given={C}", False),
        ("", None),
    ],
)
def test_several(query, verdict):
    assert judged(made("several", "*a", "b", "*c"), query) is verdict


@pytest.mark.parametrize(
    ("places", "verdict"),
    [((1, 2, 3), True), ((2, 1, 3), False), ((1, 1, 3), None), ((1, 2, ""), None)],
)
def test_order(places, verdict):
    query = "&".join(f"place-{key}={n}" for key, n in zip((A, B, C), places, strict=True))
    assert judged(made("order", "a", "b", "c"), query) is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("1500", True),
        ("1 500,00", True),
        ("1500.5", False),
        ("many", None),
        ("NaN", None),
        ("", None),
    ],
)
def test_number(text, verdict):
    assert judged(made("number", number="1500"), f"given={text}") is verdict


def test_things_to_put_in_order_are_never_shown_in_their_order():
    child = made("order", "a", "b", "c")
    shown = [choice.text for choice in questions.shown(child).choices]
    assert sorted(shown) == ["a", "b", "c"] != shown


@pytest.mark.parametrize(
    "wrong",
    [("one", "a", "b"), ("one", "*a", "*b"), ("several", "a"), ("order", "a"), ("number",)],
)
def test_a_question_without_a_right_answer_is_not_kept(wrong):
    with pytest.raises(ValidationError):
        blocks.QuestionBlock().clean(made(*wrong).value)

"""The results of the barometer as rows: a number each, by round, question, answer and group."""

from collections.abc import Iterator
from typing import Any

from portal.languages import LANGUAGES

from .barometer_results import ALL, COUNT, GOOD, Results

COLUMNS = (
    "round",
    "example",
    "question",
    *(f"question_{language}" for language in LANGUAGES),
    "answer",
    *(f"answer_{language}" for language in LANGUAGES),
    "group",
    *(f"group_{language}" for language in LANGUAGES),
    "number",
    "hidden",
)
NONE = dict.fromkeys(LANGUAGES, "")


def rows_of(results: Results) -> Iterator[dict[str, Any]]:
    """Every number that is published, and every one that is hidden, as such.

    `question` is "count" for how many answered; `answer` is "good" for those who agree or partly
    agree; `group` is "all", or the question and answer that make it: `region:MK01`.
    """
    yield _row(results, COUNT, NONE, "", NONE, ALL, NONE, results.answers)
    if results.answers is None:
        return
    for question in results.opinions:
        for option, number in results.country(question):
            yield _row(
                results, question.key, question.words, option.key, option.words, ALL, NONE, number
            )
    for question in results.by_group:
        for _by, rows in results.groups(question):
            for row in rows:
                if question is results.by_group[0]:
                    yield _row(results, COUNT, NONE, "", NONE, row.key, row.words, row.answers)
                yield _row(
                    results, question.key, question.words, GOOD, NONE, row.key, row.words, row.good
                )


def _row(results, question, asked, answer, said, group, named, number) -> dict[str, Any]:
    return {
        "round": results.round.name,
        "example": results.round.example,
        "question": question,
        **{f"question_{language}": asked[language] for language in LANGUAGES},
        "answer": answer,
        **{f"answer_{language}": said[language] for language in LANGUAGES},
        "group": group,
        **{f"group_{language}": named[language] for language in LANGUAGES},
        "number": number,
        "hidden": number is None,
    }

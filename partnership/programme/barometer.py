"""The questionnaire of the partnership barometer, read from its file, and the rounds before."""

import datetime
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from partnership.organisations.models import Organisation
from portal.languages import LANGUAGES, alphabetical, current_language
from portal.places.models import Area

FILE = Path(__file__).parent / "barometer.toml"
WHOLE_COUNTRY = "FI"
Words = dict[str, str]  # by language
SECONDS_A_TAP = 5
WORDS_A_MINUTE = 200
LONGEST = datetime.timedelta(minutes=4)
MOST_QUESTIONS = 12
MOST_WORDS = 450


@dataclass(frozen=True)
class Option:
    """An answer that can be chosen, by the key under which it is counted."""

    key: str
    words: Words

    @property
    def text(self) -> str:
        return self.words[current_language()]


@dataclass(frozen=True)
class Question:
    """A question with its options.

    `good` are the answers that are told by group together; a question by whose answer the others
    are told by group (`is_group`) has none.
    """

    key: str
    words: Words
    options: tuple[Option, ...]
    good: tuple[str, ...] = ()
    is_group: bool = False

    @property
    def text(self) -> str:
        return self.words[current_language()]


@dataclass(frozen=True)
class Questionnaire:
    """What is asked: at most twelve questions, each answered with one tap."""

    title: Words
    intro: Words
    send: Words
    questions: tuple[Question, ...]

    @property
    def groups(self) -> list[Question]:
        """The questions by whose answers the results are told apart."""
        return [one for one in self.questions if one.is_group]

    @property
    def opinions(self) -> list[Question]:
        return [one for one in self.questions if not one.is_group]

    def words_in(self, language: str) -> int:
        """How many words there are to read, each option as often as it stands there."""
        texts = [part[language] for part in (self.title, self.intro, self.send)]
        for question in self.questions:
            texts += [question.words[language]]
            texts += [option.words[language] for option in question.options]
        return sum(len(text.split()) for text in texts)

    def takes(self, language: str) -> datetime.timedelta:
        """The time to answer: to read at 200 words a minute, and 5 seconds for each tap."""
        reading = self.words_in(language) / WORDS_A_MINUTE * 60
        return datetime.timedelta(seconds=reading + SECONDS_A_TAP * len(self.questions))


@dataclass(frozen=True)
class Published:
    """A round that was made before this portal, as its source tells of it."""

    name: str
    answers: int
    almost: bool
    source: Words
    found: Words
    starts: datetime.date | None = None
    ends: datetime.date | None = None

    @property
    def source_url(self) -> str:
        return self.source[current_language()]

    @property
    def finding(self) -> str:
        return self.found[current_language()]


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text())


def published() -> list[Published]:
    """The rounds of before, the newest first."""
    return [Published(**entry) for entry in reversed(_file()["published"])]


def questionnaire() -> Questionnaire:
    """The questionnaire with the regions of today: one query."""
    entries = _file()
    scales = {entry["key"]: entry for entry in entries["scale"]}
    known = {"regions": _regions, "kinds": _kinds}
    questions = []
    for entry in entries["question"]:
        scale = scales.get(entry.get("scale", ""), {})
        source = entry.get("from", "")
        options = (
            known[source]()
            if source
            else tuple(
                Option(one["key"], _words(one)) for one in (scale or entry).get("option", [])
            )
        )
        questions.append(
            Question(
                key=entry["key"],
                words=_words(entry),
                options=options,
                good=tuple(scale.get("good", ())),
                is_group=bool(source) or entry.get("group", False),
            )
        )
    title, intro, send = (entries[name] for name in ("title", "intro", "send"))
    return Questionnaire(title, intro, send, tuple(questions))


def _words(entry: dict[str, Any]) -> Words:
    return {language: entry[language] for language in LANGUAGES}


def _regions() -> tuple[Option, ...]:
    """The whole country, and the regions of today in the order of the alphabet."""
    wanted = Area.objects.filter(kind__in=(Area.Kind.COUNTRY, Area.Kind.REGION))
    areas = list(wanted.on(timezone.localdate()).defer("map_path"))
    country = [area for area in areas if area.kind == Area.Kind.COUNTRY]
    whole = _words(_file()["whole_country"])
    regions = [area for area in areas if area.kind == Area.Kind.REGION]
    return (
        *(Option(area.key, whole) for area in country),
        *(
            Option(area.key, {one: getattr(area, f"name_{one}") for one in LANGUAGES})
            for area in alphabetical(regions)
        ),
    )


def _kinds() -> tuple[Option, ...]:
    labels: dict[str, Words] = {kind.value: {} for kind in Organisation.Kind}
    for language in LANGUAGES:
        with override(language):
            for kind in Organisation.Kind:
                labels[kind.value][language] = str(kind.label)
    return tuple(Option(key, words) for key, words in labels.items())

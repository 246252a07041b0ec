"""The course of a new portal: starter/<course>/{fi,sv,en}.toml become pages in three languages.

The worker makes it after the acts are there. What an editor has touched stays the editors' own.
The ids of questions and choices follow from their keys, so they are the same in each language.
"""

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from bs4 import BeautifulSoup, Tag
from django.db import transaction
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from content.pages.starter import INTEGRATION_ACT, StarterError, Words, Writer
from law.models import Section
from portal.importing import Progress, StarterStep, unheard
from portal.languages import LANGUAGES

from .models import CoursePage, LessonPage

FOLDER = Path(__file__).parent / "starter"
PLACES = {"fi": "osaaminen", "sv": "kompetens", "en": "skills"}
KINDS = {"course": (CoursePage, PLACES), "lesson": (LessonPage, PLACES)}
STEPS = [StarterStep("Example course", "content.skills.starter.load", later=True)]
OF_LESSON = ("question", "reflection")


@transaction.atomic
def load(progress: Progress = unheard) -> None:
    """Make the courses of the files that are missing; bring up to date what no editor touched.

    Nothing is made before the Integration Act is there. Raises StarterError when a file is not in
    order; then nothing is changed.
    """
    if not Section.objects.filter(act__number=681, act__year=2023).exists():
        progress(1, 1)
        return
    every = list(words())
    check(every)
    writer = CourseWriter()
    with disable_reference_index_auto_update():
        writer.write(every, progress)


def words(folder: Path = FOLDER) -> Iterator[Words]:
    """Each course in each language, then its lessons, in the order of the files."""
    for course in sorted(one for one in folder.glob("*") if one.is_dir()):
        for language in LANGUAGES:
            entry = tomllib.loads((course / f"{language}.toml").read_text())
            yield from _of_file(course.name, language, entry)


def _of_file(key: str, language: str, entry: dict) -> Iterator[Words]:
    course = entry["course"]
    about = {"owner": "editor", "topics": [], "audiences": [], "modules": entry["modules"]}
    tested = entry.get("test", [])
    text = {**course, "body": [], "test": tested}
    yield Words(key, "course", language, about, text)
    for module in entry["modules"]:
        for lesson in module["lessons"]:
            about = {
                "owner": "editor",
                "topics": [],
                "audiences": [],
                "course": key,
                "module": module["key"],
                "minutes": lesson["minutes"],
            }
            text = {**lesson, "body": list(_body(lesson))}
            yield Words(f"{key}:{lesson['key']}", "lesson", language, about, text)


def _body(lesson: dict) -> Iterator[dict]:
    """The blocks of a lesson: its words by heading, what it rests on, and its questions."""
    body = lesson["body"]
    yield from _blocks(body) if isinstance(body, str) else body
    if sections := lesson.get("sections"):
        yield {"type": "law", "sections": [_reference(one) for one in sections]}
    for question in lesson.get("questions", []):
        yield {"type": "question", **question}
    for reflection in lesson.get("reflections", []):
        yield {"type": "reflection", **reflection}


def _reference(section: str) -> str:
    return section if ":" in section else f"{INTEGRATION_ACT}:{section}"


def _blocks(html: str) -> Iterator[dict]:
    """HTML as blocks: a heading for each h2, a text of what stands between them."""
    text = ""
    for node in BeautifulSoup(html.strip(), "html.parser").children:
        if isinstance(node, Tag) and node.name in ("h2", "h3"):
            if text.strip():
                yield {"type": "text", "html": text}
            text = ""
            anchor = node.get("id", "")
            yield {"type": "heading", "text": node.get_text().strip(), "anchor": anchor}
        else:
            text += str(node)
    if text.strip():
        yield {"type": "text", "html": text}


def same_id(words: Words, *names: str) -> str:
    """The id of a block or an item of a list, the same in every language."""
    return str(uuid5(NAMESPACE_URL, f"starter:{words.key}:{':'.join(names)}"))


class CourseWriter(Writer):
    """Writes courses as other pages are written, with lessons below them."""

    kinds = KINDS
    below: Page | None = None

    def parent(self, url_path: str):
        """A lesson stands below its course, whatever the folder of its kind is."""
        return self.below or super().parent(url_path)

    def place(self, words: Words) -> None:
        key = words.about.get("course")
        course = self.pages[f"course:{key}", words.language] if key else None
        self.below = CoursePage.objects.get(pk=course.pk) if course else None
        super().place(words)

    def fields(self, words: Words) -> dict:
        fields = super().fields(words)
        if words.kind == "lesson":
            return fields | {"module": words.about["module"], "minutes": words.about["minutes"]}
        return fields | {
            "aim": words.text.get("aim", ""),
            "example": True,
            "modules": self.stream("modules", self.modules(words)),
            "test": self.stream("test", self.test(words)),
        }

    def stream(self, name: str, raw: list[dict]):
        return CoursePage._meta.get_field(name).stream_block.to_python(raw)

    def modules(self, words: Words) -> list[dict]:
        return [
            {
                "type": "module",
                "id": same_id(words, "module", one["key"]),
                "value": {
                    "key": one["key"],
                    "title": one["title"],
                    "summary": one.get("summary", ""),
                },
            }
            for one in words.about["modules"]
        ]

    def test(self, words: Words) -> list[dict]:
        return [
            {
                "type": "question",
                "id": same_id(words, "test", one["key"]),
                "value": self.question(one, words, "test"),
            }
            for one in words.text["test"]
        ]

    def body(self, words: Words) -> list[dict]:
        stream = super().body(words)
        for block, entry in zip(stream, words.text["body"], strict=True):
            if block["type"] in OF_LESSON:
                block["id"] = same_id(words, block["type"], entry["key"])
        return stream

    def value(self, block: dict, words: Words):
        match block["type"]:
            case "question":
                return self.question(block, words, "lesson")
            case "reflection":
                return {"text": block["text"]}
            case "heading":
                return {"text": block["text"], "anchor": block.get("anchor", "")}
        return super().value(block, words)

    def question(self, entry: dict, words: Words, where: str) -> dict:
        """A question of the file; things to put in order are kept in their right order."""
        choices = entry.get("choices", [])
        answer = entry.get("answer")
        if entry["kind"] == "order" and isinstance(answer, list):
            choices = sorted(choices, key=lambda choice: answer.index(choice["key"]))
        right = set(answer) if isinstance(answer, list) else {answer}
        section = entry.get("section")
        return {
            "kind": entry["kind"],
            "text": entry["text"],
            "choices": list(self.choices(choices, right, words, (where, entry["key"]))),
            "number": str(answer) if entry["kind"] == "number" else None,
            "explanation": entry["explanation"],
            "section": self.sections[_reference(section)].pk if section else None,
        }

    def choices(
        self, entries: Iterable[dict], right: set, words: Words, names: tuple[str, str]
    ) -> Iterator[dict]:
        for one in entries:
            yield {
                "type": "item",
                "id": same_id(words, *names, one["key"]),
                "value": {
                    "text": one["text"],
                    "right": bool(one.get("right", one["key"] in right)),
                    "explanation": one.get("explanation", ""),
                },
            }


def check(every: list[Words]) -> None:
    """Raises StarterError unless the lessons and questions are the same in every language."""
    shapes: dict[str, dict[str, list]] = {}
    for one in every:
        keys = [block.get("key", block["type"]) for block in one.text["body"]]
        keys += [question["key"] for question in one.text.get("test", [])]
        shapes.setdefault(one.key, {})[one.language] = keys
    for key, by_language in shapes.items():
        if len(by_language) < len(LANGUAGES) or len({str(one) for one in by_language.values()}) > 1:
            raise StarterError(f"{key}: its languages do not say the same.")

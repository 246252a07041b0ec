"""The texts of a new portal: content/starter/**.toml become pages in three languages.

A page is known by its key, so a second run makes nothing twice. What an editor has touched since
is the editors' own and is left alone; the rest is brought up to the file when that has changed.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from bs4 import BeautifulSoup, Tag
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from law.models import Section
from portal.importing import Progress, StarterStep, unheard
from portal.languages import LANGUAGES, in_language
from portal.resources import home_places
from portal.topics.models import Audience, Topic

from .blocks.text import give_anchors
from .models import (
    BasePage,
    ChangeKind,
    Deadline,
    GuidanceArticlePage,
    HomePage,
    InformationPage,
    NewsPage,
    ThemePage,
)

FOLDER = Path(__file__).parent / "starter"
PARENTS = {
    "guidance": (GuidanceArticlePage, {"fi": "ohjeet", "sv": "stod-i-arbetet", "en": "guidance"}),
    "theme": (ThemePage, {"fi": "ohjeet", "sv": "stod-i-arbetet", "en": "guidance"}),
    "news": (NewsPage, {"fi": "uutiset", "sv": "nyheter", "en": "news"}),
    "about": (InformationPage, {"fi": "tietoa", "sv": "om", "en": "about"}),
}
FOLDERS = ["about", "guidance", "news"]
THEME = {"fi": "teema", "sv": "tema", "en": "theme"}
FIRST = {
    "fi": "Sivu julkaistiin ensimmäisen kerran.",
    "sv": "Sidan publicerades för första gången.",
    "en": "The page was published for the first time.",
}
AGAIN = {
    "fi": "Aloitusaineiston tekstiä päivitettiin.",
    "sv": "Startmaterialets text uppdaterades.",
    "en": "The text of the starter material was brought up to date.",
}
INTEGRATION_ACT = "681/2023"
TAGS = {"p", "ul", "ol", "li", "b", "i", "a"}
STEPS = [
    StarterStep("Guidance and news", "content.pages.starter.load"),
]


class StarterError(Exception):
    """A file says something that cannot be made into a page; the message names the file."""


@dataclass(frozen=True)
class Words:
    """One page in one language, as its file has it."""

    key: str
    kind: str
    language: str
    about: dict
    text: dict

    @property
    def together(self) -> UUID:
        """The translation key that joins the languages of the page."""
        return together(self.kind, self.key)


def together(kind: str, key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"starter:{kind}:{key}")


@transaction.atomic
def load(progress: Progress = unheard) -> None:
    """Make the pages of the files that are missing, and bring up to date those no editor touched.

    Raises StarterError when a file is not in order; then nothing is changed.
    """
    every = [*theme_words(), *file_words(FOLDERS, PARENTS)]
    total = 2 * len(every) + len(LANGUAGES)
    writer = Writer()
    with disable_reference_index_auto_update():
        writer.write(every, lambda done, _pages: progress(done, total))
        for done, language in enumerate(LANGUAGES, start=2 * len(every) + 1):
            writer.publish_home(language)
            progress(done, total)


def file_words(folders: Iterable[str], kinds: Iterable[str]) -> list[Words]:
    """In the order in which they will stand: those with an `order` first, then by file name."""
    found = []
    for file in sorted(file for folder in folders for file in (FOLDER / folder).glob("*.toml")):
        entry = tomllib.loads(file.read_text())
        if entry["kind"] not in kinds or entry["key"] != file.stem:
            raise StarterError(f"{file.name}: its kind or key is not what it should be.")
        found += [
            Words(entry["key"], entry["kind"], language, entry, entry[language])
            for language in LANGUAGES
        ]
    return sorted(found, key=lambda words: words.about.get("order", 100))


def theme_words() -> list[Words]:
    """A theme page for each topic, called and described as the topic is."""
    return [
        Words(
            topic.key,
            "theme",
            language,
            {"owner": "editor", "topic": topic},
            {
                "title": (title := getattr(topic, f"name_{language}")),
                "slug": f"{THEME[language]}-{slugify(title)}",
                "summary": getattr(topic, f"description_{language}"),
            },
        )
        for topic in Topic.objects.all()
        for language in LANGUAGES
    ]


class Writer:
    """Writes pages in two rounds: places first, so that texts can link to each other.

    `kinds` says of each kind which page it is, and in which section of each language it stands.
    """

    kinds = PARENTS

    def __init__(self):
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.topics = {topic.key: topic for topic in Topic.objects.all()}
        self.audiences = {audience.key: audience for audience in Audience.objects.all()}
        self.sections = {
            f"{section.act.reference}:{section.number}": section
            for section in Section.objects.select_related("act")
        }
        self.parents: dict[str, Page] = {}
        self.pages: dict[tuple[str, str], BasePage] = {}
        self.new: set[int] = set()

    def write(self, every: list[Words], progress: Progress) -> None:
        """Two steps of `progress` for each page."""
        total = 2 * len(every)
        for done, words in enumerate(every, start=1):
            self.place(words)
            progress(done, total)
        for done, words in enumerate(every, start=len(every) + 1):
            self.publish(words)
            progress(done, total)

    def place(self, words: Words) -> None:
        """Find the page, or make it where it belongs, not yet published."""
        model, folders = self.kinds[words.kind]
        page = model.objects.filter(
            translation_key=words.together, locale=self.locales[words.language]
        ).first()
        if page is None:
            page = model(
                title=words.text["title"],
                slug=words.text["slug"],
                locale=self.locales[words.language],
                translation_key=words.together,
                live=False,
            )
            if words.kind == "theme":
                page.topic = words.about["topic"]
            self.parent(f"/{words.language}/{folders[words.language]}/").add_child(instance=page)
            self.new.add(page.pk)
        if words.kind != "theme":
            self.pages[words.key, words.language] = page
        self.pages[f"{words.kind}:{words.key}", words.language] = page

    def parent(self, url_path: str) -> Page:
        if url_path not in self.parents:
            self.parents[url_path] = Page.objects.get(url_path=url_path)
        return self.parents[url_path]

    def publish(self, words: Words) -> None:
        page = self.pages[f"{words.kind}:{words.key}", words.language]
        if page.pk not in self.new and touched(page):
            return
        fields = self.fields(words)
        changed = page.pk in self.new or any(
            getattr(page, name) != value for name, value in fields.items()
        )
        for name, value in fields.items():
            setattr(page, name, value)
        if words.kind != "theme":
            body = self.body(words)
            changed |= page.body.get_prep_value() != body
            page.body = page.body.stream_block.to_python(body)
            if words.kind == "guidance":
                changed |= self.set_deadlines(page, words)
            page.topics = [self.topics[key] for key in words.about["topics"]]
            page.audiences = [self.audiences[key] for key in words.about["audiences"]]
        if changed:
            self.show(page, words.language)

    def set_deadlines(self, page: GuidanceArticlePage, words: Words) -> bool:
        """The deadlines of the file, in its order; returns whether they are others than before."""
        entries = words.text.get("deadlines", [])
        wanted = [(entry["day"], entry["what"], entry["whom"]) for entry in entries]
        if [(one.day, one.what, one.whom) for one in page.deadlines.all()] == wanted:
            return False
        page.deadlines.set(
            [
                Deadline(
                    day=day,
                    what=what,
                    whom=whom,
                    sort_order=number,
                    locale=page.locale,
                    translation_key=together("deadline", f"{words.key}:{number}"),
                )
                for number, (day, what, whom) in enumerate(wanted)
            ]
        )
        return True

    def fields(self, words: Words) -> dict:
        """The plain fields of the page, but for its body, themes and audiences."""
        fields = {
            "title": words.text["title"],
            "slug": words.text["slug"],
            "summary": words.text["summary"],
            "keeper": words.about["owner"],
        }
        if words.kind != "theme":
            fields["editors_note"] = words.text.get("editors_note", "")
        if words.kind == "guidance":
            for name in ("applies_from", "applies_to"):
                fields[name] = words.about.get(name)
            fields["path_order"] = words.about.get("order", 100)
        if words.kind == "news":
            fields["date"] = words.about["date"]
        return fields

    def show(self, page: BasePage, language: str) -> None:
        new = page.pk in self.new
        page.change_kind = ChangeKind.SUBSTANTIVE if new else ChangeKind.MINOR
        page.change_note = (FIRST if new else AGAIN)[language]
        with in_language(language):
            page.save_revision(clean=False).publish()
        ReferenceIndex.create_or_update_for_object(page)

    def publish_home(self, language: str) -> None:
        """The words of the home page, and the tasks that lead to the pages made before."""
        words = tomllib.loads((FOLDER / "home.toml").read_text())[language]
        home = HomePage.objects.get(locale=self.locales[language])
        if touched(home):
            return
        tasks = [
            {
                "type": "task",
                "id": str(uuid5(NAMESPACE_URL, f"starter:task:{language}:{number}")),
                "value": self.task(entry, language),
            }
            for number, entry in enumerate(words["tasks"])
        ]
        if home.tasks.get_prep_value() == tasks and home.summary == words["lead"]:
            return
        if not home.latest_revision_id:
            self.new.add(home.pk)
        home.title, home.summary = words["title"], words["lead"]
        home.tasks = home.tasks.stream_block.to_python(tasks)
        self.show(home, language)

    def task(self, entry: dict, language: str) -> dict:
        view, key = entry.get("view", ""), entry.get("page", "")
        page = self.pages.get((key, language)) or Page.objects.filter(url_path=key).first()
        if (view and view not in home_places()) or (key and not page):
            raise StarterError(f"home.toml: {entry['title']} leads nowhere.")
        return {
            "title": entry["title"],
            "description": entry["description"],
            "page": page.pk if page else None,
            "view": view,
        }

    def body(self, words: Words) -> list[dict]:
        """The body as a StreamField keeps it; ids follow from the key, so that runs agree."""
        stream = []
        for number, block in enumerate(words.text["body"]):
            try:
                value = self.value(block, words)
            except KeyError as error:
                raise StarterError(f"{words.key} ({words.language}): {error} is unknown") from error
            kind = block["type"]
            stream.append({"type": kind, "value": value, "id": block_id(words, number)})
        field = self.kinds[words.kind][0]._meta.get_field("body")
        value = field.stream_block.to_python(stream)
        give_anchors(value)
        return value.get_prep_value()

    def value(self, block: dict, words: Words):
        def html(text: str) -> str:
            return self.rich_text(text, words)

        match block["type"]:
            case "contents":
                return None
            case "text":
                return html(block["html"])
            case "heading":
                return {"text": block["text"], "anchor": ""}
            case "callout":
                return {
                    "kind": block["kind"],
                    "title": block.get("title", ""),
                    "text": html(block["html"]),
                }
            case "quote":
                return {"text": block["text"], "source": block.get("source", "")}
            case "table":
                return table(block)
            case "accordion":
                return {
                    "items": items(
                        words,
                        [
                            {"title": item["title"], "text": html(item["html"])}
                            for item in block["items"]
                        ],
                    )
                }
            case "law":
                keys = [self.sections[ref].pk for ref in block["sections"]]
                return {"sections": items(words, keys), "note": block.get("note", "")}
            case "steps":
                return {"steps": items(words, [self.step(step, words) for step in block["steps"]])}
            case "contact":
                return {name: block.get(name, "") for name in ("name", "role", "email", "phone")}
        raise KeyError(block["type"])

    def step(self, step: dict, words: Words) -> dict:
        """One step; its sections are numbers of the Integration Act."""
        keys = [
            self.sections[f"{INTEGRATION_ACT}:{number}"].pk for number in step.get("sections", [])
        ]
        return {
            "when": step["when"],
            "who": step["who"],
            "what": step["what"],
            "sections": items(words, keys),
            "cost": step.get("cost", ""),
        }

    def rich_text(self, html: str, words: Words) -> str:
        """The file's HTML as the editor would have kept it, its links made real.

        Raises KeyError for a tag, a section or a page that there is not.
        """
        soup = BeautifulSoup(html.strip(), "html.parser")
        for tag in soup.find_all(True):
            if tag.name not in TAGS:
                raise KeyError(tag.name)
            tag.attrs = self.link(tag, words) if tag.name == "a" else {}
        return str(soup).replace("\n", "")

    def page(self, key: str, language: str) -> Page:
        """The page with a key: one of these, or guidance that an earlier step has made."""
        if (key, language) not in self.pages:
            found = GuidanceArticlePage.objects.filter(
                translation_key=together("guidance", key), locale=self.locales[language]
            ).first()
            if found is None:
                raise KeyError(key)
            self.pages[key, language] = found
        return self.pages[key, language]

    def link(self, tag: Tag, words: Words) -> dict:
        if ref := tag.get("data-section"):
            return {"linktype": "section", "id": str(self.sections[ref].pk), "ref": ref}
        if key := tag.get("data-page"):
            return {"linktype": "page", "id": str(self.page(str(key), words.language).pk)}
        return {"href": tag["href"]}


def touched(page: BasePage) -> bool:
    """Whether a person has saved the page, or it is kept as somebody's translation."""
    return page.revisions.filter(user__isnull=False).exists()


def block_id(words: Words, number: int | str) -> str:
    return str(uuid5(NAMESPACE_URL, f"starter:{words.key}:{words.language}:{number}"))


def items(words: Words, values: list) -> list[dict]:
    """The items of a list block, each with the id that such an item has."""
    return [
        {"type": "item", "value": value, "id": block_id(words, f"{number}:{value}")}
        for number, value in enumerate(values)
    ]


def table(block: dict) -> dict:
    return {
        "cells": {
            "caption": block["caption"],
            "columns": [{"type": "text", "heading": heading} for heading in block["head"]],
            "rows": [{"values": row} for row in block["rows"]],
        },
        "first_column_is_header": block.get("first_column_is_header", False),
    }

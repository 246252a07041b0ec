"""Marks the terms of a text: the first mention of each, where a reader meets it in running text."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.caching.cache_version import cache_version
from portal.languages import current_language, in_words
from portal.linguistics.inflection import pattern

from .models import Term

TAG = re.compile(r"(<[^>]*>)")
TAG_NAME = re.compile(r"<(/?)([a-z][a-z0-9]*)")
NEVER_INSIDE = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "a", "blockquote", "q", "cite", "figure", "aside", "nav"),
    *("dfn", "dt", "abbr", "code", "svg", "table", "summary", "button", "label", "form"),
}
WORD_START = re.compile(r"(?<![\w&-])\w")
TITLE = re.compile(r'<p class="title"')


@dataclass(frozen=True)
class Meaning:
    """What is shown of a term where it is mentioned."""

    key: str
    definition: str

    @property
    def address(self) -> str:
        return f"{reverse('glossary:index')}#term-{self.key}"


class Terms:
    """The terms of a language, ready to be found in a text.

    They are kept by their first two letters, which no ending changes; under those, the longest
    that fits is taken.
    """

    def __init__(self, terms: Iterable[Term], language: str):
        self.words = defaultdict(list)
        for term in terms:
            meaning = Meaning(term.key, in_words(term, "definition", language))
            for word in term.words(language):
                found = re.compile(rf"(?:{pattern(word, language)})(?![\w-])", re.IGNORECASE)
                self.words[word[:2].casefold()].append((len(word), found, meaning))
        for words in self.words.values():
            words.sort(key=lambda word: -word[0])

    def at(self, text: str, place: int) -> tuple[re.Match, Meaning] | None:
        """The term that is mentioned at a place of a text, if one is."""
        for _length, found, meaning in self.words.get(text[place : place + 2].casefold(), ()):
            if match := found.match(text, place):
                return match, meaning
        return None


def terms_in(language: str) -> Terms:
    """The terms that texts explain. One query in each version, in each process."""
    return _terms(cache_version(), language)


@lru_cache(maxsize=6)
def _terms(cache_version: str, language: str) -> Terms:
    return Terms(Term.objects.filter(shown_in_texts=True), language)


Shown = Callable[[SafeString, Meaning], str]


def with_definition(words: SafeString, meaning: Meaning) -> str:
    """A link to the glossary, with the definition that the stylesheet shows on hover and focus."""
    return format_html(
        '<span class="term"><a href="{address}" aria-describedby="means-{key}">{words}</a>'
        '<span class="term__means" role="tooltip" id="means-{key}">{definition}</span></span>',
        address=meaning.address,
        key=meaning.key,
        words=words,
        definition=meaning.definition,
    )


def marked(html: str, *, shown: Shown = with_definition, leave: str = "") -> SafeString:
    """Finished HTML with the first mention of each term shown as `shown` says.

    Nothing is marked in headings, links, quotations, tables, asides and forms. `leave` is the key
    of a term to pass over: the one being defined.
    """
    terms = terms_in(current_language())
    seen, parts = {leave}, TAG.split(html)
    inside: list[str] = []
    for number, part in enumerate(parts):
        if number % 2:
            _follow(part, inside)
        elif not inside:
            parts[number] = _explained(part, terms, seen, shown)
    return SafeString("".join(parts))


def mentioned(text: str, terms: Terms) -> Iterator[tuple[str, str]]:
    """The words of a plain text that mention a term, each with the key of the term."""
    done = 0
    for start in WORD_START.finditer(text):
        if start.start() >= done and (found := terms.at(text, start.start())):
            match, meaning = found
            done = match.end()
            yield match[0], meaning.key


def _explained(text: str, terms: Terms, seen: set[str], shown: Shown) -> str:
    done, parts = 0, []
    for start in WORD_START.finditer(text):
        if start.start() < done or not (found := terms.at(text, start.start())):
            continue
        match, meaning = found
        new = meaning.key not in seen
        seen.add(meaning.key)
        words = SafeString(match[0])
        parts += [text[done : match.start()], shown(words, meaning) if new else words]
        done = match.end()
    return "".join((*parts, text[done:]))


def _follow(tag: str, inside: list[str]) -> None:
    """Keep count of what we are inside of that is never marked."""
    found = TAG_NAME.match(tag)
    if found is None:
        return
    closes, name = found[1] == "/", found[2]
    if inside:
        if name == inside[-1] and closes:
            inside.pop()
        elif name == inside[-1]:
            inside.append(name)
    elif not closes and (name in NEVER_INSIDE or TITLE.match(tag)):
        inside.append(name)

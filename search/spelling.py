"""Words that nobody wrote and that are nearly one of those that the public texts have.

The vocabulary is that of the documents which everybody may find, as they are written; a word that
only a hidden text has is never given. å, ä and ö count as a and o: leaving them out is no slip.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

from django.db.models import Count, Max

from portal.languages import LANGUAGES
from portal.linguistics.analysis import is_known, stopwords
from portal.linguistics.typed import without_dots
from search.models import PUBLIC, Document, Vocabulary

SHORTEST = 4
LONG = 7
BEST = 3
MOST_WORDS = 60_000  # of a language, those that most documents have
MOST_PLACES = 10
DOTS = str.maketrans("ao", "äö")
Near = list[tuple[int, int, str]]


@dataclass
class Words:
    """The words of a language, and how many documents have each."""

    counts: dict[str, int] = field(default_factory=dict)
    plain: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_letter: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> "Words":
        words = cls(dict(counts))
        for word in counts:
            words.plain[without_dots(word)].append(word)
        for plain in words.plain:
            for letter in dict.fromkeys(plain[:2]):
                words.by_letter[letter].append(plain)
        return words

    def near(self, word: str, at_most: int = 2) -> list[str]:
        """Those at the smallest distance: none but the dots, one slip, or two in a long word."""
        asked = without_dots(word)
        if same := self.plain.get(asked):
            return sorted(same, key=lambda one: -self.counts[one])[:BEST]
        most = 0 if len(asked) < SHORTEST else 1 if len(asked) < LONG else 2
        most = min(most, at_most)
        found: Near = []
        for letter in dict.fromkeys(asked[:2]) if most else ():
            for other in self.by_letter.get(letter, ()):
                if abs(len(other) - len(asked)) > most:
                    continue
                distance = slips(asked, other, most)
                if distance <= most:
                    found += [
                        (distance + (other[0] != asked[0]), -self.counts[one], one)
                        for one in self.plain[other]
                    ]
        return list(dict.fromkeys(one for _distance, _count, one in sorted(found)))[:BEST]


def keep(heard: Mapping[str, Counter[str]]) -> None:
    """Put these words in the place of the vocabulary; called when everything was written anew."""
    for language, counter in heard.items():
        words = {
            word: count
            for word, count in counter.most_common(MOST_WORDS)
            if len(word) >= SHORTEST - 1 and not word.isdigit()
        }
        Vocabulary.objects.update_or_create(language=language, defaults={"words": words})


@dataclass(frozen=True, eq=False)
class Titles:
    """The words of the public titles of each language, accents left out; those of most first."""

    words: Mapping[str, tuple[str, ...]]


def titles() -> Titles:
    """The words of the public titles as they are now; one query, later none."""
    return _titles(*_state())


def _state() -> tuple[int, str]:
    """What is another whenever the public documents are."""
    state = Document.objects.filter(audience=PUBLIC).aggregate(
        count=Count("pk"), newest=Max("indexed_at")
    )
    return state["count"], str(state["newest"])


@lru_cache(maxsize=2)
def _titles(documents: int, newest: str) -> Titles:
    counts: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
    rows = Document.objects.filter(audience=PUBLIC).values_list("language", "title_plain")
    for language, title in rows:
        counts[language].update(title.split())
    return Titles(
        {code: tuple(word for word, _n in one.most_common()) for code, one in counts.items()}
    )


def vocabulary() -> dict[str, Words]:
    """The words of each language: what was kept, and the titles of today; one query, later none."""
    return _vocabulary(*_state())


@lru_cache(maxsize=2)
def _vocabulary(documents: int, newest: str) -> dict[str, Words]:
    counts: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
    for row in Vocabulary.objects.all():
        counts[row.language].update(row.words)
    titles = Document.objects.filter(audience=PUBLIC).values_list("language", "title_key")
    for language, title in titles:
        known = counts[language]
        for word in title.split():
            if word not in known:
                known[word] = 1
    return {language: Words.of(words) for language, words in counts.items()}


def is_written(word: str) -> bool:
    """Whether a public text has a word in this form, in whatever language."""
    return any(word in words.counts for words in vocabulary().values())


def corrections(words: list[str], unknown: set[str], language: str) -> list[str]:
    """The words with those that are `unknown` put right, the likeliest first; at most three texts.

    The reader's own language comes before the others. A word that is like none stays as it is.
    """
    known = vocabulary()
    order = [language, *(code for code in LANGUAGES if code != language)]
    texts: list[list[str]] = [[]]
    for word in words:
        choices = [word]
        if word in unknown and is_known(word, language):
            choices = known[language].near(word, at_most=1) or [word]
        elif word in unknown:
            near = (known[code].near(word) for code in order if code in known)
            choices = next(filter(None, near), []) or with_dots(word) or [word]
        texts = [[*start, choice] for start in texts for choice in choices][:BEST]
    return [" ".join(each) for each in texts if each != words]


def may_be_wrong(word: str, language: str) -> bool:
    """Whether a word can be a slip: long enough, of letters, and none that the language has.

    Without its dots it may be one that the language has too: `toita` is toita, and töitä. A long
    one may be read as a compound that nobody means: `integrationsplin`.
    """
    if len(word) < SHORTEST or not word.replace("-", "").isalpha():
        return False
    if any(word in stopwords(code) for code in LANGUAGES):
        return False
    if vocabulary()[language].plain.get(without_dots(word)):
        return True
    return len(word) >= LONG or not is_known(word, language)


def with_dots(word: str) -> list[str]:
    """A word as it is written where the keyboard has ä and ö, when Finnish has it: äänekoskella."""
    return [one for one in dotted(word) if is_known(one, "fi")][:BEST] if word.isascii() else []


def dotted(word: str) -> Iterator[str]:
    """A word with dots on each run of its a and o: by vowel harmony a part has them all or none."""
    places = [place for place, letter in enumerate(word) if letter in "ao"][:MOST_PLACES]
    for first, last in combinations(range(len(places) + 1), 2):
        start, end = places[first], places[last - 1] + 1
        yield word[:start] + word[start:end].translate(DOTS) + word[end:]


def slips(one: str, other: str, most: int) -> int:
    """Letters added, left out, changed or swapped between two words; `most` + 1 when more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, counterpart in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != counterpart))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == counterpart:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]

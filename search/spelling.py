"""When nothing is found: words of titles that are spelt nearly like those asked for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from django.db.models import Count, Max

from portal.caching.fragments import cache
from portal.linguistics.analysis import is_known
from portal.linguistics.typed import without_dots
from search.models import PUBLIC, Document

SHORTEST = 4
BEST = 3
MOST_PLACES = 10
DOTS = str.maketrans("ao", "äö")


def vocabulary() -> dict[str, int]:
    """The words of all public titles and how many titles have them; two queries, later one."""
    titles = Document.objects.filter(audience=PUBLIC)
    state = titles.aggregate(count=Count("pk"), newest=Max("indexed_at"))
    key = f"search:vocabulary:{state['count']}:{state['newest']:%s%f}" if state["newest"] else ""
    if not key:
        return {}
    words = cache.get(key)
    if words is None:
        counter: Counter[str] = Counter()
        for title in titles.values_list("title_key", flat=True):
            counter.update(set(title.split()))
        words = dict(counter)
        cache.set(key, words, 600)
    return words


def corrections(text: str) -> list[str]:
    """Queries like this one whose words are in titles, the likeliest first; at most three.

    A word that is like none is left out.
    """
    known = vocabulary()
    if not known:
        return []
    words = text.lower().split()
    found: list[list[str]] = [[]]
    for word in words:
        choices = [word] if word in known or len(word) < SHORTEST else nearest(word, known)
        found = [[*start, choice] for start in found for choice in choices or [""]][:BEST]
    texts = (" ".join(filter(None, each)) for each in found if each != words)
    return [text for text in texts if text]


def with_dots(words: Iterable[str]) -> list[str]:
    """The words as they are written where the keyboard has ä, ö and å: `tyollisyys`, työllisyys.

    A word of a title comes before one that the language merely has. A word that has dots or that
    nothing is found for stays as it is; at most three texts, none that is what was asked.
    """
    asked = [word.lower() for word in words]
    titled: dict[str, list[str]] = defaultdict(list)
    for word in vocabulary():
        titled[without_dots(word)].append(word)
    texts: list[list[str]] = [[]]
    for word in asked:
        choices = titled.get(word) or [one for one in dotted(word) if is_known(one, "fi")] or [word]
        texts = [[*start, choice] for start in texts for choice in choices[:BEST]][:BEST]
    return [" ".join(each) for each in texts if each != asked]


def dotted(word: str) -> Iterator[str]:
    """A word with dots on each run of its a and o: by vowel harmony a part has them all or none."""
    places = [place for place, letter in enumerate(word) if letter in "ao"][:MOST_PLACES]
    for first, last in combinations(range(len(places) + 1), 2):
        start, end = places[first], places[last - 1] + 1
        yield word[:start] + word[start:end].translate(DOTS) + word[end:]


def nearest(word: str, known: dict[str, int]) -> list[str]:
    """The known words at the smallest distance: one slip, or two in a word of seven letters."""
    most = 1 if len(word) < 7 else 2
    pairs = _pairs(word)
    near = []
    for other, count in known.items():
        if abs(len(other) - len(word)) > most or len(pairs & _pairs(other)) < len(pairs) - 2 * most:
            continue
        distance = slips(word, other, most)
        if distance <= most:
            near.append((distance, -count, other))
    return [other for _distance, _count, other in sorted(near)[:BEST]]


def _pairs(word: str) -> set[str]:
    word = f" {word} "
    return {word[place : place + 2] for place in range(len(word) - 1)}


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

"""What the term base says of a segment: the agreed words in the language, and those to avoid."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from law.glossary.marking import mentioned, terms_in
from law.glossary.models import Term
from portal.caching.cache_version import cache_version


@dataclass(frozen=True)
class Wording:
    """A term of the original, and what it is called in the language of the translation."""

    key: str
    source: str
    agreed: str
    avoid: tuple[str, ...] = ()


def wordings(text: str, language: str, target: str) -> list[Wording]:
    """The terms that a text mentions, each once, in the order of the text."""
    names = _names(cache_version(), target)
    found: dict[str, Wording] = {}
    for words, key in mentioned(text, terms_in(language)):
        agreed, avoid = names[key]
        found.setdefault(key, Wording(key, words, agreed, avoid))
    return list(found.values())


def doubts(text: str, said: list[Wording], target: str) -> list[str]:
    """What is to be looked at in a translation: agreed words that it lacks, words to avoid."""
    used = {key for _words, key in mentioned(text, terms_in(target))}
    lowered = text.casefold()
    found = []
    for wording in said:
        if wording.key not in used:
            found.append(
                _("The agreed word for “%(source)s” is “%(agreed)s”.")
                % {"source": wording.source, "agreed": wording.agreed}
            )
        found += [
            _("“%(word)s” is a word to avoid: the agreed one is “%(agreed)s”.")
            % {"word": word, "agreed": wording.agreed}
            for word in wording.avoid
            if word.casefold() in lowered
        ]
    return found


@lru_cache(maxsize=6)
def _names(cache_version: str, language: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {
        term.key: (getattr(term, f"name_{language}"), tuple(term.words_to_avoid))
        for term in Term.objects.all()
    }

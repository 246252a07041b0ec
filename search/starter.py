"""The last step of the starter content: all of it can be found."""

from collections.abc import Callable

from portal.languages import LANGUAGES
from search import index, words


def load(progress: Callable[[int, int], None]) -> None:
    """Build the word lists unless they are there, then index everything."""
    for language in words.missing(LANGUAGES):
        words.build(language)
    index.refresh(progress)

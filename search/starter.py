"""The last step of the starter content: all of it can be found."""

from portal.importing import Progress
from portal.languages import LANGUAGES
from search import index, words


def load(progress: Progress) -> None:
    """Build the word lists unless they are there, then index everything."""
    for language in words.missing(LANGUAGES):
        progress(0, 1)
        words.build(language)
    index.refresh(progress)

"""The last step of the starter content: all of it can be found."""

from portal.importing import Progress, StarterStep
from portal.languages import LANGUAGES
from portal.linguistics import word_lists
from search import index

STEPS = [
    StarterStep("Search index", "search.starter.load", later=True),
]


def load(progress: Progress) -> None:
    """Build the word lists unless they are there, then index everything."""
    for language in word_lists.missing(LANGUAGES):
        progress(0, 1)
        word_lists.build(language)
    index.refresh(progress)

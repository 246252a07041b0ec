from django.core.management.base import BaseCommand

from portal.languages import LANGUAGES
from portal.linguistics import word_lists
from portal.progress import Step


class Command(BaseCommand):
    """Build the word lists that Finnish, Swedish and English are read with, unless they are there.

    Once for each version of the lists: some 20 seconds and 700 MB of memory, 24 MB on disk. The
    portal works without, but then reads four seconds of lists at its first search.
    """

    help = "Build the word lists of the search (once for each version of them)."

    def handle(self, **options):
        missing = word_lists.missing(LANGUAGES)
        with Step(self.stdout, "Word lists") as progress:
            for done, language in enumerate(missing, start=1):
                word_lists.build(language)
                progress(done, len(missing))

"""The example answers of a new portal: content/starter/questions/*.toml, in three languages.

They are pages alone, as if published, each marked as an example: nobody asked, so no question
stands behind them, and the figures of answered questions do not know them.
"""

from django.db import transaction
from wagtail.signal_handlers import disable_reference_index_auto_update

from content.pages.starter import Words, Writer, file_words
from portal.importing import Progress, StarterStep, unheard

from .models import AnswerPage

KINDS = {
    "question": (AnswerPage, {"fi": "kysymykset", "sv": "fragor", "en": "questions"}),
}
STEPS = [
    StarterStep("Example answers to legal questions", "content.questions.starter.load", later=True),
    StarterStep("An invented act, with work to do", "content.questions.example.load", later=True),
]


@transaction.atomic
def load(progress: Progress = unheard) -> None:
    """Make the answers that are missing, and bring up to date those no lawyer has touched.

    The guidance that they lead to is there before them. Raises StarterError (content.pages.starter)
    when a file is not in order; then nothing is changed.
    """
    with disable_reference_index_auto_update():
        AnswerWriter().write(file_words(["questions"], KINDS), progress)


class AnswerWriter(Writer):
    """Writes answers as it writes other pages, with the question and the mark of an example."""

    kinds = KINDS

    def fields(self, words: Words) -> dict:
        return super().fields(words) | {
            "asked": words.text["asked"],
            "applies_from": words.about.get("applies_from"),
            "applies_to": words.about.get("applies_to"),
            "example": True,
        }

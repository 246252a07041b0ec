"""Published answers as a feed, one for each language."""

from django.utils.translation import gettext as _

from content.pages.views.feeds import ChangesFeed
from content.questions.models import AnswerPage


class AnswersFeed(ChangesFeed):
    models = (AnswerPage,)
    address = "questions:feed"

    def title(self):
        return _("Integration portal: legal questions and answers")

    def subtitle(self):
        return _("Answers on applying the law, checked by two lawyers, and what changed in them.")

    def told_of(self, change):
        return [change.page.example and _("An invented example."), *super().told_of(change)]

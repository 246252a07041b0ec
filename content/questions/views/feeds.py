"""Published answers as a feed, one for each language."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from content.models import ChangeKind, PageChange
from content.questions.models import AnswerPage
from portal.front import CONTROL
from portal.languages import current_language


class AnswersFeed(Feed):
    """The twenty newest answers and substantive changes of answers that everybody may see."""

    feed_type = Atom1Feed
    LENGTH = 20

    def title(self):
        return _("Integration portal: legal questions and answers")

    def subtitle(self):
        return _("Answers on applying the law, checked by two lawyers, and what changed in them.")

    def link(self):
        return reverse("questions:feed")

    def feed_url(self):
        return reverse("questions:feed")

    def author_name(self):
        return _("KEHA Centre")

    def items(self):
        pages = AnswerPage.objects.visible_to(AnonymousUser()).in_language(current_language())
        changes = list(
            PageChange.objects.filter(kind=ChangeKind.SUBSTANTIVE, page__in=pages.values("pk"))[
                : self.LENGTH
            ]
        )
        found = {page.pk: page for page in pages.filter(pk__in=[one.page_id for one in changes])}
        for change in changes:
            change.page = found[change.page_id]
        return changes

    def item_title(self, item):
        return CONTROL.sub("", item.page.title)

    def item_description(self, item):
        example = item.page.example and _("An invented example.")
        return CONTROL.sub("", " ".join(filter(None, [example, item.note, item.page.summary])))

    def item_link(self, item):
        return item.page.url_path

    def item_guid(self, item):
        return f"{settings.SITE_URL}{item.page.url_path}#{item.pk}"

    def item_pubdate(self, item):
        return item.at

    def item_updateddate(self, item):
        return item.at

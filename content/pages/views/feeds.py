"""What has changed, as feeds, one for each language."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.pages.models import BasePage, ChangeKind, GuidanceArticlePage, NewsPage, PageChange
from content.pages.visibility import visible_to
from portal.languages import current_language
from portal.linguistics.typed import valid_in_xml


class ChangesFeed(Feed):
    """The newest substantive changes of the pages of `models`, in the language of the address.

    A page enters with its first publication and again with each later change, told in its change
    note. Only what everybody may see is here, and could when it was published.
    """

    feed_type = Atom1Feed
    models: tuple[type[BasePage], ...]
    address: str
    LENGTH = 20

    def feed_url(self):
        return f"{settings.SITE_URL}{reverse(self.address)}"

    feed_guid = feed_url

    def link(self):
        """The list that people read, under the address that the portal has for everybody."""
        return self.feed_url().removesuffix("feed.atom")

    def author_name(self):
        return _("KEHA Centre")

    def items(self):
        pages = visible_to(Page.objects.type(*self.models), AnonymousUser())
        pages = pages.filter(locale__language_code=current_language())
        changes = list(
            PageChange.objects.public().filter(kind=ChangeKind.SUBSTANTIVE, page__in=pages)[
                : self.LENGTH
            ]
        )
        found = Page.objects.filter(pk__in=[change.page_id for change in changes]).specific()
        specific = {page.pk: page for page in found}
        for change in changes:
            change.page = specific[change.page_id]
        return changes

    def item_title(self, item):
        return valid_in_xml(item.page.title)

    def item_description(self, item):
        """HTML, as the feed says that summaries are: what was written is text, and escaped."""
        return escape(valid_in_xml(" ".join(filter(None, self.told_of(item)))))

    def told_of(self, change: PageChange) -> list[str]:
        """The sentences that tell of the change; the empty ones are left out."""
        return [change.note, change.page.summary]

    def item_link(self, item):
        return f"{settings.SITE_URL}{item.page.url_path}"

    def item_guid(self, item):
        return f"{self.item_link(item)}#{item.pk}"

    def item_pubdate(self, item):
        return item.at

    def item_updateddate(self, item):
        return item.at


class NewsFeed(ChangesFeed):
    models = (NewsPage, GuidanceArticlePage)
    address = "content:news_feed"

    def title(self):
        return _("Integration portal: news and changes")

    def subtitle(self):
        return _("Changes in the law, the services and the figures of integration in Finland.")

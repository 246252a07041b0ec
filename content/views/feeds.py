"""News as a feed, one for each language."""

from datetime import datetime, time

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from content.models.news import newest_news
from portal.languages import current_language


class NewsFeed(Feed):
    """The twenty newest news items that everybody may see, in the language of the address."""

    feed_type = Atom1Feed
    LENGTH = 20

    def title(self):
        return _("Integration portal: news")

    def subtitle(self):
        return _("Changes in the law, the services and the figures of integration in Finland.")

    def link(self):
        return reverse("content:news_feed")

    def feed_url(self):
        return reverse("content:news_feed")

    def author_name(self):
        return _("KEHA Centre")

    def items(self):
        return newest_news(current_language(), AnonymousUser())[: self.LENGTH]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.summary

    def item_link(self, item):
        return item.url_path

    def item_pubdate(self, item):
        return timezone.make_aware(datetime.combine(item.date, time(8)))

    def item_updateddate(self, item):
        return item.last_published_at

"""What pages bring to the portal: guidance and news that rest on the law, pages to follow."""

from django.utils.translation import gettext_lazy as _

from portal.resources import Listed, ResourceType, register
from portal.sitemaps import Pages
from portal.topics.models import Topic

from . import following
from .models import GuidanceArticlePage, InformationPage, NewsPage, ThemePage
from .references import referrer

register(
    ResourceType(
        "guidance",
        models=(GuidanceArticlePage, ThemePage),
        can=(referrer("guidance", _("Guidance")),),
    )
)
register(ResourceType("news", models=(NewsPage,), can=(referrer("news", _("News")),)))
register(ResourceType("about", models=(InformationPage,)))
register(ResourceType(following.PAGE, can=(following.PAGES, Listed(sitemaps={"pages": Pages()}))))
register(ResourceType(following.TOPIC, models=(Topic,), can=(following.TOPICS,)))

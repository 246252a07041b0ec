"""What pages bring to the portal: guidance and news that rest on the law, pages to follow."""

from django.utils.translation import gettext_lazy as _

from monitoring.datasets.uses import Uses
from portal.personal import Held, Personal
from portal.resources import Listed, ResourceType, register
from portal.search_api import Searchable
from portal.sitemaps import Pages
from portal.topics.models import Topic

from . import documents, figures, following
from .models import GuidanceArticlePage, InformationPage, NewsPage, PageReview, ThemePage
from .references import referrer

REVIEW = _("That the page was reviewed stays; who of the service's people did it is taken off.")

register(
    ResourceType(
        "guidance",
        models=(GuidanceArticlePage, ThemePage),
        can=(
            referrer("guidance", _("Guidance")),
            Searchable(
                name=_("Guidance"),
                plural=_("Guidance"),
                documents=documents.articles,
                order=10,
            ),
        ),
    )
)
register(
    ResourceType(
        "news",
        models=(NewsPage,),
        can=(
            referrer("news", _("News")),
            Searchable(name=_("News"), plural=_("News"), documents=documents.news, order=70),
        ),
    )
)
register(
    ResourceType(
        "about",
        models=(InformationPage,),
        can=(
            Searchable(
                name=_("About the portal"),
                plural=_("About the portal"),
                documents=documents.information,
                referrer=InformationPage.referrer_key,
                order=80,
            ),
        ),
    )
)
register(
    ResourceType(
        following.PAGE,
        can=(
            following.PAGES,
            Uses(_("Pages"), figures.uses, order=20),
            Personal(Held(PageReview, ("by",), stays=REVIEW)),
            Listed(sitemaps={"pages": Pages()}),
        ),
    )
)
register(ResourceType(following.TOPIC, models=(Topic,), can=(following.TOPICS,)))

"""What the search brings to the portal: a place for the home page, and pages that are no room's."""

from django.utils.translation import gettext_lazy as _

from content.pages.models import AboutIndexPage, GuidanceIndexPage, NewsIndexPage
from content.questions.models import QuestionIndexPage
from portal.api.routers import OpenData
from portal.personal import Held, Personal
from portal.resources import Listed, Place, ResourceType, register
from portal.search_api import Searchable
from search import service_pages
from search.models import SearchPin, SearchSynonym

register(
    ResourceType(
        "search",
        models=(SearchSynonym, SearchPin),
        can=(
            Personal(
                *(
                    Held(model, ("owner",), stays=_("It steers the search; whose it was goes."))
                    for model in (SearchSynonym, SearchPin)
                )
            ),
            Listed(home={"search": Place("search:results", _("Search"), order=70)}),
            OpenData("search", "search.api.router", order=90),
        ),
    )
)
register(
    ResourceType(
        service_pages.KIND,
        models=(GuidanceIndexPage, QuestionIndexPage, NewsIndexPage, AboutIndexPage),
        can=(
            Searchable(
                name=_("Page of the portal"),
                plural=_("Pages of the portal"),
                documents=service_pages.index_pages,
                pages=service_pages.pages,
                order=65,
            ),
        ),
    )
)

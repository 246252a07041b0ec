"""What places bring to the portal: the country, regions, employment areas and municipalities."""

from django.utils.translation import gettext_lazy as _

from portal.api.routers import OpenData
from portal.resources import Listed, Place, ResourceType, register
from portal.search_api import Searchable, open_to_all
from portal.sitemaps import Rows, Views

from . import documents, following
from .models import Area


def with_page(user):
    """The areas that have a page, by what their addresses are made of."""
    return Area.objects.visible_to(user).with_page().only("key", "kind", "code")


def found(model):
    """The areas that can be found: all that have a page."""
    return open_to_all(model).filter(kind__in=Area.WITH_PAGE)


register(
    ResourceType(
        "area",
        models=(Area,),
        can=(
            Searchable(
                name=_("Area"), plural=_("Areas"), documents=documents.areas, rows=found, order=60
            ),
            OpenData("areas", "portal.places.api.router", order=20),
            following.FOLLOWABLE,
            Listed(
                menu=Place("places:index", _("Areas"), order=30),
                home={"areas": Place("places:index", _("Areas"), order=20)},
                sitemaps={"places": Views("places:index"), "areas": Rows(with_page)},
            ),
        ),
    )
)

"""What places bring to the portal: the country, regions, employment areas and municipalities."""

from django.utils.translation import gettext_lazy as _

from portal.api.routers import OpenData
from portal.resources import Listed, Place, ResourceType, register
from portal.sitemaps import Rows, Views

from . import following
from .models import Area


def with_page(user):
    """The areas that have a page, by what their addresses are made of."""
    return Area.objects.visible_to(user).with_page().only("key", "kind", "code")


register(
    ResourceType(
        "area",
        models=(Area,),
        can=(
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

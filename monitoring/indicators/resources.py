"""What monitoring brings to the portal: indicators, and word of their new figures."""

from django.utils.translation import gettext_lazy as _

from portal.api.routers import OpenData
from portal.personal import Held, Personal
from portal.resources import Listed, Place, ResourceType, register
from portal.search_api import Searchable
from portal.sitemaps import Rows, Views

from . import documents, embedding, following, placing
from .models import Indicator, Release, Upload
from .services import KEY

FIGURES = _("The figures and their history are the service's; who brought them is taken off.")

register(
    ResourceType(
        KEY,
        models=(Indicator,),
        can=(
            Personal(
                Held(Release, ("imported_by",), stays=FIGURES),
                Held(Upload, ("user",)),
            ),
            OpenData("indicators", "monitoring.indicators.api.router", order=40),
            embedding.EMBEDDABLE,
            following.INDICATORS,
            placing.REFERRER,
            placing.AREA_SECTION,
            Searchable(
                name=_("Indicator"),
                plural=_("Indicators"),
                documents=documents.indicators,
                order=50,
            ),
            Listed(
                menu=Place(
                    "monitoring:index",
                    _("Monitoring"),
                    order=40,
                    also=("datasets:index", "situation:page"),
                ),
                home={"indicators": Place("monitoring:index", _("Indicators"), order=30)},
                sitemaps={
                    "indicators": Rows(Indicator.objects.visible_to),
                    "indicators-list": Views("monitoring:index"),
                },
            ),
        ),
    )
)
register(ResourceType(following.KIND, models=(Release,), can=(following.FOLLOWABLE,)))

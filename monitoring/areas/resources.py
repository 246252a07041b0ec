"""What the figures of areas bring to the portal: a part of area pages, the API, and a rule."""

from portal.api.routers import OpenData
from portal.resources import Listed, ResourceType, register
from portal.search_api import AnswerCard
from portal.sitemaps import Views

from .answers import answer
from .models import HeadlineFigure
from .sections import AREA_SECTION

register(
    ResourceType(
        "area-figures",
        models=(HeadlineFigure,),
        can=(
            AREA_SECTION,
            AnswerCard(answer),
            OpenData("areas", "monitoring.areas.api.router", order=20),
            Listed(sitemaps={"movement-rule": Views("area_figures:movement-rule")}),
        ),
    )
)

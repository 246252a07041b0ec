"""What practices bring to the portal."""

from portal.resources import Listed, ResourceType, register
from portal.sitemaps import Rows, Views

from .models import Practice
from .personal import PERSONAL

register(
    ResourceType(
        "practice",
        models=(Practice,),
        can=(
            PERSONAL,
            Listed(
                sitemaps={
                    "practices": Views("practices:index"),
                    "each-practice": Rows(lambda user: Practice.objects.public()),
                }
            ),
        ),
    )
)

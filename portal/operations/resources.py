"""What the frame itself lists: the way to the open data of all rooms."""

from django.utils.translation import gettext_lazy as _

from portal.resources import Listed, Place, ResourceType, register

register(
    ResourceType(
        "open-data", can=(Listed(about=Place("api:docs", _("Open data: the API"), order=20)),)
    )
)

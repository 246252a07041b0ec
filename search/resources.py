"""What the search brings to the portal: a place for the home page to lead to."""

from django.utils.translation import gettext_lazy as _

from portal.resources import Listed, Place, ResourceType, register

register(
    ResourceType(
        "search", can=(Listed(home={"search": Place("search:results", _("Search"), order=70)}),)
    )
)

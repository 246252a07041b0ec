"""Integration now, in the lists of the frame."""

from django.utils.translation import gettext_lazy as _

from portal.resources import Listed, Place, ResourceType, register
from portal.sitemaps import Views

register(
    ResourceType(
        "situation",
        can=(
            Listed(
                home={"situation": Place("situation:page", _("Integration now"), order=33)},
                sitemaps={"situation": Views("situation:page")},
            ),
        ),
    )
)

"""What the partnership brings to the portal: its organisations."""

from django.utils.translation import gettext_lazy as _

from portal.api.routers import OpenData
from portal.resources import Listed, Place, ResourceType, register
from portal.sitemaps import Rows, Views

from . import following
from .area_sections import PARTNERS
from .models import Organisation

register(
    ResourceType(
        following.KIND,
        models=(Organisation,),
        can=(
            OpenData("organisations", "partnership.organisations.api.router", order=30),
            following.FOLLOWABLE,
            PARTNERS,
            Listed(
                menu=Place("organisations:index", _("Partners"), order=20),
                home={
                    "partners": Place("organisations:index", _("Partners"), order=40),
                    "join": Place("organisations:join", _("Join the partnership"), order=50),
                },
                sitemaps={
                    "partners": Views("organisations:index", "organisations:join"),
                    "organisations": Rows(
                        lambda user: Organisation.objects.visible_to(user).members()
                    ),
                },
            ),
        ),
    )
)

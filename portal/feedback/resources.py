"""What feedback brings to the portal: the way to give it."""

from django.utils.translation import gettext_lazy as _

from portal.resources import Listed, Place, ResourceType, register
from portal.sitemaps import Views

from .models import Feedback

register(
    ResourceType(
        "feedback",
        models=(Feedback,),
        can=(
            Listed(
                about=Place("feedback:form", _("Give feedback"), order=30),
                sitemaps={"feedback": Views("feedback:form")},
            ),
        ),
    )
)

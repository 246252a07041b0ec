"""What feedback brings to the portal: the way to give it."""

from django.utils.translation import gettext_lazy as _

from portal.personal import Held, Personal
from portal.resources import Listed, Place, ResourceType, register
from portal.sitemaps import Views

from .models import Feedback, Opinion

ANSWER = _("The answer is the service's; who of its people gave it is taken off.")

register(
    ResourceType(
        "feedback",
        models=(Feedback,),
        can=(
            Personal(
                Held(Feedback, ("email",), hides=("key",)),
                Held(Feedback, ("closed_by",), stays=ANSWER, words=("answer", "note")),
                Held(Opinion, ("dealt_by",), stays=ANSWER, words=("note",)),
            ),
            Listed(
                about=Place("feedback:form", _("Give feedback"), order=30),
                sitemaps={"feedback": Views("feedback:form")},
            ),
        ),
    )
)

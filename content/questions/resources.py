"""What legal questions bring to the portal: published answers that rest on the law."""

from django.utils.translation import gettext_lazy as _

from portal.api.routers import OpenData
from portal.resources import ResourceType, register
from portal.search_api import Searchable

from . import documents, personal
from .models import AnswerPage
from .own_answers import OWN_ANSWERS
from .references import ANSWERS
from .validity import KIND, OWN_KIND

register(
    ResourceType(
        KIND,
        models=(AnswerPage,),
        can=(
            personal.PERSONAL,
            ANSWERS,
            OpenData("questions", "content.questions.api.router", order=50),
            Searchable(
                name=_("Legal question"),
                plural=_("Legal questions"),
                documents=documents.answers,
                examples=documents.examples,
                order=20,
            ),
        ),
    )
)
register(ResourceType(OWN_KIND, can=(OWN_ANSWERS,)))

"""What legal questions bring to the portal: published answers that rest on the law."""

from portal.api.routers import OpenData
from portal.resources import ResourceType, register

from .models import AnswerPage
from .references import ANSWERS
from .validity import KIND

register(
    ResourceType(
        KIND,
        models=(AnswerPage,),
        can=(ANSWERS, OpenData("questions", "content.questions.api.router", order=50)),
    )
)

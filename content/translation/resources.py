"""What translation work brings to the portal: what waits for translators, and whose orders are."""

from django.utils.translation import gettext_lazy as _

from portal.inbox import Inbox
from portal.personal import Held, Personal
from portal.resources import ResourceType, register

from .inbox import tasks
from .models import TranslationOrder

register(
    ResourceType(
        "translation",
        models=(TranslationOrder,),
        can=(
            Inbox(_("Translations"), tasks),
            Personal(
                Held(
                    TranslationOrder,
                    ("assignee", "ordered_by"),
                    stays=_("An order is the portal's; who ordered or made it goes."),
                )
            ),
        ),
    )
)

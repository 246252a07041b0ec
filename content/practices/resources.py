"""What practices bring to the portal."""

from django.utils.translation import gettext_lazy as _

from content.pages.learning import Card, Offered
from portal.resources import Listed, ResourceType, register
from portal.sitemaps import Rows, Views

from .models import Practice
from .personal import PERSONAL

SHOWN = 3


def cards(language: str) -> list[Card]:
    """The practices that were published last, in the reader's language where they have it."""
    rows = Practice.objects.public().prefetch_related("texts")[:SHOWN]
    return [
        Card(
            str(row),
            row.get_absolute_url(),
            row.text.problem if row.text else "",
            str(row.get_evidence_display()),
        )
        for row in rows
    ]


register(
    ResourceType(
        "practice",
        models=(Practice,),
        can=(
            PERSONAL,
            Offered(_("Practices"), 50, cards, view="practices:index"),
            Listed(
                sitemaps={
                    "practices": Views("practices:index"),
                    "each-practice": Rows(lambda user: Practice.objects.public()),
                }
            ),
        ),
    )
)

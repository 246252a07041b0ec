"""What certificates bring to the portal: they are their holder's, and stand in “My learning”."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from content.pages.learning import Card, Learning
from portal.languages import in_language
from portal.personal import Held, Personal
from portal.resources import ResourceType, register

from .models import Certificate
from .standing import standings


def of_person(user: Any, language: str) -> list[Card]:
    """A card for each certificate of theirs, with its state."""
    mine = list(Certificate.objects.filter(holder=user))
    state = standings(mine)
    with in_language(language):
        return [
            Card(
                one.title,
                one.get_absolute_url(),
                note=f"{date_format(one.on)} · {state[one.pk].label}",
            )
            for one in mine
        ]


KIND = Learning(_("My certificates"), of_person, order=90)

register(
    ResourceType(
        "certificate",
        models=(Certificate,),
        can=(Personal(Held(Certificate, ("holder",))), KIND),
    )
)

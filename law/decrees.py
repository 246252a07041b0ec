"""The decrees given under an act, each with the address where its words are."""

from collections.abc import Iterable
from typing import NamedTuple

from portal.languages import current_language

from . import finlex
from .models import Act, Decree
from .references import User


class LinkedDecree(NamedTuple):
    """A decree and where it is read: on our own page (`is_here`), or in Finlex."""

    decree: Decree
    address: str
    is_here: bool


def linked(decrees: Iterable[Decree], user: User) -> list[LinkedDecree]:
    """The decrees with their addresses: ours, of those that the portal has as acts.

    One query, none without decrees.
    """
    decrees, language = list(decrees), current_language()
    numbers = [decree.number for decree in decrees]
    acts = Act.objects.visible_to(user).filter(number__in=numbers) if decrees else []
    here = {(act.number, act.year): act.get_absolute_url() for act in acts}
    found = []
    for decree in decrees:
        own = here.get((decree.number, decree.year))
        found.append(LinkedDecree(decree, own or finlex.as_given(decree, language), bool(own)))
    return found

"""What the rooms add to an area page: resources have a section of it, and none is imported here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.functional import Promise

from portal.resources import having

from .models import Area

User = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class AreaSection:
    """A part of the area page: an anchor, a heading, a template, and what the template needs.

    `context(area, user)` returns the template's variables, or None when there is nothing to show
    and the section with its heading is left out. It passes what it lists through `visible_to(user)`
    and costs the same few queries for a village as for the country. The template gets those
    variables with `area` added, and writes no `<h2>`: the page does.
    """

    anchor: str
    title: str | Promise
    template: str
    context: Callable[[Area, User], dict[str, Any] | None]


def sections_of(area: Area, user: User) -> list[tuple[AreaSection, dict[str, Any]]]:
    """Each section that has something to show of this area to this reader, with its variables.

    They stand on the page in the order of INSTALLED_APPS.
    """
    found = [(section, section.context(area, user)) for section in having(AreaSection).values()]
    return [(section, variables) for section, variables in found if variables is not None]

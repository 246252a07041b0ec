"""What the rooms add to an area page: resources have a section of it, and none is imported here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.functional import Promise

from portal.printing.richtext import Node
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

    `order` places it among the others, the lowest first: who is in charge 10, figures 20, what the
    law asks 30, partners 40, commitments 50, the programme 60, the integration programme 70, what
    was decided 80.

    `paper(area, variables)` gives what the A4 of the area says of it, from the same variables, as
    nodes of `portal.printing.richtext` (p, list, table, picture, below the heading, which the A4
    writes). All sections share one page, so it says the most important first and says little. A
    section without it is not on paper.
    """

    anchor: str
    title: str | Promise
    template: str
    context: Callable[[Area, User], dict[str, Any] | None]
    order: int = 55
    paper: Callable[[Area, dict[str, Any]], list[Node]] | None = None


def sections_of(area: Area, user: User) -> list[tuple[AreaSection, dict[str, Any]]]:
    """Each section that has something to show of this area to this reader, with its variables.

    They stand on the page by their `order`, and of the same order as in INSTALLED_APPS.
    """
    known = sorted(having(AreaSection).values(), key=lambda section: section.order)
    found = [(section, section.context(area, user)) for section in known]
    return [(section, variables) for section, variables in found if variables is not None]


@dataclass(frozen=True)
class AreaContacts:
    """How the authorities in charge of an area are reached, for programs.

    `of(area)` gives for each authority its role, the area whose it is and the names of that, and
    what has been told of it: `name`, `matter`, `telephone`, `email`, `website`, `checked_on`,
    `example`, None where nothing has been told. A constant number of queries.
    """

    of: Callable[[Area], list[dict[str, Any]]]


def contacts_of(area: Area) -> list[dict[str, Any]]:
    return [row for one in having(AreaContacts).values() for row in one.of(area)]

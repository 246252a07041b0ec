"""What later apps add to an area page: each registers a panel, and none is imported here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.functional import Promise

from .models import Area

User = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class Panel:
    """A part of the area page: a heading, a template, and what the template needs.

    `context(area, user)` returns the template's variables, or None when there is nothing to show
    and the panel with its heading is left out. It passes what it lists through `visible_to(user)`
    and costs the same few queries for a village as for the country. The template gets those
    variables with `area` and `panel` added, and writes no `<h2>`: the page does.
    """

    key: str
    title: str | Promise
    template: str
    context: Callable[[Area, User], dict[str, Any] | None]


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Called by an app that is ready; panels stand on the page in the order of INSTALLED_APPS."""
    _panels[panel.key] = panel


def panels_of(area: Area, user: User) -> list[tuple[Panel, dict[str, Any]]]:
    """Each panel that has something to show of this area to this reader, with its variables."""
    found = [(panel, panel.context(area, user)) for panel in _panels.values()]
    return [(panel, variables) for panel, variables in found if variables is not None]

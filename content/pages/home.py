"""What rooms show on the home page: a section each, asked of the registry."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from portal.resources import having


@dataclass(frozen=True)
class HomeSection:
    """What a resource can do that has a section on the home page.

    `context()` returns the variables of its template in the active language, or None when there is
    nothing to show. It is the same for everybody and kept for the version, so nothing in it follows
    the time of day; the page writes its `<h2>`.
    """

    anchor: str
    title: str | Promise
    template: str
    context: Callable[[], dict[str, Any] | None]


def sections() -> list[tuple[HomeSection, dict[str, Any]]]:
    """Those that have something to show, in the order of the rooms."""
    every = ((one, one.context()) for one in having(HomeSection).values())
    return [(one, context) for one, context in every if context]

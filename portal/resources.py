"""What kinds of things there are and what each can do: a room says it once, in its resources.py.

    register(
        ResourceType(
            "indicator",
            models=(Indicator,),
            can=(Referrer(_("Indicators"), of_sections, …), Followable(…), Listed(…)),
        )
    )

A capability is a dataclass of the part of the portal that reads it: what rests on the law is
`law.references.Referrer`, what can be followed `portal.notifications.following.Followable`, what
can be found `portal.search_api.Searchable`, a part of an area page
`portal.places.area_sections.AreaSection`, and `Listed` says which lists of the frame lead there.
Readers ask `having(Referrer)`; nobody knows a room by its name. The modules are found as Django's
admin finds its own, in the order of INSTALLED_APPS, which is the order of every list.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

from django.contrib.sitemaps import Sitemap
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.utils.functional import Promise

Capability = TypeVar("Capability")


@dataclass(frozen=True)
class ResourceType:
    """A kind of thing: its key, the same everywhere, the models of its rows, and what it `can`."""

    key: str
    models: tuple[type[Model], ...] = ()
    can: tuple[object, ...] = ()

    def __post_init__(self):
        kinds = [type(one) for one in self.can]
        if len(kinds) != len(set(kinds)):
            raise ImproperlyConfigured(f"The resource {self.key} has a capability twice.")


@dataclass(frozen=True)
class Place:
    """Where a list leads: the name of a view, and the words of the link to it.

    `order` places it among the others of its list, the lowest first. `also` are views below whose
    addresses a menu shows the place as the one at hand.
    """

    view: str
    title: str | Promise
    order: int = 100
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listed:
    """Which lists of the frame lead to a kind of thing.

    `menu` is its place in the main menu, `about` in the part of the foot about the portal, `home`
    the places that editors may choose for the tasks of the home page, each under the key by which
    it is kept, and `sitemaps` what the site map has of it, each part under its name.
    """

    menu: Place | None = None
    about: Place | None = None
    home: Mapping[str, Place] = field(default_factory=dict)
    sitemaps: Mapping[str, Sitemap] = field(default_factory=dict)


_types: dict[str, ResourceType] = {}
_found: dict[type, Mapping[str, Any]] = {}  # what `having` has found so far


def register(resource: ResourceType) -> None:
    """Called by a room's resources.py. ImproperlyConfigured when its key is taken."""
    if resource.key in _types:
        raise ImproperlyConfigured(f"There are two resources with the key {resource.key}.")
    _types[resource.key] = resource
    _found.clear()


def resources() -> Mapping[str, ResourceType]:
    """All of them by their keys."""
    return _types


def having(kind: type[Capability]) -> Mapping[str, Capability]:
    """The capabilities of one kind, by the key of the resource that has each."""
    found = _found.get(kind)
    if found is None:
        found = _found[kind] = MappingProxyType(
            {
                key: one
                for key, resource in _types.items()
                for one in resource.can
                if isinstance(one, kind)
            }
        )
    return found


def ordered(places: list[Place | None]) -> list[Place]:
    """The places that there are, in the order of their list."""
    return sorted(filter(None, places), key=lambda place: place.order)


def main_menu() -> list[Place]:
    return ordered([listed.menu for listed in having(Listed).values()])


def about_menu() -> list[Place]:
    return ordered([listed.about for listed in having(Listed).values()])


def home_places() -> dict[str, Place]:
    """What a task of the home page may lead to, by the key that it is kept by."""
    found = {key: one for listed in having(Listed).values() for key, one in listed.home.items()}
    return dict(sorted(found.items(), key=lambda pair: pair[1].order))

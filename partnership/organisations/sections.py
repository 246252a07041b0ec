"""What later rooms add to an organisation's page: resources have a section of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.functional import Promise

from portal.resources import having

from .models import Organisation

User = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class OrganisationSection:
    """A part of an organisation's page: an anchor, a heading, a template and its variables.

    `context(organisation, user)` returns the variables, or None when there is nothing to show, as
    the sections of an area page do (portal.places.area_sections).
    """

    anchor: str
    title: str | Promise
    template: str
    context: Callable[[Organisation, User], dict[str, Any] | None]


def sections_of(
    organisation: Organisation, user: User
) -> list[tuple[OrganisationSection, dict[str, Any]]]:
    """Each section that has something to show, in the order of INSTALLED_APPS."""
    sections = having(OrganisationSection).values()
    found = [(section, section.context(organisation, user)) for section in sections]
    return [(section, variables) for section, variables in found if variables is not None]

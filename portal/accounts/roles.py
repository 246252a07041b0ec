"""Roles: Django groups, and which permissions each has, granted by migrations.

The table for people stands in docs/roles.md; a test holds the two together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Figures = TypeVar("Figures")

EDITOR, LAWYER, STATISTICIAN, PROGRAMME = "editor", "lawyer", "statistician", "programme"
ROLES = (EDITOR, LAWYER, STATISTICIAN, PROGRAMME)
TRANSLATORS = {"sv": "translator_sv", "en": "translator_en"}  # no team: they keep no page true
TEAMS = {
    EDITOR: _("Editors of the portal"),
    LAWYER: _("Legal service"),
    STATISTICIAN: _("Statistics team"),
    PROGRAMME: _("Partnership programme team"),
}


def roles_of(user) -> list[str]:
    """The roles that a person has: one query."""
    return list(user.groups.filter(name__in=ROLES).values_list("name", flat=True))


@dataclass(frozen=True)
class Team(Generic[Figures]):
    """A team with how much of some work it has; `own` for the person who looks at it."""

    role: str
    name: str | Promise
    own: bool
    figures: Figures


def teams_for(user, figures: Mapping[str, Figures], none: Figures) -> list[Team[Figures]]:
    """Every team with its figures, or `none`, the user's own first: one query, for the roles."""
    mine = roles_of(user)
    teams = [
        Team(role, name, role in mine, figures.get(role, none)) for role, name in TEAMS.items()
    ]
    return sorted(teams, key=lambda team: not team.own)


def grant(apps, permissions: Mapping[str, Iterable[str]]) -> None:
    """Give roles permissions, within a migration of the app that owns the permissions.

    `permissions` maps a role to "app_label.codename" words; a codename ends in the model's name
    (`decide_membership`). Permission rows that Django has not made yet are made here.
    """
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    content_type_model = apps.get_model("contenttypes", "ContentType")
    for role, words in permissions.items():
        group, _made = group_model.objects.get_or_create(name=role)
        for word in words:
            app_label, codename = word.split(".")
            content_type, _made = content_type_model.objects.get_or_create(
                app_label=app_label, model=codename.rpartition("_")[2]
            )
            permission, _made = permission_model.objects.get_or_create(
                content_type=content_type,
                codename=codename,
                defaults={"name": f"Can {codename.replace('_', ' ')}"},
            )
            group.permissions.add(permission)

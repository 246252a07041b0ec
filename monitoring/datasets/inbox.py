"""Releases that wait for a person: to be approved by them, or to be written again."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.inbox import Task
from portal.languages import current_language

from .models import Release

State = Release.State
APPROVE = "datasets.approve_release"


def waiting_for(user: AbstractBaseUser) -> QuerySet[Release]:
    """What somebody else has proposed, and what was returned to the person or never proposed."""
    if not (isinstance(user, User) and user.has_perm(APPROVE)):
        return Release.objects.none()
    others = Q(state=State.PROPOSED) & ~Q(proposed_by=user.pk) & ~Q(checked_by=user.pk)
    own = Q(state__in=[State.CHECKED, State.RETURNED], checked_by=user.pk)
    return Release.objects.filter(others | own).select_related("dataset")


def tasks(user: AbstractBaseUser) -> Iterable[Task]:
    """For /en/desk/: one query."""
    for release in waiting_for(user):
        words = _("Approve or return") if release.state == State.PROPOSED else _("Propose or drop")
        yield Task(
            what=words,
            title=release.dataset.name,
            url=reverse("dataset_releases:inspect", args=[release.pk]),
            language=current_language(),
        )

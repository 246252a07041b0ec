"""Answers on the page of each section that they rest on, and on the work lists of its changes."""

from collections.abc import Collection
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext_lazy as _

from content.pages.references import backlinks, counts, describe, references
from law.references import Description, Referrer, User

from . import notifications
from .permissions import is_lawyer
from .validity import KIND


def described(subjects: Collection[str], user: User, language: str) -> dict[str, Description]:
    """The answers as other pages are described, but that the lawyers alone confirm them."""
    found = describe(subjects, user, language)
    if is_lawyer(user):
        return found
    return {subject: replace(one, may_confirm=False) for subject, one in found.items()}


ANSWERS = Referrer(
    _("Legal questions and answers"),
    backlinks,
    partial(references, KIND),
    described,
    opened=notifications.opened,
    told=notifications.told,
    settled=notifications.settled,
    counts=counts,
    wholes=True,
)

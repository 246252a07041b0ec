"""Letters about bundles, to who put one together and who approved it."""

from collections.abc import Iterator

from django.urls import reverse

from portal.accounts.models import User
from portal.mail.outbox import write

from .models import Bundle


def published(bundle: Bundle) -> None:
    for user in _concerned(bundle):
        _write("bundles/published", user, bundle)


def stopped(bundle: Bundle) -> None:
    for user in _concerned(bundle):
        _write("bundles/stopped", user, bundle)


def moved(bundle: Bundle, approver: User) -> None:
    """To who approved it: it waits for an approval again."""
    _write("bundles/moved", approver, bundle)


def _concerned(bundle: Bundle) -> Iterator[User]:
    seen = set()
    for user in (bundle.made_by, bundle.approved_by):
        if user and user.pk not in seen:
            seen.add(user.pk)
            yield user


def _write(template: str, user: User, bundle: Bundle) -> None:
    context = {
        "title": bundle.title,
        "go_at": bundle.go_at,
        "trouble": bundle.trouble,
        "page": reverse("bundles:bundle", args=[bundle.pk]),
    }
    write(template, to=user.email, language=user.language, context=context)

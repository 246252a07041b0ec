"""Finding things by words: the search app registers how; the apps on its left ask here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


@dataclass(frozen=True)
class Found:
    """One thing found: the key of its kind, and a snippet that is safe HTML.

    An `example` is invented, and is shown as such.
    """

    kind: str
    title: str
    url: str
    snippet: str
    language: str
    example: bool = False


Finder = Callable[[str, Sequence[str], str, AbstractBaseUser | AnonymousUser, int], list[Found]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Called once, by the search app when it is ready."""
    _finders[:] = [finder]


def find(
    text: str,
    kinds: Sequence[str],
    language: str,
    user: AbstractBaseUser | AnonymousUser,
    limit: int = 10,
) -> list[Found]:
    """Things of these kinds that `user` may see and that match the words, best first.

    Results in `language` come before others. Empty when no search is registered.
    """
    return [found for finder in _finders for found in finder(text, kinds, language, user, limit)]

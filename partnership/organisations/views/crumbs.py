"""The way to the pages of the partners."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.menu import crumbs


def partners(*further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """The directory, and what stands below it."""
    return crumbs((_("Partners"), reverse("organisations:index")), *further)


def below_own(title: str) -> list[tuple[str, str | None]]:
    """A page below the reader's organisations."""
    return partners((_("My organisations"), reverse("organisations:mine")), (title, None))

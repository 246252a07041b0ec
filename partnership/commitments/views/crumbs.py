"""The way to the pages of commitments."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.menu import crumbs


def commitments(*further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """The list, and what stands below it."""
    return crumbs((_("Commitments"), reverse("commitments:index")), *further)

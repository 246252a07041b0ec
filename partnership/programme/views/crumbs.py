"""The way to the pages of the programme."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.menu import crumbs


def programme(*further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """The programme's page, and what stands below it."""
    return crumbs((_("Partnership programme"), reverse("programme:index")), *further)


def calls(*further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return programme((_("Calls"), reverse("programme:calls")), *further)


def offers(*further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return programme((_("We seek, we offer"), reverse("programme:offers")), *further)


def barometer(*further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return programme((_("Partnership barometer"), reverse("programme:barometer")), *further)


def centres(*further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return programme((_("Economic development centres"), reverse("programme:centres")), *further)

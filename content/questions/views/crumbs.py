"""The way to the pages of legal questions."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal import menu
from portal.languages import current_language


def legal_questions(*further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """The page of published answers, when it is there, and what stands below it."""
    index = menu.pages(current_language()).index.get("questions")
    return menu.crumbs(*([(_("Legal questions"), index)] if index else []), *further)


def below_own(*further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """What stands below the reader's own questions."""
    return legal_questions((_("My questions"), reverse("questions:mine")), *further)

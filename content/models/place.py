"""Where a page stands, and what it is in other languages."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.visibility import visible_to

from .originals import NewerOriginal, with_originals


@dataclass(frozen=True)
class Place:
    """Where a page stands: the way down to it, and its addresses by language.

    `newer` is its original, when that has a substantive change that the page lacks.
    """

    crumbs: list[tuple[str, str]]
    alternates: dict[str, str]
    newer: NewerOriginal | None


def place_of(page: Page, user: AbstractBaseUser | AnonymousUser) -> Place:
    """The published pages above `page`, and the same page in other languages: one query."""
    steps = range(3 * Page.steplen, len(page.path), Page.steplen)
    above = [page.path[:step] for step in steps]
    rows = (
        with_originals(visible_to(Page.objects.all(), user))
        .filter(Q(path__in=above) | Q(translation_key=page.translation_key))
        .order_by("path")
        .values_list(
            "pk",
            "path",
            "title",
            "url_path",
            "translation_key",
            "locale__language_code",
            "original_language",
            "lacks_since",
        )
    )
    language_of_page = page.locale.language_code
    crumbs = [(_("Home"), f"/{language_of_page}/")]
    alternates = {language_of_page: page.url_path}
    original, lacks_since = language_of_page, None
    for pk, path, title, url_path, translation_key, language, of, since in rows:
        if path in above:
            crumbs.append((title, url_path))
        if translation_key == page.translation_key:
            alternates[language] = url_path
        if pk == page.pk:
            original, lacks_since = of, since
    newer = None
    if lacks_since and original in alternates:
        day = timezone.localdate(lacks_since)
        newer = NewerOriginal(original, alternates[original], day)
    return Place([*crumbs, (page.title, page.url_path)], alternates, newer)

"""In which languages a report can be read, and which of them lacks a change of its original."""

from typing import Any, NamedTuple

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.pages.models.translation_lag import with_translation_lag
from content.pages.visibility import User, visible_to
from portal.languages import LANGUAGES


class State(NamedTuple):
    """One language of a report: `url` is "" where readers do not have it."""

    language: str
    url: str
    words: str
    is_behind: bool = False

    @property
    def name(self) -> str:
        """The language in its own words."""
        return str(dict(settings.LANGUAGES)[self.language])


def states(page: Any, user: User) -> list[State]:
    """Each language of the portal in its order, with what readers have: one query.

    A draft is told of to nobody: it is not published.
    """
    rows = with_translation_lag(
        visible_to(Page.objects.filter(translation_key=page.translation_key), user)
    ).values_list(
        "locale__language_code", "url_path", "last_published_at", "lacks_since", "original_language"
    )
    by_language = {row[0]: row for row in rows.order_by()}
    found = []
    for language in LANGUAGES:
        row = by_language.get(language)
        if row is None:
            found.append(State(language, "", _("not published yet")))
            continue
        _code, url, published, lacks, original = row
        if lacks:
            words = _("lacks the change of %(day)s") % {"day": date_format(localtime(lacks))}
        elif language == original:
            words = _("the original, published on %(day)s") % {
                "day": date_format(localtime(published))
            }
        else:
            words = _("published on %(day)s") % {"day": date_format(localtime(published))}
        found.append(State(language, url, words, bool(lacks)))
    return found

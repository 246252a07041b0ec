"""What waits for those who translate: their orders, and those that nobody has taken."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.inbox import Task

from .board import waiting
from .permissions import languages_of


def tasks(user) -> Iterator[Task]:
    """A line an order, with the title of its page: three queries, for the roles as well."""
    locales = languages_of(user)
    if not locales:
        return
    orders = list(waiting(user, locales))
    titles: dict = {}
    for page in Page.objects.filter(
        translation_key__in=[one.translation_key for one in orders], alias_of=None
    ).order_by("-locale_id"):
        titles[page.translation_key] = page.title
    for one in orders:
        if title := titles.get(one.translation_key):
            yield Task(
                what=_("Translate into %(language)s")
                % {"language": one.locale.language_name_localized.lower()},
                title=title,
                url=reverse(
                    "translations:segments", args=[one.translation_key, one.locale.language_code]
                ),
                due=one.due,
            )

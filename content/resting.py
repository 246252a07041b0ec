"""Guidance and news, on the page of each section of the law that they rest on."""

from collections import defaultdict
from collections.abc import Callable, Collection
from functools import partial

from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from portal.law.models import Section
from portal.law.resting import Item, Kind, User

from .models import GuidanceArticlePage, InformationPage, NewsPage, SubjectPage
from .reading import references_to_sections


def items(
    models: Collection[type[SubjectPage]],
    note: Callable[[SubjectPage], str],
    sections: Collection[Section],
    user: User,
    language: str,
) -> dict[int, list[Item]]:
    """Published pages that refer to the sections: two queries, however many sections.

    Pages in `language` alone: the others are the same pages, met by the language switch.
    """
    rows = (
        references_to_sections()
        .filter(to_object_id__in=[str(section.pk) for section in sections])
        .values_list("object_id", "to_object_id")
        .distinct()
    )
    sections_by_page = defaultdict(list)
    for page_pk, section_pk in rows:
        sections_by_page[int(page_pk)].append(int(section_pk))
    found = defaultdict(list)
    for model in models:
        pages = (
            model.objects.visible_to(user)
            .in_language(language)
            .filter(pk__in=sections_by_page)
            .defer_streamfields()
            .order_by(F("changed_at").desc(nulls_last=True), "title")
        )
        for page in pages:
            with override(language):
                item = Item(title=page.title, url=page.url_path, note=note(page))
            for section_pk in sections_by_page[page.pk]:
                found[section_pk].append(item)
    return found


def changed(page: SubjectPage) -> str:
    """When readers last had to know of a change."""
    return _("Updated %(date)s") % {"date": date_format(page.changed_at)} if page.changed_at else ""


def dated(page: NewsPage) -> str:
    return date_format(page.date)


KINDS = [
    Kind(
        "guidance",
        gettext_lazy("Guidance"),
        partial(items, [GuidanceArticlePage, InformationPage], changed),
    ),
    Kind("news", gettext_lazy("News"), partial(items, [NewsPage], dated)),
]

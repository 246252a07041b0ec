"""Guidance and news: on the page of each section that they rest on, and on its work lists."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import partial
from operator import attrgetter

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.law.models import Section
from portal.law.resting import Dependant, Description, Item, Kind, User

from .models import GuidanceArticlePage, InformationPage, NewsPage, SubjectPage
from .reading import pages_of, references_to
from .visibility import visible_to

Models = Collection[type[SubjectPage]]


def items(
    models: Models,
    note: Callable[[SubjectPage], str],
    sections: Collection[Section],
    user: User,
    language: str,
) -> dict[int, list[Item]]:
    """Published pages that refer to the sections: a query for each of the models, and one more
    for many sections, to know which page refers to which.

    Pages in `language` alone: the others are the same pages, met by the language switch. What no
    longer applies comes last.
    """
    references = references_to(sections)
    alone = [section.pk for section in sections] if len(sections) == 1 else None
    sections_by_page = {} if alone else _by_page(references)
    pages: list[SubjectPage] = []
    for model in models:
        pages += (
            model.objects.visible_to(user)
            .in_language(language)
            .filter(pk__in=pages_of(references))
            .with_checks()
            .defer_streamfields()
            .order_by(F("changed_at").desc(nulls_last=True), "title")
        )
    found = defaultdict(list)
    for page in sorted(pages, key=attrgetter("is_past")):
        with override(language):
            item = Item(page.title, page.url_path, note(page), page.being_checked)
        for section_pk in alone or sections_by_page[page.pk]:
            found[section_pk].append(item)
    return found


def dependants(models: Models, sections: Collection[Section]) -> Iterator[Dependant]:
    """Published pages that refer to the sections, in each of their languages.

    What is found of a page holds for its aliases, which are not checked themselves.
    """
    references = references_to(sections)
    sections_by_page = _by_page(references)
    for model in models:
        pages = model.objects.filter(live=True, alias_of=None, pk__in=pages_of(references))
        for pk, together, keeper in pages.values_list("pk", "translation_key", "keeper"):
            for section_pk in sections_by_page[pk]:
                yield Dependant(section_pk, str(pk), str(together), keeper)


def describe(subjects: Collection[str], user: User, language: str) -> dict[str, Description]:
    """Pages that are open to `user`, or that they may publish; publishers may confirm them."""
    policy = PagePermissionPolicy()
    open_to_user = visible_to(Page.objects.filter(pk=OuterRef("pk")), user)
    pages = (
        Page.objects.filter(pk__in=[int(subject) for subject in subjects])
        .select_related("locale")
        .annotate(open=Exists(open_to_user))
    )
    found = {}
    for page in pages:
        may_edit = policy.user_has_permission_for_instance(user, "change", page)
        may_publish = policy.user_has_permission_for_instance(user, "publish", page)
        if page.open or may_publish:
            found[str(page.pk)] = Description(
                title=page.title,
                url=page.url_path if page.live else "",
                edit_url=reverse("wagtailadmin_pages:edit", args=[page.pk]) if may_edit else "",
                language=page.locale.language_code,
                may_confirm=may_publish,
            )
    return found


def _by_page(references) -> dict[int, list[int]]:
    """Page → the sections that it refers to, each once: one query."""
    found = defaultdict(list)
    for page_pk, section_pk in references.values_list("object_id", "to_object_id").distinct():
        found[int(page_pk)].append(int(section_pk))
    return found


def changed(page: SubjectPage) -> str:
    """From when or until when it applies, or when readers last had to know of a change."""
    if page.is_past:
        return _("No longer applies, until %(day)s") % {"day": date_format(page.applies_to)}
    if page.is_to_come:
        return _("From %(day)s") % {"day": date_format(page.applies_from)}
    return _("Updated %(date)s") % {"date": date_format(page.changed_at)} if page.changed_at else ""


def dated(page: NewsPage) -> str:
    return date_format(page.date)


def _kind(key: str, title, models: Models, note) -> Kind:
    return Kind(key, title, partial(items, models, note), partial(dependants, models), describe)


KINDS = [
    _kind("guidance", gettext_lazy("Guidance"), [GuidanceArticlePage, InformationPage], changed),
    _kind("news", gettext_lazy("News"), [NewsPage], dated),
]

"""Pages on the page of each section of the law that they rest on, and on its work lists."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache, partial
from operator import attrgetter

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy, override
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.law.models import Section
from portal.law.resting import Dependant, Description, Item, Kind, User

from .models import SubjectPage
from .reading import pages_of, references_to
from .visibility import visible_to

NEVER = datetime.min.replace(tzinfo=UTC)


def items(sections: Collection[Section], user: User, language: str) -> dict[int, list[Item]]:
    """Published pages that refer to the sections: a query, one more for each kind that there is,
    and one for many sections, to know which page refers to which.

    Pages in `language` alone: the others are the same pages, met by the language switch. The last
    changed come first, and what no longer applies last.
    """
    references = references_to(sections)
    alone = [section.pk for section in sections] if len(sections) == 1 else None
    sections_by_page = {} if alone else _by_page(references)
    found = defaultdict(list)
    with override(language):
        for page in _in_order(_referring(references, user, language)):
            item = Item(
                page.resting_kind, page.title, page.url_path, page.resting_note, page.being_checked
            )
            for section_pk in alone or sections_by_page[page.pk]:
                found[section_pk].append(item)
    return found


def counts(sections: Collection[Section], user: User, language: str) -> Counter[int]:
    """How many pages `items` lists of each section: two queries, and no page is put together."""
    references = references_to(sections)
    pages = set(_open_to(references, user, language).values_list("pk", flat=True))
    by_page = _by_page(references).items()
    return Counter(section for page, several in by_page if page in pages for section in several)


def _open_to(references, user: User, language: str):
    pages = visible_to(Page.objects.type(*subject_models()), user)
    return pages.filter(locale__language_code=language, pk__in=pages_of(references))


def _referring(references, user: User, language: str) -> list[SubjectPage]:
    """The pages as what they are, without their bodies: a query for each kind that there is.

    A join with the tables of every kind would cost the more the more kinds there are.
    """
    kinds = Counter(_open_to(references, user, language).values_list("content_type_id", flat=True))
    found: list[SubjectPage] = []
    for model in subject_models():
        if ContentType.objects.get_for_model(model).pk in kinds:
            pages = visible_to(model.objects.all(), user)
            found += (
                pages.filter(locale__language_code=language, pk__in=pages_of(references))
                .with_checks()
                .defer_streamfields()
            )
    return found


def _in_order(pages: Iterable[SubjectPage]) -> list[SubjectPage]:
    by_title = sorted(pages, key=attrgetter("title"))
    newest_first = sorted(by_title, key=lambda page: page.changed_at or NEVER, reverse=True)
    return sorted(newest_first, key=attrgetter("is_past"))


@cache
def subject_models() -> tuple[type[SubjectPage], ...]:
    """The kinds of page that may rest on the law."""
    return tuple(model for model in apps.get_models() if issubclass(model, SubjectPage))


def dependants(kind: str, sections: Collection[Section]) -> Iterator[Dependant]:
    """Published pages of a kind that refer to the sections, in each of their languages.

    What is found of a page holds for its aliases, which are not checked themselves.
    """
    references = references_to(sections)
    sections_by_page = _by_page(references)
    for model in subject_models():
        if model.resting_kind != kind:
            continue
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


def _kind(key: str, title) -> Kind:
    return Kind(key, title, items, partial(dependants, key), describe, counts=counts)


KINDS = [_kind("guidance", gettext_lazy("Guidance")), _kind("news", gettext_lazy("News"))]

"""Pages on the page of each section of the law that they rest on, and on its work lists."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from functools import cache, partial

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from law.models import Act, Chapter, Section
from law.references import Backlink, Closeness, Description, Reference, Referrer, User

from .models import SubjectPage
from .related import pages_of, references_to
from .visibility import visible_to

LAW = (Section, Chapter, Act)
LAW_BOX = "body.law.sections.item"  # where Wagtail's index finds a section of such a box


def backlinks(
    sections: Collection[Section], user: User, language: str
) -> dict[int, list[Backlink]]:
    """Published pages that refer to the sections: two queries, and one for each kind that there is.

    Pages in `language` alone: the others are the same pages, met by the language switch. A page
    names the sections of its boxes of the law (pages.blocks.law) and mentions those that its
    text, its steps and its call-outs lead to.
    """
    references = references_to(sections)
    by_page = _closest(references, sections)
    found = defaultdict(list)
    with override(language):
        for page in _referring(references, user, language):
            for section_pk, closeness in by_page[page.pk].items():
                item = Backlink(
                    kind=page.referrer_key,
                    title=page.title,
                    url=page.url_path,
                    note=page.reference_note,
                    under_review=page.under_review,
                    summary=page.summary,
                    closeness=Closeness.OVER if page.is_past else closeness,
                )
                found[section_pk].append(item)
    return found


def counts(sections: Collection[Section], user: User, language: str) -> Counter[int]:
    """How many pages `backlinks` lists of each section: two queries, no page put together."""
    references = references_to(sections)
    pages = set(_open_to(references, user, language).values_list("pk", flat=True))
    by_page = _closest(references, sections).items()
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
                .with_review_state()
                .defer_streamfields()
            )
    return found


@cache
def subject_models() -> tuple[type[SubjectPage], ...]:
    """The kinds of page that may rest on the law."""
    return tuple(model for model in apps.get_models() if issubclass(model, SubjectPage))


def references(kind: str, sections: Collection[Section]) -> Iterator[Reference]:
    """Published pages of a kind that refer to the sections, in each of their languages.

    What is found of a page holds for its aliases, which are not checked themselves.
    """
    references = references_to(sections)
    sections_by_page = _closest(references, sections)
    for model in subject_models():
        if model.referrer_key != kind:
            continue
        pages = model.objects.filter(live=True, alias_of=None, pk__in=pages_of(references))
        for pk, together, keeper in pages.values_list("pk", "translation_key", "keeper"):
            for section_pk in sections_by_page[pk]:
                yield Reference(section_pk, str(pk), str(together), keeper)


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


def _closest(references, sections: Collection[Section]) -> dict[int, dict[int, Closeness]]:
    """Page → those of the sections that it rests on, each by its closest place: one query.

    Whoever rests on a chapter or an act rests on each section of it.
    """
    inside: dict[tuple[int, int], list[int]] = defaultdict(list)
    kind, chapter, act = (ContentType.objects.get_for_model(one).pk for one in LAW)
    for section in sections:
        inside[kind, section.pk].append(section.pk)
        if section.chapter_id:
            inside[chapter, section.chapter_id].append(section.pk)
        inside[act, section.act_id].append(section.pk)
    wide = {chapter: Closeness.CHAPTER, act: Closeness.ACT}
    found: dict[int, dict[int, Closeness]] = defaultdict(dict)
    rows = references.values_list("object_id", "to_content_type", "to_object_id", "model_path")
    for page_pk, leads_to, key, place in rows.distinct():
        near = Closeness.NAMED if place == LAW_BOX else Closeness.MENTIONED
        closeness = wide.get(leads_to, near)
        known = found[int(page_pk)]
        for section_pk in inside[leads_to, int(key)]:
            known[section_pk] = min(closeness, known.get(section_pk, closeness))
    return found


def referrer(key: str, title) -> Referrer:
    """What pages of the kind that rests on sections under `key` do for the law."""
    return Referrer(
        title, backlinks, partial(references, key), describe, counts=counts, wholes=True
    )

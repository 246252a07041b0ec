"""What readers are shown around a page: its place, its languages, its law, what is near."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page, ReferenceIndex

from portal.law.models import Section

from .visibility import BasePageQuerySet, visible_to

User = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class Place:
    """Where a page stands: the way down to it, and its addresses by language."""

    crumbs: list[tuple[str, str]]
    alternates: dict[str, str]


def place_of(page: Page, user: User) -> Place:
    """The published pages above `page`, and the same page in other languages: one query."""
    steps = range(3 * Page.steplen, len(page.path), Page.steplen)
    above = [page.path[:step] for step in steps]
    rows = (
        visible_to(Page.objects.all(), user)
        .filter(Q(path__in=above) | Q(translation_key=page.translation_key))
        .order_by("path")
        .values_list("path", "title", "url_path", "translation_key", "locale__language_code")
    )
    language_of_page = page.locale.language_code
    crumbs = [(_("Home"), f"/{language_of_page}/")]
    alternates = {language_of_page: page.url_path}
    for path, title, url_path, translation_key, language in rows:
        if path in above:
            crumbs.append((title, url_path))
        if translation_key == page.translation_key:
            alternates[language] = url_path
    return Place([*crumbs, (page.title, page.url_path)], alternates)


def page_address(name: str, url_path: str, **kwargs) -> str:
    """The address of a view about a page, such as its history, in the language of its address."""
    language, _slash, path = url_path.lstrip("/").partition("/")
    with override(language):
        return reverse(name, kwargs={"path": path, **kwargs})


def related(page: Page, pages: BasePageQuerySet, user: User, limit: int = 4) -> list:
    """Those of `pages` that share sections of the law or topics with `page`, the nearest first.

    In the page's language, and only what `user` may see. A shared section weighs as two topics.
    One query.
    """
    if page.pk is None:
        return []
    model = pages.model
    topics = model.topics.through.objects
    own_topics = type(page).topics.through.objects.filter(
        **{f"{type(page)._meta.model_name}": page}
    )
    shared_topics = (
        topics.filter(
            **{model._meta.model_name: OuterRef("pk")}, topic__in=own_topics.values("topic")
        )
        .order_by()
        .values(model._meta.model_name)
        .annotate(number=Count("topic", distinct=True))
        .values("number")
    )
    shared_sections = (
        references_to_sections()
        .filter(
            object_id=Cast(OuterRef("pk"), CharField()),
            to_object_id__in=references_to_sections()
            .filter(object_id=str(page.pk))
            .values("to_object_id"),
        )
        .order_by()
        .values("object_id")
        .annotate(number=Count("to_object_id", distinct=True))
        .values("number")
    )
    return list(
        pages.visible_to(user)
        .filter(locale_id=page.locale_id)
        .exclude(pk=page.pk)
        .with_checks()
        .defer_streamfields()
        .annotate(
            nearness=_number(shared_topics) + 2 * _number(shared_sections),
        )
        .filter(nearness__gt=0)
        .order_by("-nearness", F("changed_at").desc(nulls_last=True), "pk")[:limit]
    )


def _number(subquery):
    return Coalesce(Subquery(subquery, output_field=IntegerField()), 0)


def references_to_sections():
    """Wagtail's own index of which page refers to which section of the law."""
    return ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(Section),
    )


def section_keys(page: Page) -> set[int]:
    """The primary keys of the sections that the body refers to, in a block or in running text."""
    stream = page.body
    references = stream.stream_block.extract_references(stream)
    return {int(key) for model, key, _model_path, _content_path in references if model is Section}


def sections_of(page: Page) -> list[Section]:
    """The sections that the body refers to, in the order of the law."""
    return list(Section.objects.filter(pk__in=section_keys(page)).select_related("act"))


def theme_addresses(topics, locale_id: int) -> dict[int, str]:
    """Topic → the address of its theme page, published to all, in a language."""
    themes = visible_to(Page.objects.filter(locale_id=locale_id), AnonymousUser())
    rows = themes.filter(themepage__topic__in=topics).values_list("themepage__topic", "url_path")
    return dict(rows)

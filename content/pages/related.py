"""What readers are shown around a page: its law, what is near, and views about it."""

from collections.abc import Collection, Iterator

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, ReferenceIndex

from law import following
from law.models import Act, Chapter, Section
from portal.caching.memory import remembered

from .mentions import BETWEEN, PLAIN
from .visibility import BasePageQuerySet, closed_to, visible_to

User = AbstractUser | AnonymousUser


def page_address(name: str, url_path: str, **kwargs) -> str:
    """The address of a view about a page, such as its history, in the language of its address."""
    language, _slash, path = url_path.lstrip("/").partition("/")
    with override(language):
        return reverse(name, kwargs={"path": path, **kwargs})


def related(page: Page, pages: BasePageQuerySet, user: User, limit: int = 4) -> list:
    """Those of `pages` that share sections of the law or topics with `page`, the nearest first.

    In the page's language, and only what `user` may see. A shared section weighs as two topics.
    One query in a version; `pages` are the same for everybody, and one choice of their kind.
    """
    if page.pk is None:
        return []
    key = ("related", page.pk, pages.model, limit, closed_to(user))
    return remembered(lambda: _related(page, pages, user, limit), *key)


def _related(page: Page, pages: BasePageQuerySet, user: User, limit: int) -> list:
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
        .with_review_state()
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


def references_to(sections: Collection[Section]):
    """The references of pages that lead to one of the sections, to its chapter or to its act."""
    return ReferenceIndex.objects.filter(
        _leads(Section, {one.pk for one in sections})
        | _leads(Chapter, {one.chapter_id for one in sections if one.chapter_id})
        | _leads(Act, {one.act_id for one in sections}),
        base_content_type=ContentType.objects.get_for_model(Page),
    )


def _leads(model: type[Model], keys: Collection[int]) -> Q:
    kind = ContentType.objects.get_for_model(model)
    return Q(to_content_type=kind, to_object_id__in=[str(key) for key in keys])


def pages_of(references):
    """The primary keys of the pages that refer, as a subquery."""
    return references.annotate(page=Cast("object_id", BigIntegerField())).values("page")


def law_places(page: Page) -> Iterator[tuple[type[Model], int, str]]:
    """Each section, chapter and act that the page refers to, and in what kind of place.

    Sections that it names in plain words are among them.
    """
    for field in page._meta.get_fields():
        if not hasattr(field, "extract_references"):
            continue
        for model, key, place, _path in field.extract_references(field.value_from_object(page)):
            if model in (Section, Chapter, Act):
                yield model, int(key), place


def section_keys(page: Page) -> set[int]:
    """The primary keys of the sections that the page rests on or names in plain words.

    All those of the chapters and acts that it rests on among them: one query, where there are any.
    """
    keys: dict[type[Model], set[int]] = {Section: set(), Chapter: set(), Act: set()}
    for model, key, _place in law_places(page):
        keys[model].add(key)
    if keys[Chapter] or keys[Act]:
        whole = Q(chapter__in=keys[Chapter]) | Q(act__in=keys[Act])
        keys[Section].update(Section.objects.filter(whole).order_by().values_list("pk", flat=True))
    return keys[Section]


def keys_written_out(page: Page) -> set[int]:
    """Those of them that the page, as it stands here, names and does not refer to."""
    plain: set[int] = set()
    others: set[int] = set()
    for model, key, place in law_places(page):
        if model is not Section:
            continue
        (others if place.rpartition(".")[2] not in (PLAIN, BETWEEN) else plain).add(key)
    return plain - others


def sections_of(page: Page) -> list[Section]:
    """The sections that the page itself refers to or names, in the order of the law."""
    keys = {key for model, key, _place in law_places(page) if model is Section}
    return list(Section.objects.filter(pk__in=keys).select_related("act", "chapter"))


def followed_through(page: Page) -> list[tuple[str, str]]:
    """Whoever follows one of these hears of the page: its sections, and what each stands in.

    The chapters and acts too that it rests on as a whole; a query for each kind that there is.
    """
    targets = [target for one in sections_of(page) for target in following.targets_of(one)]
    wholes = [(model, key) for model, key, _place in law_places(page) if model is not Section]
    chapters = {key for model, key in wholes if model is Chapter}
    acts = {key for model, key in wholes if model is Act}
    for chapter in Chapter.objects.filter(pk__in=chapters).select_related("act"):
        targets += following.targets_within(chapter.act, chapter)
    for act in Act.objects.filter(pk__in=acts):
        targets += following.targets_within(act)
    return list(dict.fromkeys(targets))


def written_out():
    """Of the references to sections, those that are plain words and nothing else on their page."""
    plain = references_to_sections().filter(model_path__endswith=f".{PLAIN}")
    referred = (
        references_to_sections()
        .filter(object_id=OuterRef("object_id"), to_object_id=OuterRef("to_object_id"))
        .exclude(model_path__endswith=f".{PLAIN}")
        .exclude(model_path__endswith=f".{BETWEEN}")
    )
    return plain.filter(~Exists(referred))


def theme_addresses(topics, locale_id: int) -> dict[int, str]:
    """Topic → the address of its theme page, published to all, in a language."""
    themes = visible_to(Page.objects.filter(locale_id=locale_id), AnonymousUser())
    rows = themes.filter(themepage__topic__in=topics).values_list("themepage__topic", "url_path")
    return dict(rows)

"""The board: each original page, and how it stands in each language.

How a translation stands follows from its text: the segments without a translation, or, of pages
joined by their key alone, what the original has published since.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, ReferenceIndex, get_page_models
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from content.pages.models import BasePage
from content.pages.models.translation_lag import with_translation_lag
from law.models import Section

from .models import TranslationOrder


class Standing(StrEnum):
    ORIGINAL = "original"
    CURRENT = "current"
    DRAFT = "draft"
    OUTDATED = "outdated"
    IN_WORK = "in-work"
    MISSING = "missing"
    NOT_NEEDED = "not-needed"


STANDINGS = {
    Standing.ORIGINAL: _("Original"),
    Standing.CURRENT: _("Current"),
    Standing.DRAFT: _("Translated, not published"),
    Standing.OUTDATED: _("Outdated"),
    Standing.IN_WORK: _("In work"),
    Standing.MISSING: _("Missing"),
    Standing.NOT_NEEDED: _("Not needed"),
}


@dataclass(frozen=True)
class Cell:
    """A page in a language: how it stands, how many segments lack, since when, and its order."""

    standing: Standing
    locale: Locale
    gaps: int = 0
    since: datetime | None = None
    order: TranslationOrder | None = None
    begun: bool = False

    @property
    def name(self):
        return STANDINGS[self.standing]


@dataclass(frozen=True)
class Row:
    """An original with its cells, in the order of the languages."""

    page: Page
    statutory: bool
    cells: Sequence[Cell]


def kinds() -> list[type[Page]]:
    return [model for model in get_page_models() if issubclass(model, BasePage)]


def originals() -> QuerySet[Page]:
    """The pages that others are translations of, those that rest on the law first.

    Annotated: `statutory`.
    """
    translated = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"),
        target_locale=OuterRef("locale"),
        enabled=True,
    )
    siblings = Page.objects.filter(translation_key=OuterRef("translation_key"), alias_of=None)
    sources = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"), source__locale=OuterRef("locale")
    )
    finnish = siblings.filter(locale__language_code="fi").exclude(pk=OuterRef("pk"))
    resting = ReferenceIndex.objects.filter(
        to_content_type__app_label=Section._meta.app_label,
        to_content_type__model=Section._meta.model_name,
        base_content_type__model="page",
        object_id=OuterRef("pk_as_text"),
    )
    return (
        Page.objects.type(*kinds())
        .filter(alias_of=None)
        .filter(~Exists(translated), Exists(sources) | ~Exists(finnish))
        .annotate(pk_as_text=Cast("pk", CharField()))
        .annotate(statutory=Exists(resting))
        .select_related("locale")
        .order_by(F("statutory").desc(), "title", "pk")
    )


def rows(pages: Iterable[Page]) -> list[Row]:
    """The board's rows of some originals: six queries, however many."""
    pages = list(pages)
    locales = list(Locale.objects.order_by("pk"))
    keys = [page.translation_key for page in pages]
    siblings = {
        (page.translation_key, page.locale_id): page
        for page in with_translation_lag(
            Page.objects.filter(translation_key__in=keys, alias_of=None)
        )
    }
    work = {
        (one.source.object_id, one.target_locale_id): one
        for one in with_gaps(
            Translation.objects.filter(source__object_id__in=keys, enabled=True)
        ).select_related("source")
    }
    orders = {
        (one.translation_key, one.locale_id): one
        for one in TranslationOrder.objects.filter(translation_key__in=keys).select_related(
            "assignee"
        )
    }
    found = []
    for page in pages:
        cells = []
        for locale in locales:
            at = (page.translation_key, locale.pk)
            cells.append(cell(page, locale, siblings.get(at), work.get(at), orders.get(at)))
        found.append(Row(page, page.statutory, cells))
    return found


def cell(page, locale, sibling, work, order) -> Cell:
    """How a page stands in a language; `sibling` has its lag, `work` its gaps."""
    if locale.pk == page.locale_id:
        return Cell(Standing.ORIGINAL, locale)
    if order and order.not_needed:
        return Cell(Standing.NOT_NEEDED, locale, order=order)
    gaps = work.gaps if work else 0
    since = (work.source.last_updated_at if gaps else None) or (
        sibling.lacks_since if sibling and not work else None
    )
    if order and order.is_open and (gaps or since or sibling is None or not sibling.live):
        standing = Standing.IN_WORK
    elif sibling is None:
        standing = Standing.MISSING
    elif gaps or since:
        standing = Standing.OUTDATED if sibling.live else Standing.MISSING
    elif not sibling.live or sibling.has_unpublished_changes:
        standing = Standing.DRAFT
    else:
        standing = Standing.CURRENT
    return Cell(standing, locale, gaps, since, order, begun=work is not None)


def with_gaps(translations: QuerySet[Translation]) -> QuerySet[Translation]:
    """Translations with `gaps`: how many segments of each have no translation yet."""
    done = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=OuterRef(OuterRef("target_locale")),
        has_error=False,
    )
    missing = (
        StringSegment.objects.filter(~Exists(done), source=OuterRef("source"))
        .order_by()
        .values("source")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return translations.annotate(gaps=Coalesce(Subquery(missing), 0))


def waiting(user, locales: Sequence[Locale]) -> QuerySet[TranslationOrder]:
    """Open orders that wait for a person: their own, and in their languages those of nobody."""
    own = Q(assignee=user) | Q(assignee=None, locale__in=locales)
    return TranslationOrder.objects.open().filter(own).select_related("locale")

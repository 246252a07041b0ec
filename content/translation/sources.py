"""What translations are made from: the newest draft of a page, taken before anything is live."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from content.pages.models import SourceRevision

from .models import TranslationOrder
from .segments import adopt, reuse


@transaction.atomic
def take(page: Page) -> TranslationSource:
    """The source of a page's translations with the words of its newest draft.

    Segments whose words stay keep their translation, wherever they stand now.
    """
    page = page.specific
    source, _made = TranslationSource.update_or_create_from_instance(
        page.get_latest_revision_as_object()
    )
    SourceRevision.objects.update_or_create(
        source=source,
        defaults={"revision": page.latest_revision, "taken_at": source.last_updated_at},
    )
    for translation in source.translations.filter(enabled=True):
        reuse(translation)
    return source


@transaction.atomic
def begin(page: Page, locale: Locale, *, by: AbstractBaseUser | None) -> Translation:
    """The translation of a page into a language, begun if there was none.

    A page that is there already, joined by its key alone, gives its texts; where there is none, a
    draft is made.
    """
    source = take(page)
    translation, made = Translation.objects.get_or_create(source=source, target_locale=locale)
    there = Page.objects.filter(
        translation_key=page.translation_key, locale=locale, alias_of=None
    ).first()
    if not made and translation.enabled:
        return translation
    Translation.objects.filter(pk=translation.pk).update(enabled=True)
    translation.enabled = True
    if there:
        adopt(translation, there.specific)
    else:
        translation.save_target(user=by, publish=False)
    return translation


def take_drafts() -> int:
    """What the worker does each minute: sources of open orders follow their drafts; how many did.

    Pages whose newest revision is the one that was taken are left alone.
    """
    keys = TranslationOrder.objects.open().values("translation_key")
    taken = 0
    behind = TranslationSource.objects.filter(object__in=keys).select_related("object", "locale")
    revisions = dict(SourceRevision.objects.values_list("source", "revision"))
    pages = {
        (page.translation_key, page.locale_id): page
        for page in Page.objects.filter(translation_key__in=keys, alias_of=None)
    }
    for source in behind:
        page = pages.get((source.object_id, source.locale_id))
        if page and revisions.get(source.pk) != page.latest_revision_id:
            take(page)
            taken += 1
    return taken

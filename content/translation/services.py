"""What happens to a translation: ordered, taken, its segments written, handed over, published."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from portal.accounts.models import User

from . import letters
from .chips import ChipError, from_typed
from .models import TranslationOrder
from .segments import Piece, pieces, untranslated
from .sources import begin


class NotCompleteError(Exception):
    """A translation with segments that are not translated cannot be handed over; how many."""


@transaction.atomic
def order(
    page: Page,
    locales: Iterable[Locale],
    *,
    by: User,
    due: date | None = None,
    assignee: User | None = None,
) -> list[TranslationOrder]:
    """Order a page in languages: the newest draft is what is translated. One letter a translator.

    Ordered again, an order gets the new day and translator, and is open.
    """
    made = []
    for locale in locales:
        if locale.pk == page.locale_id:
            continue
        begin(page, locale, by=by)
        row, _new = TranslationOrder.objects.update_or_create(
            translation_key=page.translation_key,
            locale=locale,
            defaults={
                "due": due,
                "assignee": assignee,
                "ordered_by": by,
                "ordered_at": timezone.now(),
                "delivered_at": None,
                "not_needed": "",
            },
        )
        log(page, "content.translation_ordered", user=by, data={"language": locale.language_code})
        made.append(row)
        if assignee != by:
            letters.ordered(row, page)
    return made


@transaction.atomic
def not_needed(page: Page, locale: Locale, reason: str, *, by: User) -> None:
    """Say why a page has no translation into a language; an order of one ends."""
    TranslationOrder.objects.update_or_create(
        translation_key=page.translation_key,
        locale=locale,
        defaults={"not_needed": reason, "ordered_by": by, "due": None, "assignee": None},
    )
    log(
        page,
        "content.translation_not_needed",
        user=by,
        data={"language": locale.language_code, "reason": reason},
    )


@transaction.atomic
def claim(row: TranslationOrder, *, by: User) -> bool:
    """Take an order that nobody has; False when somebody was faster."""
    open_rows = TranslationOrder.objects.open().filter(pk=row.pk, assignee=None)
    return bool(open_rows.update(assignee=by))


@transaction.atomic
def write_segments(
    translation: Translation, said: Mapping[str, str], *, by: User
) -> dict[str, str]:
    """Keep what was typed of the segments named in `said`; the errors by the name of the field.

    What has an error or is empty is not kept, all the rest is: a form shows its fields again with
    what was typed. A segment of whose field nothing came is left as it was.
    """
    errors: dict[str, str] = {}
    for piece in pieces(translation):
        text = said.get(piece.name)
        if text is None or not text.strip():
            continue
        try:
            data = from_typed(text, piece.segment.string.data)
        except ChipError as error:
            errors[piece.name] = str(error)
            continue
        _keep(translation, piece, data, by)
    return errors


def _keep(translation: Translation, piece: Piece, data: str, by: User) -> None:
    kept, made = StringTranslation.objects.get_or_create(
        translation_of=piece.segment.string,
        locale=translation.target_locale,
        context=piece.segment.context,
        defaults={
            "data": data,
            "last_translated_by": by,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
        },
    )
    if not made and (kept.data != data or kept.has_error):
        kept.data, kept.last_translated_by = data, by
        kept.has_error, kept.field_error = False, ""
        kept.save()


@transaction.atomic
def hand_over(translation: Translation, *, by: User) -> Page:
    """The translation is done: the page has it as a draft, and who ordered it hears of it.

    NotCompleteError while a segment has no translation. Publishing is another's act.
    """
    missing = untranslated(translation).count()
    if missing:
        raise NotCompleteError(missing)
    translation.save_target(user=by, publish=False)
    page = translation.get_target_instance()
    row = TranslationOrder.objects.filter(
        translation_key=translation.source.object_id, locale=translation.target_locale
    ).first()
    log(
        page,
        "content.translation_delivered",
        user=by,
        data={"language": translation.target_locale.language_code},
    )
    if row and row.is_open:
        TranslationOrder.objects.filter(pk=row.pk).update(delivered_at=timezone.now())
        if row.ordered_by != by:
            letters.delivered(row, page)
    return page

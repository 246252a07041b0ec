"""What a page that is kept as a translation carries of the changes of its original.

It carries each change once, when it is published after the change was taken into the translation
("Sync translated pages"). The note of a substantive change is said in the translation's own
language: as the last piece of the translation, or when it is asked for at the publication.
"""

from datetime import datetime

from django.db.models import Q
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from content.pages.models import (
    BasePage,
    ChangeKind,
    NoteInTranslation,
    PageChange,
    SourceRevision,
)


def translation_of(page: BasePage) -> Translation | None:
    """The translation that `page` is kept as, if it is one."""
    return (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
        )
        .select_related("source")
        .first()
    )


def changes_to_carry(
    page: BasePage, translation: Translation, until: datetime | None = None
) -> list[PageChange]:
    """The publications of the original that the translation has and has not told of, newest first.

    `until` is when the original was last taken into the translation, when that is about to move.
    A draft that was taken has the publications that were written before it, whenever they were
    published.
    """
    source = translation.source
    originals = PageChange.objects.publications().filter(
        page__translation_key=source.object_id, page__locale_id=source.locale_id
    )
    draft = SourceRevision.objects.filter(source=source, taken_at=source.last_updated_at).first()
    if draft and draft.revision and until is None:
        written = Q(revision__created_at__lte=draft.revision.created_at)
        originals = originals.filter(written | Q(revision=None, at__lte=source.last_updated_at))
    else:
        originals = originals.filter(at__lte=until or source.last_updated_at)
    told = PageChange.objects.filter(page_id=page.pk, carries__in=originals).select_related(
        "carries"
    )
    latest = max((change.carries for change in told if change.carries), key=_order, default=None)
    return [change for change in originals if latest is None or _order(change) > _order(latest)]


def to_carry(changes: list[PageChange]) -> PageChange | None:
    """The one of changes not told of yet that readers have to know of: the last substantive."""
    substantive = (change for change in changes if change.kind == ChangeKind.SUBSTANTIVE)
    return next(substantive, changes[0] if changes else None)


def note_of(page: BasePage, changes: list[PageChange]) -> str:
    """The note of the change that `page` carries now, in its own language; empty when not said."""
    change = to_carry(changes)
    asked = NoteInTranslation.objects.filter(page_id=page.pk, change=change).first()
    if asked:
        return asked.note
    # The last piece of a translation is the note of the last publication of the original.
    said = change == changes[0] and page.change_note != change.note
    return page.change_note if said else ""


def lacking_note(page: BasePage, until: datetime | None = None) -> PageChange | None:
    """The substantive change that publishing `page` would carry without a note in its language."""
    translation = translation_of(page)
    changes = changes_to_carry(page, translation, until) if translation else []
    change = to_carry(changes)
    if change is None or change.kind != ChangeKind.SUBSTANTIVE:
        return None
    if NoteInTranslation.objects.filter(page_id=page.pk, change=change).exists():
        return None
    said = until is None and change == changes[0] and _is_translated(translation, change.note)
    return None if said else change


def _is_translated(translation: Translation, note: str) -> bool:
    """Whether the piece that is the note has been translated."""
    segment = (
        StringSegment.objects.filter(source=translation.source, context__path="change_note")
        .select_related("string")
        .first()
    )
    if segment is None:
        return False
    return (
        StringTranslation.objects.filter(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            has_error=False,
        )
        .exclude(data__in=["", note])
        .exists()
    )


def _order(change: PageChange) -> tuple[datetime, int]:
    return change.at, change.pk

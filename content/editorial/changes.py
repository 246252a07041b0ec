"""What the publication, or withdrawal, of a page means for its public history.

Wagtail tells of both by signals, whoever or whatever publishes: an editor, the schedule, a
translation. Nothing else writes a PageChange.
"""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import takewhile

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageLogEntry, Revision

from content.pages import following
from content.pages.models import BasePage, ChangeKind, PageChange, PageReview, SubjectPage
from content.pages.related import section_keys
from content.pages.visibility import is_restricted
from law import impact_reviews

from . import reviews
from .translation_changes import changes_to_carry, note_of, to_carry, translation_of
from .versions import keep_text

Outcome = PageReview.Outcome
COPYING = ("wagtail.copy", "wagtail.copy_for_translation")


def page_published(sender, instance, revision=None, **kwargs) -> None:
    """Receiver: write down what this publication changed.

    An alias says what its original says, whose history, reviews and reviews hold for it. Wagtail
    sends this, too, of a page that is not public yet, when its first publication is scheduled.
    """
    if isinstance(instance, BasePage) and instance.live and not instance.alias_of_id:
        record_publication(instance, revision)


def page_unpublished(sender, instance, **kwargs) -> None:
    """Receiver: say in the history that the page was away.

    Wagtail also withdraws a live page that is being deleted, without saving it: its row is still
    live, and its history goes with it. An alias has none of its own.
    """
    if instance.alias_of_id:
        return
    if isinstance(instance, BasePage):
        if Page.objects.filter(pk=instance.pk, live=True).exists():
            key = f"deleted:{instance.pk}"
        else:
            change = PageChange.objects.create(page_id=instance.pk, kind=ChangeKind.WITHDRAWN)
            key = str(change.pk)
        following.withdrawn(instance, key)
    if isinstance(instance, SubjectPage):
        impact_reviews.dereferenced(instance.referrer_key, str(instance.pk))


def record_publication(page: BasePage, revision: Revision | None) -> PageChange:
    """The row of one publication, and the dates of the page that follow from its rows.

    A translation carries what its original changed, each change once; what is published of it in
    between is minor. The first publication of a page is substantive, and an answer that is missing
    later (no form was asked) is minor.
    """
    first = not PageChange.objects.filter(page_id=page.pk).exists()
    translation = translation_of(page)
    says: list[PageChange] = []
    if translation is None:
        carries, note = None, page.change_note
        kind = ChangeKind.SUBSTANTIVE if first else page.change_kind or ChangeKind.MINOR
    elif says := changes_to_carry(page, translation):
        carries, note = to_carry(says), note_of(page, says)
        kind = carries.kind if carries else ChangeKind.MINOR
    else:
        carries, kind, note = None, ChangeKind.MINOR, ""
    change = PageChange.objects.create(
        page_id=page.pk,
        revision=revision,
        carries=carries,
        kind=kind,
        note=note,
        restricted=is_restricted(page),
    )
    if kind == ChangeKind.SUBSTANTIVE:
        set_dates(page, change)
        following.published(page, change)
    if isinstance(page, SubjectPage):
        keep_text(change, page)
        settle_reviews(page, change, says)
    return change


def settle_reviews(page: SubjectPage, change: PageChange, says: Iterable[PageChange] = ()) -> None:
    """What this publication means for the reviews of the page after changes of the law.

    `says` are the publications of its original that it brings, the newest first: its text is as old
    as the oldest of them, from the one that it tells of on.
    """
    since = takewhile(lambda one: change.carries is None or one.at >= change.carries.at, says)
    written_at = min([_written_at(page, change), *(_written_at(one.page, one) for one in since)])
    substantive = change.kind == ChangeKind.SUBSTANTIVE
    _tell_law(page, written_at, substantive, publisher_of(change), change.pk)


def _tell_law(
    page: SubjectPage,
    written_at: datetime,
    substantive: bool = False,
    by: AbstractBaseUser | None = None,
    change_pk: int | None = None,
) -> None:
    def earlier() -> list[tuple[datetime, date]]:
        said = PageChange.objects.filter(page_id=page.pk, kind=ChangeKind.SUBSTANTIVE)
        if change_pk is not None:
            said = said.exclude(pk=change_pk)
        changes = said.select_related("revision", "carries__revision")
        return [(_written_at(page, one), timezone.localdate(one.at)) for one in changes]

    impact_reviews.published(
        impact_reviews.Publication(
            kind=page.referrer_key,
            subject=str(page.pk),
            thing=str(page.translation_key),
            owner=page.keeper,
            sections=section_keys(page),
            written_at=written_at,
            substantive=substantive,
            by=by,
            earlier=earlier,
        )
    )


def _written_at(page: Page, change: PageChange) -> datetime:
    """When what was published had been written: its revision, not its publication.

    A translation says what its original said, and a copy what was copied: as old as the first
    revision that came along.
    """
    revision = change.revision
    if revision is None:
        return impact_reviews.NEVER_KNOWN
    at = revision.created_at
    if _is_copied(page, at):
        older = page.revisions.exclude(pk=revision.pk).order_by("created_at").first()
        at = older.created_at if older else impact_reviews.NEVER_KNOWN
    if change.carries is not None:
        original = change.carries
        return min(at, _written_at(original.page, original))
    return at


def _is_copied(page: Page, at: datetime) -> bool:
    """Whether the page's revision of that moment was made by Wagtail's copying, not by a writer.

    A copy that goes live at once is published in the very moment of its revision; of any other the
    log says when it was made.
    """
    copied = PageLogEntry.objects.filter(page=page.pk, action__in=COPYING, timestamp__gte=at)
    return at == page.first_published_at or copied.exists()


def alias_converted(sender, instance: PageLogEntry, created: bool, **kwargs) -> None:
    """Receiver: an alias has become a page of its own, and so has its text, as old as it may be."""
    if created and instance.action == "wagtail.convert_alias":
        for page in Page.objects.filter(pk=instance.page_id, live=True).specific():
            if isinstance(page, SubjectPage):
                _tell_law(page, impact_reviews.NEVER_KNOWN)


def set_dates(page: BasePage, change: PageChange) -> None:
    """The page was last changed when this change was published; a person also looked through it."""
    page.changed_at = change.at
    reviews.with_aliases(page).update(changed_at=change.at)
    if by := publisher_of(change):
        reviews.record(page, Outcome.PUBLISHED, by=by, at=change.at)
    else:
        reviews.set_due(page, change.at)


def publisher_of(change: PageChange) -> AbstractBaseUser | None:
    """Who is at work in /cms/, or else, when the schedule published, who wrote the revision."""
    return get_active_log_context().user or (change.revision and change.revision.user)

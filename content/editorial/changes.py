"""What the publication, or withdrawal, of a page means for its public history.

Wagtail tells of both by signals, whoever or whatever publishes: an editor, the schedule, a
translation. Nothing else writes a PageChange.
"""

from django.contrib.auth.models import AbstractBaseUser
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, Revision

from content.pages import following
from content.pages.models import BasePage, ChangeKind, PageChange, PageReview, SubjectPage
from content.pages.related import section_keys
from content.pages.visibility import is_restricted
from law import impact_reviews

from . import reviews
from .translation_changes import changes_to_carry, note_of, to_carry, translation_of
from .versions import keep_text

Outcome = PageReview.Outcome


def page_published(sender, instance, revision=None, **kwargs) -> None:
    """Receiver: write down what this publication changed.

    An alias says what its original says, whose history, reviews and reviews hold for it.
    """
    if isinstance(instance, BasePage) and not instance.alias_of_id:
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
    if translation is None:
        carries, note = None, page.change_note
        kind = ChangeKind.SUBSTANTIVE if first else page.change_kind or ChangeKind.MINOR
    elif changes := changes_to_carry(page, translation):
        carries, note = to_carry(changes), note_of(page, changes)
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
        settle_reviews(page, change)
    return change


def settle_reviews(page: SubjectPage, change: PageChange) -> None:
    """What this publication settles of the reviews that changes of the law have left open.

    What the page no longer refers to; and the rest of them, if the change was substantive. What it
    refers to again has to be checked as if it had never been away.
    """
    kind, subject = page.referrer_key, str(page.pk)
    if not impact_reviews.has_reviews(kind, subject):
        return
    by, sections = publisher_of(change), section_keys(page)
    impact_reviews.dereferenced(kind, subject, by=by, still_on=sections)
    impact_reviews.reopen(kind, subject, by=by, on=sections)
    if change.kind == ChangeKind.SUBSTANTIVE:
        impact_reviews.changed(kind, subject, by=by)


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

"""What the publication, or withdrawal, of a page means for its public history.

Wagtail tells of both by signals, whoever or whatever publishes: an editor, the schedule, a
translation. Nothing else writes a PageChange.
"""

from django.contrib.auth.models import AbstractBaseUser
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, Revision
from wagtail_localize.models import Translation

from portal.law import impact

from . import following, reviews
from .models import BasePage, ChangeKind, PageChange, PageReview, SubjectPage
from .reading import section_keys
from .versions import keep_text

Outcome = PageReview.Outcome


def page_published(sender, instance, revision=None, **kwargs) -> None:
    """Receiver: write down what this publication changed."""
    if isinstance(instance, BasePage):
        record_publication(instance, revision)


def page_unpublished(sender, instance, **kwargs) -> None:
    """Receiver: say in the history that the page was away.

    Wagtail also withdraws a live page that is being deleted, without saving it: its row is still
    live, and its history goes with it.
    """
    if isinstance(instance, BasePage):
        if Page.objects.filter(pk=instance.pk, live=True).exists():
            key = f"deleted:{instance.pk}"
        else:
            change = PageChange.objects.create(page_id=instance.pk, kind=ChangeKind.WITHDRAWN)
            key = str(change.pk)
        following.withdrawn(instance, key)
    if isinstance(instance, SubjectPage):
        impact.gone(instance.resting_kind, str(instance.pk))


def record_publication(page: BasePage, revision: Revision | None) -> PageChange:
    """The row of one publication, and the dates of the page that follow from its rows.

    A translation carries the change of its original once; what is published of it between the
    changes of the original is minor. An answer that is missing (no form was asked) is minor, but
    for the first publication of a page.
    """
    earlier = PageChange.objects.filter(page_id=page.pk)
    original = change_of_the_original(page)
    if original is None:
        carries = None
        kind = page.change_kind or (
            ChangeKind.MINOR if earlier.exists() else ChangeKind.SUBSTANTIVE
        )
        note = page.change_note
    elif earlier.filter(carries=original).exists():
        carries, kind, note = None, ChangeKind.MINOR, ""
    else:
        carries, kind = original, original.kind
        note = page.change_note if page.change_note != original.note else ""
    change = PageChange.objects.create(
        page_id=page.pk, revision=revision, carries=carries, kind=kind, note=note
    )
    if kind == ChangeKind.SUBSTANTIVE:
        set_dates(page, change)
        following.published(page, change)
    if isinstance(page, SubjectPage):
        keep_text(change, page)
        settle_checks(page, change)
    return change


def settle_checks(page: SubjectPage, change: PageChange) -> None:
    """What this publication settles of the checks that changes of the law have left open.

    What the page no longer refers to; and the rest of them, if the change was substantive.
    """
    by = publisher_of(change)
    kind, subject = page.resting_kind, str(page.pk)
    impact.gone(kind, subject, by=by, still_on=section_keys(page))
    if change.kind == ChangeKind.SUBSTANTIVE:
        impact.changed(kind, subject, by=by)


def change_of_the_original(page: BasePage) -> PageChange | None:
    """The last change of the page that `page` is kept as a translation of, if it is one."""
    translation = (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
        )
        .select_related("source")
        .first()
    )
    if translation is None:
        return None
    return (
        PageChange.objects.filter(
            page__translation_key=page.translation_key, page__locale_id=translation.source.locale_id
        )
        .exclude(kind=ChangeKind.WITHDRAWN)
        .first()
    )


def set_dates(page: BasePage, change: PageChange) -> None:
    """The page was last changed, and so last looked through, when this change was published."""
    page.changed_at = change.at
    type(page).objects.filter(pk=page.pk).update(changed_at=change.at)
    reviews.record(page, Outcome.PUBLISHED, by=publisher_of(change), at=change.at)


def publisher_of(change: PageChange) -> AbstractBaseUser | None:
    """Who is at work in /cms/, or else, when the schedule published, who wrote the revision."""
    return get_active_log_context().user or (change.revision and change.revision.user)

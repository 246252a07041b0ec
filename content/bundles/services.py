"""What happens to a bundle: pages put in and taken out, its minute, approval, publication.

Publication is one transaction: readers see all of it or nothing, also when the worker is killed.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from content.editorial.admin.publishing import is_answered
from content.pages.models import BasePage
from portal.accounts.models import User
from portal.languages import in_language
from portal.workflow import TransitionNotAllowed, lock, transition

from . import letters
from .models import Bundle, BundleItem

State = Bundle.State


class BundleError(Exception):
    """Why a bundle cannot be approved or published, in words; one argument a reason."""


@transaction.atomic
def put_in(bundle: Bundle, pages: Iterable[Page], *, by: User) -> None:
    """Pages join a bundle; its approval is asked anew."""
    _reopen(bundle, by, "bundle.put_in")
    for page in pages:
        BundleItem.objects.get_or_create(bundle=bundle, page=page)


@transaction.atomic
def take_out(bundle: Bundle, page: Page, *, by: User) -> None:
    """A page leaves a bundle; its approval is asked anew."""
    _reopen(bundle, by, "bundle.taken_out")
    bundle.items.filter(page=page).delete()


@transaction.atomic
def move(bundle: Bundle, go_at: datetime, *, by: User) -> None:
    """Another minute; approval is asked anew, and who approved hears of it."""
    approver = bundle.approved_by if bundle.state == State.READY else None
    _reopen(bundle, by, "bundle.moved", go_at=go_at)
    if approver:
        letters.moved(bundle, approver)


def _reopen(bundle: Bundle, by: User, event: str, **fields) -> None:
    transition(
        bundle,
        State.DRAFT,
        event,
        by=by,
        approved_by=None,
        approved_at=None,
        trouble="",
        **fields,
    )
    bundle.items.update(approved=None)


@transaction.atomic
def cancel(bundle: Bundle, *, by: User) -> None:
    """It will not go out; the drafts stay drafts."""
    transition(bundle, State.CANCELLED, "bundle.cancelled", by=by)


def doubts(bundle: Bundle, user: User | None = None) -> list[str]:
    """Why the bundle cannot go out as it stands; with `user`, also why they may not approve it."""
    found = []
    items = list(bundle.items.select_related("page__locale"))
    if not items:
        found.append(_("There is nothing in it yet."))
    if user and user == bundle.made_by:
        found.append(_("Whoever put it together does not approve it."))
    for item in items:
        draft = item.page.specific.get_latest_revision_as_object()
        name = f"{draft.title} ({item.page.locale.language_code})"
        if not (draft.has_unpublished_changes or not draft.live):
            found.append(_("%(page)s has no draft that readers do not see yet.") % {"page": name})
        elif isinstance(draft, BasePage) and not (is_answered(draft) or _is_first(draft)):
            found.append(_("%(page)s does not say what kind of change it is.") % {"page": name})
        if user and item.page.latest_revision and item.page.latest_revision.user_id == user.pk:
            found.append(_("You wrote the newest draft of %(page)s.") % {"page": name})
        if user and not item.page.specific.permissions_for_user(user).can_publish():
            found.append(_("You may not publish %(page)s.") % {"page": name})
        try:
            draft.full_clean()
        except ValidationError as error:
            found.append(f"{name}: {'; '.join(error.messages)}")
    return found


def _is_first(draft: BasePage) -> bool:
    return draft.first_published_at is None


@transaction.atomic
def approve(bundle: Bundle, *, by: User, expect: str) -> None:
    """The bundle goes out at its minute, exactly as it was seen (`expect`, its version token).

    BundleError with the reasons when it cannot, or `by` may not approve it; Stale when a page or
    the minute was changed meanwhile.
    """
    if found := doubts(bundle, by):
        raise BundleError(*found)
    transition(
        bundle,
        State.READY,
        "bundle.approved",
        by=by,
        expect=expect,
        approved_by=by,
        approved_at=timezone.now(),
    )
    for item in bundle.items.select_related("page"):
        item.approved = item.page.latest_revision
        item.save(update_fields=["approved"])


def publish_due() -> int:
    """What the worker does in every turn: bundles whose minute has come; how many went out.

    One that cannot is stopped, with its reasons and a letter to those who made and approved it.
    """
    done = 0
    for bundle in Bundle.objects.due().select_related("made_by"):
        language = bundle.made_by.language if bundle.made_by else settings.LANGUAGE_CODE
        with in_language(language):  # in which the reasons are said
            done += _publish_or_stop(bundle)
    return done


def _publish_or_stop(bundle: Bundle) -> int:
    try:
        publish(bundle)
    except TransitionNotAllowed:
        return 0  # another worker was faster
    except (BundleError, ValidationError) as error:
        _stop(bundle, error)
        return 0
    return 1


@transaction.atomic
def publish(bundle: Bundle) -> None:
    """Every page of the bundle goes live, in one transaction.

    BundleError when a page was changed after its approval or cannot be published: nothing is.
    """
    lock(bundle)
    if bundle.state != State.READY:
        raise TransitionNotAllowed(f"bundle {bundle.pk} is {bundle.state}")
    items = list(bundle.items.select_related("page__latest_revision", "approved", "page__locale"))
    changed = [item.page.title for item in items if item.page.latest_revision != item.approved]
    if changed:
        titles = ", ".join(changed)
        raise BundleError(_("Changed after it was approved: %(pages)s") % {"pages": titles})
    if found := doubts(bundle):
        raise BundleError(*found)
    for item in items:
        if item.approved:
            item.approved.publish(user=bundle.approved_by)
    transition(
        bundle,
        State.PUBLISHED,
        "bundle.published",
        by=None,
        published_at=timezone.now(),
        trouble="",
    )
    for item in items:
        log(item.page, "content.in_a_bundle", data={"bundle": bundle.title})
    letters.published(bundle)


@transaction.atomic
def _stop(bundle: Bundle, error: Exception) -> None:
    reasons = error.messages if isinstance(error, ValidationError) else error.args
    trouble = "\n".join(map(str, reasons))
    transition(bundle, State.STOPPED, "bundle.stopped", by=None, trouble=trouble)
    letters.stopped(bundle)

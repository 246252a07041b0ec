"""What happens to a request for approval: asked, the code, the answer, withdrawn.

The link of the letter opens nothing: a code is mailed to the address that was named when it was
asked. An answer holds for the revisions that were shown; a later draft asks again.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from portal.accounts.models import User
from portal.rate_limits import one_more
from portal.workflow import transition

from . import letters
from .models import ApprovalComment, ApprovalItem, ApprovalRequest
from .texts import pieces_of_draft

DAYS = 14
CODE_MINUTES = 20
CODE_TRIES = 5
CODES_AN_HOUR = 5
State = ApprovalRequest.State


class NothingToApproveError(Exception):
    """None of the pages has a draft that readers do not see yet."""


@transaction.atomic
def ask(pages: Sequence[Page], *, by: User, **fields: str) -> ApprovalRequest:
    """Ask somebody to approve the newest drafts of a page in its languages; one letter.

    `fields` are name, organisation, email, language and message. NothingToApproveError when all is
    published. An open request of the same page to the same address is withdrawn: the new one has
    the newest drafts.
    """
    drafts = [page for page in pages if page.latest_revision_id and has_draft(page)]
    if not drafts:
        raise NothingToApproveError
    page = drafts[0]
    for earlier in ApprovalRequest.objects.filter(
        page__translation_key=page.translation_key, email=fields["email"], state=State.ASKED
    ):
        withdraw(earlier, by=by)
    request = ApprovalRequest.objects.create(
        page=page, asked_by=by, expires_at=timezone.now() + timedelta(days=DAYS), **fields
    )
    ApprovalItem.objects.bulk_create(
        ApprovalItem(request=request, page=each, revision_id=each.latest_revision_id)
        for each in drafts
    )
    for each in drafts:
        log(each, "content.approval_asked", user=by, data=_told(request))
    letters.asked(request)
    return request


def has_draft(page: Page) -> bool:
    return not page.live or page.has_unpublished_changes


@transaction.atomic
def send_code(request: ApprovalRequest) -> bool:
    """Mail a new code to the address that was named; False when it was too often in an hour.

    A new code makes the one before it worthless.
    """
    if not one_more("approval-code", request.key.hex, most=CODES_AN_HOUR, seconds=3600):
        return False
    code = f"{secrets.randbelow(10**6):06d}"
    request.code = make_password(code)
    request.code_until = timezone.now() + timedelta(minutes=CODE_MINUTES)
    request.code_tries = 0
    request.save(update_fields=["code", "code_until", "code_tries"])
    letters.code(request, code, CODE_MINUTES)
    return True


def code_is_right(request: ApprovalRequest, typed: str) -> bool:
    """Whether this is the code that was mailed last: it holds for minutes and for a few tries."""
    tries = ApprovalRequest.objects.filter(
        pk=request.pk, code_until__gt=timezone.now(), code_tries__lt=CODE_TRIES
    ).exclude(code="")
    if not tries.update(code_tries=F("code_tries") + 1):
        return False
    if not check_password("".join(typed.split()), request.code):
        return False
    ApprovalRequest.objects.filter(pk=request.pk).update(code="", code_until=None)
    return True


@transaction.atomic
def answer(
    request: ApprovalRequest,
    *,
    approved: bool,
    words: str,
    comments: Mapping[tuple[int, str], str],
) -> None:
    """Approve or return; `comments` by (item, place). Whoever asked gets a letter.

    TransitionNotAllowed when it was answered or withdrawn meanwhile.
    """
    transition(
        request,
        State.APPROVED if approved else State.RETURNED,
        "content.approval_answered",
        by=None,
        data={"name": request.name, "organisation": request.organisation},
        words=words,
        answered_at=timezone.now(),
    )
    for item in request.items.select_related("page", "revision"):
        places = {piece.id or str(n): piece for n, piece in enumerate(pieces_of_draft(item))}
        ApprovalComment.objects.bulk_create(
            ApprovalComment(
                item=item, place=place, quoted=places[place].text[:2000], text=text.strip()[:2000]
            )
            for (number, place), text in comments.items()
            if number == item.pk and place in places and text.strip()
        )
        event = "content.approval_given" if approved else "content.approval_returned"
        log(item.page, event, revision=item.revision, data=_told(request))
    letters.answered(request)


@transaction.atomic
def withdraw(request: ApprovalRequest, *, by: User) -> None:
    """The request can no longer be answered."""
    transition(request, State.WITHDRAWN, "content.approval_withdrawn", by=by)


def _told(request: ApprovalRequest) -> dict[str, str]:
    return {"name": request.name, "organisation": request.organisation, "key": request.key.hex}

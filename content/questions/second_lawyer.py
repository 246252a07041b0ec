"""Nothing of an answer becomes public that only its writer has seen: a second lawyer publishes it.

That holds for what the answer means: a substantive publication, its first one among them, and every
publication of a translation. A spelling mistake needs no second lawyer. Who has written is read
from the revisions since the last publication, and from the translated strings.
"""

import json
import re
from typing import Any

from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation, Translation

from content.editorial.translation_changes import translation_of
from content.pages.models import ChangeKind, PageChange
from portal.accounts.models import User

from .models import AnswerPage
from .permissions import is_lawyer

SAID = ("title", "summary", "asked", "body", "applies_from", "applies_to", "replaced_by")
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


def waits_for_another(page: Page, user: User) -> bool:
    """Whether somebody else has to publish the newest draft of an answer: it says something new,
    and `user` wrote some of it or is no lawyer. A superuser without the role is none."""
    if not isinstance(page, AnswerPage):
        return False
    if not is_lawyer(user):
        return True
    if translation := translation_of(page):
        return user.pk in _translators(page, translation)
    return page.change_kind != ChangeKind.MINOR and user.pk in writers_of(page)


def writers_of(page: AnswerPage) -> set[int | None]:
    """Who wrote what the newest draft says and its readers have not read, by primary key.

    Saving what another has written, unchanged, is no writing.
    """
    published = _last_published(page)
    revisions = page.revisions.order_by("created_at", "pk")
    before = None
    if published is not None:
        before = _said(published)
        revisions = revisions.filter(pk__gt=published.pk)
    writers: set[int | None] = set()
    for revision in revisions:
        if (said := _said(revision)) != before:
            writers.add(revision.user_id)
        before = said
    return writers


def _last_published(page: AnswerPage) -> Revision | None:
    change = PageChange.objects.filter(page_id=page.pk, revision__isnull=False).first()
    return change.revision if change else page.live_revision


def _said(revision: Revision) -> dict[str, Any]:
    said = {name: revision.content.get(name) for name in SAID}
    said["body"] = _without_ids(json.loads(said["body"] or "[]"))
    return said


def _without_ids(raw: Any) -> Any:
    if isinstance(raw, dict):
        return {key: _without_ids(value) for key, value in raw.items() if key != "id"}
    if isinstance(raw, list):
        return [_without_ids(one) for one in raw]
    return BLOCK_KEY.sub("", raw) if isinstance(raw, str) else raw


def _translators(page: AnswerPage, translation: Translation) -> set[int | None]:
    """Who translated what has been translated since the last publication."""
    strings = StringTranslation.objects.filter(
        locale=translation.target_locale_id, translation_of__segments__source=translation.source
    )
    last = PageChange.objects.filter(page_id=page.pk).first()
    if last is not None:
        strings = strings.filter(updated_at__gt=last.at)
    return set(strings.values_list("last_translated_by", flat=True))

"""A practice from draft to published and withdrawn, and what others say of its use.

TransitionNotAllowed if an event cannot follow the state that the practice is in; Stale when the
practice is not what the caller read (`expect`, a Practice.version_token).
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from wagtail.log_actions import log

from partnership.organisations.models import Organisation
from portal.accounts.models import User
from portal.concurrency import compare
from portal.places.models import Area
from portal.topics.models import Topic
from portal.workflow import TransitionNotAllowed, lock, transition

from . import letters
from .errors import NotComplete, NotPublic, ReasonMissing
from .models import Adoption, Criterion, Judgement, Practice, PracticeText

State = Practice.State


@transaction.atomic
def start(
    organisation: Organisation,
    *,
    by: User | None,
    language: str,
    words: Mapping[str, str],
    topics: Iterable[Topic] = (),
    **fields: Any,
) -> Practice:
    """A draft of the organisation, in its first language. The same title twice is the same draft.

    `words` are PracticeText.WORDS; `fields` are of the practice. The address comes of the title.
    """
    Organisation.objects.select_for_update().only("pk").get(pk=organisation.pk)
    same = Practice.objects.filter(
        organisation=organisation, state=State.DRAFT, texts__title=words["title"]
    )
    if made := same.first():
        return made
    practice = Practice.objects.create(
        organisation=organisation, author=by, slug=_free(words["title"]), **fields
    )
    practice.topics.set(topics)
    PracticeText.objects.create(practice=practice, language=language, **words)
    log(practice, "practices.start", user=by)
    return practice


@transaction.atomic
def edit(
    practice: Practice,
    *,
    by: User,
    language: str,
    words: Mapping[str, str],
    topics: Iterable[Topic],
    expect: str | None = None,
    **fields: Any,
) -> None:
    """Save a draft, or one that came back or was withdrawn, in one of its languages."""
    lock(practice)
    compare(practice, expect)
    if not practice.is_editable:
        raise TransitionNotAllowed(f"practice {practice.pk} is {practice.state}")
    for name, value in fields.items():
        setattr(practice, name, value)
    practice.save(update_fields=list(fields))
    practice.topics.set(topics)
    PracticeText.objects.update_or_create(
        practice=practice, language=language, defaults=dict(words)
    )
    log(practice, "practices.edit", user=by, data={"language": language})


@transaction.atomic
def submit(practice: Practice, *, by: User | None) -> None:
    """Send it to be read. NotComplete unless every part has words in every language it is in."""
    lock(practice)
    missing = {name for text in practice.texts.all() for name in text.missing}
    if not practice.contact:
        missing.add("contact")
    if missing:
        raise NotComplete(sorted(missing))
    transition(
        practice, State.SUBMITTED, "practices.submit", by=by, submitted_at=timezone.now(), words=""
    )


@transaction.atomic
def take_back(practice: Practice, *, by: User) -> None:
    """Make it a draft again before anybody has decided."""
    transition(practice, State.DRAFT, "practices.take_back", by=by)


@transaction.atomic
def send_back(practice: Practice, *, by: User, words: str, expect: str | None = None) -> None:
    """Return it with words on what it needs."""
    transition(practice, State.RETURNED, "practices.return", by=by, expect=expect, words=words)
    letters.to_people(practice, "returned")


@transaction.atomic
def publish(
    practice: Practice, *, by: User | None, expect: str | None = None, **lines: str
) -> None:
    """Put it up for all, with a line on each criterion (by Criterion's values) beside it."""
    if missing := [one for one in Criterion.values if not lines.get(one, "").strip()]:
        raise NotComplete(missing)
    now = timezone.now()
    transition(
        practice,
        State.PUBLISHED,
        "practices.publish",
        by=by,
        expect=expect,
        published_at=now,
        confirmed_at=now,
    )
    for criterion in Criterion.values:
        Judgement.objects.update_or_create(
            practice=practice,
            criterion=criterion,
            defaults={"line": lines[criterion].strip(), "by": by, "at": now},
        )
    letters.to_people(practice, "published")


@transaction.atomic
def withdraw(practice: Practice, *, by: User) -> None:
    """Take it off the portal; it can be mended and sent in again."""
    transition(practice, State.WITHDRAWN, "practices.withdraw", by=by)


@transaction.atomic
def confirm(practice: Practice, *, by: User) -> None:
    """Its organisation says that the description still holds."""
    lock(practice)
    if not practice.is_public:
        raise TransitionNotAllowed(f"practice {practice.pk} is {practice.state}")
    practice.confirmed_at = timezone.now()
    practice.save(update_fields=["confirmed_at"])
    log(practice, "practices.confirm", user=by)


@transaction.atomic
def tell(
    practice: Practice,
    organisation: Organisation,
    area: Area,
    *,
    by: User | None,
    state: str,
    day: datetime.date,
    result: str = "",
) -> Adoption:
    """An organisation's word on the practice in an area. The same word twice is kept once.

    NotPublic unless the practice is published, ReasonMissing when it was stopped and not said why.
    """
    lock(practice)
    if not practice.is_public:
        raise NotPublic
    if state == Adoption.State.STOPPED and not result.strip():
        raise ReasonMissing
    latest = Adoption.objects.filter(
        practice=practice, organisation=organisation, area=area
    ).first()
    if latest and (latest.state, latest.day, latest.result) == (state, day, result):
        return latest
    row = Adoption.objects.create(
        practice=practice,
        organisation=organisation,
        area=area,
        state=state,
        day=day,
        result=result,
        language=get_language() or organisation.language,
        by=by,
    )
    log(practice, "practices.tell", user=by, data={"area": area.key, "word": state})
    return row


def _free(title: str) -> str:
    """An address of the title's words that no practice has."""
    stem = slugify(title)[:70].strip("-") or "practice"
    taken = set(Practice.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number = 1
    while (slug := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return slug

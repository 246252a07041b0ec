"""What happened: `record_activity` writes it down; the worker passes it on to those who follow."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from .following import Verb
from .models import Event, Follow, Follower, Notice

KEPT = timedelta(days=180)
AT_ONCE = 500

logger = structlog.get_logger(__name__)


@transaction.atomic
def record_activity(
    key: str,
    *,
    thing: tuple[str, str],
    targets: Iterable[tuple[str, str]],
    verb: Verb,
    notes: Mapping[str, str] | None = None,
    joins: timedelta | None = None,
    only_adds: bool = False,
) -> Event | None:
    """Write down, in the caller's transaction, that something happened to a thing.

    `key` is unique: told again, an event only gains the notes of further languages, and those who
    have been told of it hear of it no second time. With `joins`, a note in a language that the
    latest event of the same kind and thing lacks is added to that one, if it is so recent: the
    versions of a page are often published one after another. What `only_adds` makes no event of
    its own. None when there is none to add to, or nobody follows a target.
    """
    notes = {language: note for language, note in (notes or {}).items() if note}
    earlier = Event.objects.select_for_update()
    event = earlier.filter(key=key).first()
    if event is None and joins is not None:
        last = (
            earlier.filter(
                kind=verb.key, thing_kind=thing[0], thing=thing[1], at__gt=timezone.now() - joins
            )
            .order_by("at", "pk")
            .last()
        )
        event = last if last and not notes.keys() & last.notes.keys() else None
    if event is not None:
        event.notes = {**event.notes, **notes}
        event.save(update_fields=["notes"])
        return event
    if only_adds:
        return None
    targets = list(dict.fromkeys(targets))
    if not Follow.objects.confirmed().of_any(targets).exists():
        return None
    return Event.objects.create(
        key=key, kind=verb.key, thing_kind=thing[0], thing=thing[1], targets=targets, notes=notes
    )


def followed(targets: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the targets that somebody follows: one query, for who has many to tell of."""
    follows = Follow.objects.confirmed().of_any(targets)
    return set(follows.order_by().values_list("kind", "subject").distinct())


def count_followers(targets: Iterable[tuple[str, str]]) -> int:
    """How many would be told now of something that happened to the targets, each counted once."""
    targets = list(targets)
    follows = Follow.objects.confirmed().of_any(targets)
    return Follower.objects.to_be_told().filter(pk__in=follows.values("follower")).count()


def fan_out() -> int:
    """Pass the oldest event on: a notice for each follower of any target. How many, 0 or 1.

    Whoever follows several of its targets gets one notice; whoever began after it gets none.
    """
    with transaction.atomic():
        event = (
            Event.objects.select_for_update(skip_locked=True)
            .filter(spread_at=None)
            .order_by("pk")
            .first()
        )
        if event is None:
            return 0
        follows = Follow.objects.of_any(event.targets).filter(confirmed_at__lte=event.at)
        followers = Follower.objects.to_be_told().filter(pk__in=follows.values("follower"))
        now = timezone.now()
        notices = [
            Notice(event=event, follower_id=pk, created_at=now)
            for pk in followers.values_list("pk", flat=True)
        ]
        Notice.objects.bulk_create(notices, batch_size=AT_ONCE, ignore_conflicts=True)
        event.spread_at = now
        event.save(update_fields=["spread_at"])
    logger.info("event_spread", what=event.key, followers=len(notices))
    return 1


def clear_old() -> None:
    """Forget events of half a year ago, and with them who was told of them."""
    Event.objects.filter(at__lt=timezone.now() - KEPT).exclude(spread_at=None).delete()

"""The index follows: what is saved, published, withdrawn or deleted is queued and written soon.

A change is a row of the same transaction as its cause, so none is lost and none is written for
what was rolled back. The worker calls `drain()` at each turn. What must not be found any longer is
taken out of the database's index at once, in that transaction.
"""

from itertools import groupby

import structlog
from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from portal.operations.starter import pending
from portal.search_api import Part
from search import index
from search.documents import kind_of, kinds
from search.engines import elastic
from search.models import Change

AT_ONCE = 500
BUILT_BY = "search.starter.load"
logger = structlog.get_logger(__name__)


def changed(kind: str, keys: list[str]) -> None:
    """Queue things to be indexed anew."""
    Change.objects.bulk_create(Change(kind=kind, key=key) for key in keys)


def withdrawn(kind: str, keys: list[str]) -> None:
    """Take things out at once, and queue them for the engines that follow later."""
    index.forget(kind, keys)
    changed(kind, keys)


def drain() -> int:
    """Write what is queued; returns how many changes were. The worker calls it at each turn.

    While the first index is still to be built, that will write them.
    """
    done = 0
    if pending(BUILT_BY):
        return done
    while changes := list(Change.objects.filter(written_at=None)[:AT_ONCE]):
        for kind, keys in _by_kind(changes):
            index.update(kind, keys)
        taken = Change.objects.filter(pk__in=[change.pk for change in changes])
        if settings.ELASTICSEARCH_URL:
            taken.update(written_at=timezone.now())
        else:
            taken.delete()
        done += len(changes)
    if settings.ELASTICSEARCH_URL:
        elastic.replay()
    return done


def everything() -> int:
    """Write everything anew; the schedule does so daily. Returns how many things there are.

    Imports write many rows at once, and then no change is queued. While the first index is still
    to be built, that does it.
    """
    if pending(BUILT_BY):
        return 0
    total = index.refresh()
    if elastic.configured():
        try:
            elastic.rebuild()
        except elastic.UnavailableError as error:
            logger.warning("search_not_rebuilt", engine="elasticsearch", error=str(error))
    return total


def _by_kind(changes: list[Change]):
    """Each kind with the distinct keys of it that changed."""
    known = kinds()
    pairs = sorted({(change.kind, change.key) for change in changes if change.kind in known})
    for kind, group in groupby(pairs, key=lambda pair: pair[0]):
        yield kind, [key for _kind, key in group]


# --- Receivers, connected in apps.py ---------------------------------------------------------


def row_saved(sender: type[Model], instance: Model, **kwargs) -> None:
    if kind := kind_of(sender):
        changed(kind.key, [str(instance.pk)])


def row_deleted(sender: type[Model], instance: Model, **kwargs) -> None:
    if kind := kind_of(sender):
        withdrawn(kind.key, [str(instance.pk)])


def page_withdrawn(sender: type[Page], instance: Page, **kwargs) -> None:
    row_deleted(sender, instance)


def part_changed(key: str, part: Part):
    """A receiver for the rows of a part of a kind's documents."""

    def receive(sender: type[Model], instance: Model, **kwargs) -> None:
        follow = withdrawn if part.hides(instance) else changed
        follow(key, list(part.of(instance)))

    return receive


def relation_changed(sender: type[Model], instance: Model, action: str, **kwargs) -> None:
    if action.startswith("post_"):
        row_saved(type(instance), instance)


def branch_changed(page: Page, *, hide: bool = False) -> None:
    """A page and all below it changed their address, or who may read them."""
    keys: dict[str, list[str]] = {}
    below = Page.objects.descendant_of(page, inclusive=True).select_related("content_type")
    for each in below.only("pk", "content_type"):
        if kind := kind_of(each.specific_class):
            keys.setdefault(kind.key, []).append(str(each.pk))
    for kind_key, pages in keys.items():
        (withdrawn if hide else changed)(kind_key, pages)


def restriction_changed(
    sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs
) -> None:
    branch_changed(instance.page, hide=True)


def page_moved(sender: type[Page], instance: Page, **kwargs) -> None:
    branch_changed(instance)

"""Who is told when a published answer changes its validity: its askers and its followers."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from content.pages.following import PAGE
from content.pages.models import ChangeKind, PageChange
from law.models import ImpactReview
from law.references import Tellings
from portal.languages import LANGUAGES, in_language
from portal.notifications import activity
from portal.notifications.following import CHANGED
from portal.notifications.models import Event

from . import letters
from .models import AnswerPage, Question
from .validity import KIND


def opened(reviews: Collection[ImpactReview]) -> None:
    """The law has changed: the answers are being checked. Told once of each answer and change."""
    things = {(review.thing, review.effect_id): review for review in reviews}
    for question in askers_of(review.thing for review in reviews):
        letters.to_asker("checking", question)
    followed = activity.followed((PAGE, thing) for thing, _change in things)
    for (thing, effect), review in sorted(things.items()):
        if (PAGE, thing) in followed:
            _record_activity(_key(effect, thing), thing, _under_review(review))


def told(reviews: Collection[ImpactReview], since: datetime) -> Tellings:
    """What `opened` wrote of the reviews since a moment, to askers and for followers."""
    questions = askers_of(review.thing for review in reviews)
    keys = [_key(review.effect_id, review.thing) for review in reviews]
    return Tellings(
        letters.written("checking", questions, since), Event.objects.filter(key__in=keys)
    )


def _key(effect: int, thing: str) -> str:
    return f"answer:checking:{effect}:{thing}"


def settled(reviews: Collection[ImpactReview]) -> None:
    """Somebody found answers still right: they are valid again, once nothing of them is open.

    What was changed is told as every publication is.
    """
    confirmed = {
        review.thing: review for review in reviews if review.state == ImpactReview.State.CONFIRMED
    }
    open_still = set(
        ImpactReview.objects.filter(
            kind=KIND, thing__in=confirmed, state=ImpactReview.State.OPEN
        ).values_list("thing", flat=True)
    )
    things = sorted(confirmed.keys() - open_still)
    for question in askers_of(things):
        letters.to_asker("confirmed", question)
    followed = activity.followed((PAGE, thing) for thing in things)
    for thing in things:
        if (PAGE, thing) in followed:
            key = f"answer:confirmed:{confirmed[thing].pk}"
            _record_activity(
                key, thing, {language: _still_holds(language) for language in LANGUAGES}
            )


def page_published(sender, instance, **kwargs) -> None:
    """Receiver: the askers hear of a substantive change of the answer that they once got.

    Wagtail also sends this when the first publication of a page is scheduled.
    """
    if not isinstance(instance, AnswerPage) or not instance.live:
        return
    change, *earlier = PageChange.objects.filter(page_id=instance.pk)[:2]
    if not earlier or change.kind != ChangeKind.SUBSTANTIVE or change.carries_id:
        return
    template = "replaced" if instance.replaced_by_id else "changed"
    for question in askers_of([str(instance.translation_key)]):
        letters.to_asker(template, question)


def askers_of(things: Iterable[str]) -> list[Question]:
    """The questions that pages (by translation key) answer, and those joined with them."""
    things = set(things)
    if not things:
        return []
    return list(
        Question.objects.filter(
            Q(page__translation_key__in=things) | Q(merged_into__page__translation_key__in=things),
            asker__isnull=False,
        )
        .select_related("asker", "page", "merged_into__page")
        .order_by("pk")
    )


def _record_activity(key: str, thing: str, notes: dict[str, str]) -> None:
    activity.record_activity(
        key, thing=(PAGE, thing), targets=[(PAGE, thing)], verb=CHANGED, notes=notes
    )


def _under_review(review: ImpactReview) -> dict[str, str]:
    notes = {}
    for language in LANGUAGES:
        with in_language(language):
            notes[language] = _(
                "The law has changed (%(section)s); the answer is being checked."
            ) % {"section": review.effect.section.label}
    return notes


def _still_holds(language: str) -> str:
    with in_language(language):
        return _("The answer has been checked after a change of the law, and still holds.")

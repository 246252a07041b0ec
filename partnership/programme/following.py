"""Measures, calls and offers for those who follow them, their areas or an organisation."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy

from portal.languages import LANGUAGES, in_language
from portal.notifications import activity
from portal.notifications.following import CHANGED, Target, User, Verb

from .models import Call, Measure, Offer

MEASURE, CALL, OFFER = "measure", "call", "offer"
OPENED = Verb("opened", gettext_lazy("New call"), is_new=True)
PUBLISHED = Verb("published", gettext_lazy("Sought or offered"), is_new=True)


def find_measures(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """The measures by slug: one query."""
    rows = Measure.objects.visible_to(user).filter(slug__in=subjects)
    with in_language(language):
        return {row.slug: Target(row.name, row.get_absolute_url()) for row in rows}


def find_calls(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """The calls by slug that `user` may see: one query."""
    rows = Call.objects.visible_to(user).filter(slug__in=subjects)
    with in_language(language):
        return {row.slug: Target(row.name, row.get_absolute_url()) for row in rows}


def find_offers(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """The offers by primary key that are open: one query."""
    wanted = [int(one) for one in subjects if one.isdecimal() and len(one) < 10]
    rows = Offer.objects.running().filter(pk__in=wanted)
    with in_language(language):
        return {str(row.pk): Target(row.title, row.get_absolute_url()) for row in rows}


def moved(measure: Measure) -> None:
    """Tell that a measure stands elsewhere, with its state and where it stands in words."""
    notes = {}
    for language in LANGUAGES:
        with in_language(language):
            notes[language] = f"{measure.get_state_display()}. {measure.stands}".strip()
    thing = (MEASURE, measure.slug)
    activity.record_activity(
        f"measure:{measure.pk}:{measure.state}:{measure.told_on}",
        thing=thing,
        targets=[thing],
        verb=CHANGED,
        notes=notes,
    )


def opened(call: Call) -> None:
    """Tell of a new call those who follow one of its areas, or the country when it has none."""
    thing = (CALL, call.slug)
    areas = list(call.areas.values_list("key", flat=True)) or ["FI"]
    activity.record_activity(
        f"call:{call.pk}",
        thing=thing,
        targets=[thing, *(("area", key) for key in areas)],
        verb=OPENED,
    )


def published(offer: Offer) -> None:
    """Tell of what is newly sought or offered those who follow its organisation or its areas."""
    thing = (OFFER, str(offer.pk))
    areas = offer.areas.values_list("key", flat=True)
    activity.record_activity(
        f"offer:{offer.pk}",
        thing=thing,
        targets=[
            thing,
            ("organisation", offer.organisation.slug),
            *(("area", key) for key in areas),
        ],
        verb=PUBLISHED,
    )

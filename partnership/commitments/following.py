"""Commitments for those who follow them, their organisation or their areas."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy

from portal.languages import LANGUAGES, in_language
from portal.notifications import activity
from portal.notifications.following import Followable, Target, User, Verb

from .models import Commitment, Entry, Report

KIND = "commitment"
PUBLISHED = Verb("published", gettext_lazy("New commitment"), is_new=True)
TOLD = Verb("told", gettext_lazy("Told how it goes"), anchor="#timeline")
COMPLETED = Verb("completed", gettext_lazy("Commitment completed"), anchor="#timeline")
DISCONTINUED = Verb("discontinued", gettext_lazy("Commitment discontinued"), anchor="#timeline")
ENDS = {Entry.Kind.COMPLETED: COMPLETED, Entry.Kind.DISCONTINUED: DISCONTINUED}


def find(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """The commitments by primary key that `user` may see: at most three queries."""
    wanted = [int(one) for one in subjects if one.isdecimal() and len(one) < 10]
    rows = Commitment.objects.visible_to(user).filter(pk__in=wanted)
    with in_language(language):
        return {
            str(row.pk): Target(row.title, row.get_absolute_url()) for row in rows if row.is_public
        }


def published(commitment: Commitment) -> None:
    """Tell of a new commitment those who follow its organisation or one of its areas."""
    _record(f"published:{commitment.pk}", commitment, PUBLISHED)


def told(commitment: Commitment, report: Report) -> None:
    """Tell how it goes those who follow the commitment or its organisation."""
    notes = {}
    for language in LANGUAGES:
        with in_language(language):
            words = str(report.get_progress_display())
        notes[language] = f"{words}. {report.sentence}".strip() if report.sentence else words
    _record(f"told:{report.pk}", commitment, TOLD, areas=False, notes=notes)


def ended(commitment: Commitment, kind: Entry.Kind) -> None:
    """Tell that it is done or given up, with why."""
    notes = dict.fromkeys(LANGUAGES, commitment.reason)
    _record(f"{kind}:{commitment.pk}", commitment, ENDS[kind], notes=notes)


def _record(key: str, commitment: Commitment, verb: Verb, *, areas=True, notes=None) -> None:
    thing = (KIND, str(commitment.pk))
    slugs = commitment.shares.values_list("organisation__slug", flat=True)
    targets = [thing, *(("organisation", slug) for slug in slugs)]
    if areas:
        targets += [("area", key) for key in commitment.areas.values_list("key", flat=True)]
    activity.record_activity(
        f"commitment:{key}", thing=thing, targets=targets, verb=verb, notes=notes
    )


FOLLOWABLE = Followable(
    gettext_lazy("Commitments"), find, verbs=(PUBLISHED, TOLD, COMPLETED, DISCONTINUED)
)

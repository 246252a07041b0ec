"""Organisations for those who follow them or their areas."""

from collections.abc import Collection, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.languages import LANGUAGES, in_language
from portal.notifications import activity
from portal.notifications.following import Followable, Target, User, Verb

from .models import Membership, Organisation

KIND = "organisation"
JOINED = Verb("joined", gettext_lazy("New partner"), is_new=True)
RETURNED = Verb("returned", gettext_lazy("A partner again"), is_new=True)
RENAMED = Verb("renamed", gettext_lazy("New name"))
ENDED = Verb(
    "ended",
    gettext_lazy("No longer a partner"),
    gone=(
        gettext_lazy("An organisation here is no longer a member of the partnership programme."),
        gettext_lazy(
            "An organisation that you follow is no longer a member of the partnership programme."
        ),
    ),
)


def find(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """The organisations by slug that `user` may see: one query, two for who acts for one."""
    rows = Organisation.objects.visible_to(user).filter(slug__in=subjects)
    with in_language(language):
        return {row.slug: Target(row.name, row.get_absolute_url()) for row in rows}


def joined(membership: Membership) -> None:
    """Tell of a new member those who follow it or one of its areas."""
    _record_activity(f"joined:{membership.pk}", membership.organisation, JOINED)


def ended(membership: Membership) -> None:
    """Tell that a member has left; the letters do not name it, as it is public no longer."""
    _record_activity(f"ended:{membership.pk}", membership.organisation, ENDED)


def lapsed(membership: Membership) -> None:
    """The same of a membership that has lapsed, each time that it does."""
    key = f"lapsed:{membership.pk}:{timezone.now().timestamp():.0f}"
    _record_activity(key, membership.organisation, ENDED)


def returned(membership: Membership) -> None:
    """Tell that a membership that had lapsed goes on, each time that it does."""
    key = f"returned:{membership.pk}:{timezone.now().timestamp():.0f}"
    _record_activity(key, membership.organisation, RETURNED)


def renamed(organisation: Organisation, former: str) -> None:
    """Tell of a member's new official name, with the one it had."""
    if not Organisation.objects.members().filter(pk=organisation.pk).exists():
        return
    notes = {}
    for language in LANGUAGES:
        with in_language(language):
            notes[language] = _("Formerly: %(name)s") % {"name": former}
    _record_activity(f"renamed:{organisation.version}", organisation, RENAMED, notes)


def _record_activity(key: str, organisation: Organisation, verb: Verb, notes=None) -> None:
    thing = (KIND, organisation.slug)
    areas = organisation.areas.values_list("key", flat=True)
    activity.record_activity(
        f"organisation:{organisation.pk}:{key}",
        thing=thing,
        targets=[thing, *(("area", area) for area in areas)],
        verb=verb,
        notes=notes,
    )


FOLLOWABLE = Followable(
    gettext_lazy("Organisations"), find, verbs=(JOINED, RETURNED, RENAMED, ENDED)
)

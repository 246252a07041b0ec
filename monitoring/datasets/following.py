"""New and corrected figures for those who follow the areas that they are of."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.languages import LANGUAGES, in_language
from portal.notifications import activity
from portal.notifications.following import Followable, Target, User, Verb
from portal.places.models import Area

from . import revisions
from .models import Dataset, Observation, Release

DATASET = "dataset"
KIND = "dataset-release"
NAMED = 3  # of what was revised, in a letter
FIGURES = Verb("figures", _("New figures"))
CORRECTED = Verb("corrected", _("Corrected figures"), anchor="#releases")


def find(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """Releases by the datasets that they are of; what is not released is not found. One query."""
    rows = Release.objects.filter(pk__in=subjects, state=Release.State.RELEASED)
    with in_language(language):
        return {
            str(release.pk): Target(release.dataset.name, release.dataset.get_absolute_url())
            for release in rows.select_related("dataset")
        }


def find_datasets(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """The datasets by their addresses, of those that the user may see: one query."""
    rows = Dataset.objects.visible_to(user).filter(slug__in=subjects)
    with in_language(language):
        return {one.slug: Target(one.name, one.get_absolute_url()) for one in rows}


def record_activity(release: Release) -> None:
    """Tell those who follow the dataset, or an area, that a release changed what is published."""
    rows = Observation.objects.filter(release=release, area__kind__in=Area.WITH_PAGE)
    keys = rows.order_by("area__key").values_list("area__key", flat=True).distinct()
    activity.record_activity(
        f"{KIND}:{release.pk}",
        thing=(KIND, str(release.pk)),
        targets=[(DATASET, release.dataset.slug), *(("area", key) for key in keys)],
        verb=CORRECTED if release.kind == Release.Kind.CORRECTED else FIGURES,
        notes=_notes(release) if keys else None,
    )


def _notes(release: Release) -> Mapping[str, str]:
    """What a correction revised, in each language: the first few, and how many more."""
    notes = {}
    for language in LANGUAGES:
        with in_language(language):
            revised = revisions.of_releases([release], NAMED).get(release.pk)
            if revised is None:
                return {}
            words = [revisions.sentence(one) for one in revised.first]
            if revised.more:
                words.append(_more(revised.more))
            notes[language] = "; ".join(words) + "."
    return notes


def _more(number: int) -> str:
    return ngettext("and %(count)s more", "and %(count)s more", number) % {"count": number}


FOLLOWABLE = Followable(_("Figures of datasets"), find, offered=False, verbs=(FIGURES, CORRECTED))
DATASETS = Followable(_("Datasets"), find_datasets)

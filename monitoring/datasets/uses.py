"""Where values of a dataset are shown: each room says it, so that a correction is known everywhere.

    register(ResourceType("guidance", can=(Uses(_("Pages"), of=…), …)))

The page of a release lists all of it before anything is released. Each of the places says itself
what was revised (monitoring.datasets.revisions).
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, Model, OuterRef, Q
from django.utils.functional import Promise

from portal.notifications import activity
from portal.places.models import Area
from portal.resources import having

from .models import Dataset, Observation, Release, SourceValue


class Touched(NamedTuple):
    """What a release changes of what has been published: the areas and periods of one dataset."""

    dataset: Dataset
    areas: Collection[int]
    times: Collection[int]

    @property
    def shown_by(self) -> list[Model]:
        """What a block that shows values may be bound to."""
        return [self.dataset]


class Use(NamedTuple):
    """A place that shows values; `language` where it has only one ("" otherwise)."""

    title: str | Promise
    url: str
    language: str = ""


@dataclass(frozen=True)
class Uses:
    """What a resource can do that shows values of datasets: it names the places of a change.

    `name` is what they are called together, `of` finds them, also those that only some may see, in
    a number of queries that does not grow with them.
    """

    name: str | Promise
    of: Callable[[Touched], Iterable[Use]]
    order: int = 100


def touched(release: Release) -> Touched:
    """What a release would change, or has changed, of what was public: two queries at most."""
    if release.state == Release.State.RELEASED:
        replaced = Observation.objects.filter(
            dataset=release.dataset_id, until=release, value__isnull=False
        )
        places = set(replaced.order_by().values_list("area_id", "time").distinct())
    else:
        shown = Observation.objects.current().filter(
            dataset=OuterRef("dataset"),
            time=OuterRef("time"),
            area=OuterRef("area"),
            cell=OuterRef("cell"),
            value__isnull=False,
        )
        other = Exists(shown.filter(~Q(value=OuterRef("value")))) | (
            Exists(shown) & Q(value__isnull=True)
        )
        brought = SourceValue.objects.filter(other, release=release, held=False)
        places = set(brought.order_by().values_list("area_id", "time").distinct())
    return Touched(
        release.dataset, {area for area, _time in places}, {time for _area, time in places}
    )


def uses_of(release: Release) -> list[tuple[str | Promise, list[Use]]]:
    """The places that show what the release changes, by what they are; none that has nothing."""
    change = touched(release)
    if not change.areas:
        return []
    kinds = sorted(having(Uses).values(), key=lambda kind: kind.order)
    found = ((kind.name, list(kind.of(change))) for kind in kinds)
    return [(name, places) for name, places in found if places]


def followers_of(release: Release) -> int:
    """How many people will be told: who follow the dataset, or an area whose values change."""
    areas = Area.objects.filter(pk__in=touched(release).areas, kind__in=Area.WITH_PAGE)
    targets = [("area", key) for key in areas.values_list("key", flat=True)]
    return activity.count_followers([("dataset", release.dataset.slug), *targets])

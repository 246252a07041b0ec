"""New figures for those who follow an indicator, or the areas that they are of."""

from collections.abc import Collection, Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.languages import in_language
from portal.notifications import activity
from portal.notifications.following import Followable, Target, User, Verb
from portal.places.models import Area

from .models import Indicator, Release

KIND = "release"
INDICATOR = "indicator"
FIGURES = Verb("figures", gettext_lazy("New figures"))
NAMED = 3


def find(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """Releases by what they brought: the indicators that `user` may see; two queries."""
    rows = Indicator.objects.visible_to(user).filter(observations__release__in=subjects)
    pairs = rows.order_by().values_list("observations__release", "pk").distinct()
    by_release: dict[int, list[int]] = {}
    for release, indicator in pairs:
        by_release.setdefault(release, []).append(indicator)
    indicators = Indicator.objects.in_bulk({pk for pks in by_release.values() for pk in pks})
    with in_language(language):
        return {
            str(release): _target([indicators[pk] for pk in pks])
            for release, pks in by_release.items()
        }


def find_indicators(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """Indicators by their addresses, of those that the user may see: one query."""
    rows = Indicator.objects.visible_to(user).filter(slug__in=subjects)
    with in_language(language):
        return {one.slug: Target(one.name, one.get_absolute_url()) for one in rows}


def _target(indicators: list[Indicator]) -> Target:
    """Named by the first few indicators in the order of their names."""
    indicators = sorted(indicators, key=lambda one: one.name.casefold())
    names = ", ".join(one.name for one in indicators[:NAMED])
    if len(indicators) > NAMED:
        number = len(indicators) - NAMED
        names = _("%(names)s and %(number)s more") % {"names": names, "number": number}
    if len(indicators) == 1:
        return Target(names, indicators[0].get_absolute_url())
    return Target(names, reverse("monitoring:index"))


def record_activity(
    release: Release, areas: Iterable[Area], indicators: Iterable[Indicator]
) -> None:
    """Tell those who follow an indicator or an area that a release brought figures of it."""
    targets = sorted(
        {("area", area.key) for area in areas if area.kind in Area.WITH_PAGE}
        | {(INDICATOR, one.slug) for one in indicators}
    )
    activity.record_activity(
        f"release:{release.pk}",
        thing=(KIND, str(release.pk)),
        targets=targets,
        verb=FIGURES,
    )


FOLLOWABLE = Followable(gettext_lazy("New figures"), find, offered=False, verbs=(FIGURES,))
INDICATORS = Followable(gettext_lazy("Indicators"), find_indicators)

"""Areas as the search finds them, and which areas a thing is found by."""

from collections.abc import Iterator

from django.db.models import QuerySet

from portal.languages import LANGUAGES, in_language
from portal.search_api import Entry

from .models import Area, Belonging

ABOVE = (Area.Kind.EMPLOYMENT_AREA, Area.Kind.REGION, Area.Kind.COUNTY)
TOWN = {"fi": "kaupunki", "sv": "stad", "en": "town city"}  # what a municipality is called too
SHOWN_ABOVE = (Area.Kind.EMPLOYMENT_AREA, Area.Kind.REGION)


def areas(rows: QuerySet) -> Iterator[Entry]:
    """The country and every other area that has a page.

    One is found by its names in all languages, by the word for its kind, and by what it lies in;
    a region or employment area also by its municipalities.
    """
    wholes = wholes_of_areas()
    municipalities = _municipalities()
    for area in rows:
        names = {getattr(area, f"name_{language}"): None for language in LANGUAGES}
        above = [whole for whole in wholes.get(area.pk, []) if whole.kind in SHOWN_ABOVE]
        for language in LANGUAGES:
            with in_language(language):
                yield Entry(
                    kind="area",
                    key=str(area.pk),
                    language=language,
                    title=area.name,
                    path=area.get_absolute_url(),
                    words=" ".join(
                        (
                            area.key,
                            *(name for name in names if name != area.name),
                            str(area.get_kind_display()),
                            TOWN[language] if area.kind == Area.Kind.MUNICIPALITY else "",
                            *(one.name for one in wholes.get(area.pk, []) if one.kind in ABOVE),
                            *(one.name for one in municipalities.get(area.pk, [])),
                        )
                    ),
                    trail=[area.get_kind_display(), *(whole.name for whole in above)],
                    areas=with_wholes([area], wholes),
                    boost=1.2 if area.kind != Area.Kind.MUNICIPALITY else 1,
                )


def wholes_of_areas() -> dict[int, list[Area]]:
    """The areas that each area belongs to now."""
    wholes: dict[int, list[Area]] = {}
    for belonging in Belonging.objects.filter(valid_to__isnull=True).select_related("whole"):
        wholes.setdefault(belonging.part_id, []).append(belonging.whole)
    return wholes


def _municipalities() -> dict[int, list[Area]]:
    """The municipalities of each region and employment area now."""
    found: dict[int, list[Area]] = {}
    belongings = Belonging.objects.filter(
        valid_to__isnull=True, whole__kind__in=SHOWN_ABOVE, part__kind=Area.Kind.MUNICIPALITY
    )
    for belonging in belongings.select_related("part"):
        found.setdefault(belonging.whole_id, []).append(belonging.part)
    return found


def with_wholes(areas, wholes: dict[int, list[Area]]) -> list[str]:
    """The keys of the areas and of those they are in, but not of the country, where all are."""
    keys = {area.key: None for area in areas}
    for area in areas:
        keys |= {
            whole.key: None for whole in wholes.get(area.pk, []) if whole.kind != Area.Kind.COUNTRY
        }
    return list(keys)

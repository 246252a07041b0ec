"""The shipped files of places: read, checked against each other, and laid out as rows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from portal.errors import BrokenFileError
from portal.languages import LANGUAGES

from .models import Area
from .outlines import outlines

DATA = Path(__file__).parent / "data"
REGIONS, MUNICIPALITIES = "regions.json", "municipalities.json"
EMPLOYMENT_AREAS, DRAWING = "employment_areas.json", "employment_areas.svg"

EMPLOYMENT_AREAS_FROM = date(2025, 1, 1)
COUNTIES_FROM = date(2023, 1, 1)
ELY_CENTRES_TO = date(2025, 12, 31)
DEVELOPMENT_CENTRES_FROM = date(2026, 1, 1)
POPULATION_ON = date(2022, 12, 31)
ALAND = "21"
ALAND_AMONG_COUNTIES = "91"
ALAND_ON_THE_DRAWING = "46"
COUNTRY: dict[str, Any] = {
    "code": "FI",
    "name": {"fi": "Suomi", "sv": "Finland", "en": "Finland"},
    "genitive": "Suomen",
}

Kind = Area.Kind


@dataclass(frozen=True)
class Places:
    """Every area as the fields of its row, and which lies in which, by key, from when to when."""

    areas: list[dict]
    belongings: set[tuple[str, str, date | None, date | None]]


class Larger(NamedTuple):
    """A kind of larger area: the field of a municipality that names it, and its days."""

    field: str
    kind: Area.Kind
    entries: dict[str, dict]
    begins: date | None = None
    ends: date | None = None


def read(folder: Path = DATA) -> Places:
    """The areas in a folder of the four files.

    Raises BrokenFileError when a file is missing or does not parse, when a name is missing, or when
    the files disagree on who belongs where or on how many live there.
    """
    regions = _entries(folder, REGIONS, "regions", ("municipality_count", "population_2022"))
    employment_areas = _entries(
        folder, EMPLOYMENT_AREAS, "employment_areas", ("municipalities", "population_2022")
    )
    municipalities = _entries(
        folder,
        MUNICIPALITIES,
        "municipalities",
        ("region", "employment_area", "population_2022", "language_status", "settlement_type"),
    )
    counties = _entries(folder, MUNICIPALITIES, "wellbeing_services_counties")
    ely_centres = _entries(folder, MUNICIPALITIES, "ely_centres_2025")
    development_centres = _entries(folder, MUNICIPALITIES, "economic_development_centres_2026")
    with_page = [
        Larger("region", Kind.REGION, regions),
        Larger("employment_area", Kind.EMPLOYMENT_AREA, employment_areas, EMPLOYMENT_AREAS_FROM),
    ]
    without_page = [
        Larger("wellbeing_services_county", Kind.COUNTY, counties, COUNTIES_FROM),
        Larger("ely_centre_2025", Kind.ELY_CENTRE, ely_centres, ends=ELY_CENTRES_TO),
        Larger(
            "economic_development_centre_2026",
            Kind.DEVELOPMENT_CENTRE,
            development_centres,
            DEVELOPMENT_CENTRES_FROM,
        ),
    ]
    paths = _paths(folder, employment_areas)
    _check_sums(regions, employment_areas, municipalities)

    population = sum(entry["population_2022"] for entry in municipalities.values())
    areas = [_fields(Kind.COUNTRY, COUNTRY, population=population)]
    for code, entry in regions.items():
        path = paths[ALAND_ON_THE_DRAWING] if code == ALAND else ""
        areas.append(
            _fields(Kind.REGION, entry, population=entry["population_2022"], map_path=path)
        )
    for code, entry in employment_areas.items():
        areas.append(
            _fields(
                Kind.EMPLOYMENT_AREA,
                entry,
                population=entry["population_2022"],
                organised_as=entry.get("organised_as", ""),
                valid_from=EMPLOYMENT_AREAS_FROM,
                map_path=paths[code],
            )
        )
    for entry in municipalities.values():
        areas.append(
            _fields(
                Kind.MUNICIPALITY,
                entry,
                population=entry["population_2022"],
                language_status=entry["language_status"],
                settlement_type=entry["settlement_type"],
            )
        )
    for larger in without_page:
        areas += [
            _fields(larger.kind, entry, valid_from=larger.begins, valid_to=larger.ends)
            for entry in larger.entries.values()
        ]
    return Places(areas, set(_belongings(municipalities, [*with_page, *without_page])))


def _entries(folder: Path, file: str, name: str, needed: tuple[str, ...] = ()) -> dict[str, dict]:
    """A list of the file by code; each entry has a name in each language and what is needed."""
    try:
        content = json.loads((folder / file).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BrokenFileError(file, "", "the file is missing") from error
    except UnicodeDecodeError as error:
        raise BrokenFileError(file, f"byte {error.start}", "the text is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise BrokenFileError(
            file, f"line {error.lineno}, column {error.colno}", error.msg
        ) from error
    if not isinstance(content, dict) or not isinstance(content.get(name), list):
        raise BrokenFileError(file, name, "a list was expected")
    entries: dict[str, dict] = {}
    for position, entry in enumerate(content[name], start=1):
        if not isinstance(entry, dict) or not isinstance(entry.get("code"), str):
            raise BrokenFileError(
                file, f"{name}, entry {position}", "an entry with a code was expected"
            )
        where = f"{name}, code {entry['code']}"
        if entry["code"] in entries:
            raise BrokenFileError(file, where, "the code comes twice")
        names = entry.get("name")
        for language in LANGUAGES:
            if not isinstance(names, dict) or not names.get(language):
                raise BrokenFileError(file, where, f"the name in “{language}” is missing")
        for field in needed:
            if field not in entry:
                raise BrokenFileError(file, where, f"“{field}” is missing")
        if type(entry.get("population_2022", 0)) is not int:
            raise BrokenFileError(file, where, "“population_2022” is not a whole number")
        entries[entry["code"]] = entry
    return entries


def _fields(kind: Area.Kind, entry: dict, **values) -> dict:
    if "population" in values:
        values["population_on"] = POPULATION_ON
    names = {f"name_{language}": entry["name"][language] for language in LANGUAGES}
    return {
        "kind": kind,
        "code": entry["code"],
        **names,
        "genitive_fi": entry.get("genitive", ""),
        **values,
    }


def _paths(folder: Path, employment_areas: dict[str, dict]) -> dict[str, str]:
    try:
        paths = outlines((folder / DRAWING).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BrokenFileError(DRAWING, "", "the file is missing") from error
    for code in [*employment_areas, ALAND_ON_THE_DRAWING]:
        if code not in paths:
            raise BrokenFileError(DRAWING, f"path a{int(code)}", "the outline is missing")
    return paths


def _check_sums(regions: dict, employment_areas: dict, municipalities: dict) -> None:
    """What the larger areas say of their municipalities is what these say themselves."""
    for field, entries, file in (
        ("region", regions, REGIONS),
        ("employment_area", employment_areas, EMPLOYMENT_AREAS),
    ):
        for code, entry in entries.items():
            mine = [one for one in municipalities.values() if one[field] == code]
            counted = entry.get("municipality_count", len(entry.get("municipalities", mine)))
            if counted != len(mine):
                raise BrokenFileError(
                    file, f"code {code}", f"{counted} municipalities, but {len(mine)} name it"
                )
            people = sum(one["population_2022"] for one in mine)
            if entry["population_2022"] != people:
                raise BrokenFileError(
                    file,
                    f"code {code}",
                    f"population {entry['population_2022']}, but its municipalities have {people}",
                )


def _belongings(
    municipalities: dict[str, dict], larger_areas: list[Larger]
) -> Iterator[tuple[str, str, date | None, date | None]]:
    """Each smaller area with every larger one that it lies in, wholly or in part."""
    country = Area.key_of(Kind.COUNTRY, COUNTRY["code"])
    for code, entry in municipalities.items():
        municipality = Area.key_of(Kind.MUNICIPALITY, code)
        yield municipality, country, None, None
        for larger in larger_areas:
            whole = entry.get(larger.field)
            if entry["region"] == ALAND and whole in (None, ALAND_AMONG_COUNTIES):
                continue  # no employment area, no ELY Centre, no wellbeing services county
            if whole not in larger.entries:
                where = f"municipalities, code {code}"
                raise BrokenFileError(MUNICIPALITIES, where, f"{larger.field} “{whole}” is unknown")
            yield municipality, Area.key_of(larger.kind, whole), larger.begins, larger.ends
        region = Area.key_of(Kind.REGION, entry["region"])
        yield region, country, None, None
        if entry["employment_area"]:
            employment_area = Area.key_of(Kind.EMPLOYMENT_AREA, entry["employment_area"])
            yield employment_area, region, EMPLOYMENT_AREAS_FROM, None
            yield employment_area, country, EMPLOYMENT_AREAS_FROM, None

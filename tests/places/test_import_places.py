"""The shipped reference data, and the command that takes it in."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from portal.places import outlines, reading
from portal.places.models import Area, Belonging

pytestmark = pytest.mark.django_db
Kind = Area.Kind


def run(*args):
    out = StringIO()
    call_command("import_places", *args, stdout=out)
    return out.getvalue()


def change(folder, file, edit):
    content = json.loads((folder / file).read_text())
    edit(content)
    (folder / file).write_text(json.dumps(content))


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (Kind.COUNTRY, 1),
        (Kind.REGION, 19),
        (Kind.EMPLOYMENT_AREA, 45),
        (Kind.MUNICIPALITY, 308),
        (Kind.COUNTY, 23),  # 21 counties, Helsinki and Åland
        (Kind.ELY_CENTRE, 15),
        (Kind.DEVELOPMENT_CENTRE, 10),
    ],
)
def test_every_area_of_a_kind_is_there(finland, kind, number):
    assert Area.objects.filter(kind=kind).count() == number


@pytest.mark.parametrize("kind", [Kind.COUNTRY, Kind.REGION, Kind.MUNICIPALITY])
def test_population_is_that_of_the_end_of_2022(finland, kind):
    areas = Area.objects.filter(kind=kind)

    assert areas.aggregate(Sum("population"))["population__sum"] == 5_563_970
    assert {area.population_on.isoformat() for area in areas} == {"2022-12-31"}


def test_employment_areas_cover_all_municipalities_but_those_of_aland(finland):
    inside = Belonging.objects.filter(
        part__kind=Kind.MUNICIPALITY, whole__kind=Kind.EMPLOYMENT_AREA
    ).values("part")
    outside = Area.objects.filter(kind=Kind.MUNICIPALITY).exclude(pk__in=inside)

    assert inside.count() == 292
    assert outside.count() == 16
    assert {area.belongs_to.get(whole__kind=Kind.REGION).whole.key for area in outside} == {"MK21"}


def test_aland_is_in_no_wellbeing_services_county(finland):
    county = Belonging.objects.filter(whole__kind=Kind.COUNTY)

    assert county.count() == 292
    assert not county.filter(part__belongs_to__whole__key="MK21").exists()


def test_four_employment_areas_reach_into_two_regions(finland):
    regions = {}
    for row in Belonging.objects.filter(
        part__kind=Kind.EMPLOYMENT_AREA, whole__kind=Kind.REGION
    ).select_related("part"):
        regions.setdefault(row.part.code, []).append(row)

    assert sorted(code for code, rows in regions.items() if len(rows) == 2) == [
        "06",
        "10",
        "13",
        "38",
    ]


def test_the_ways_of_organising_are_those_decided_in_2024(finland):
    areas = Area.objects.filter(kind=Kind.EMPLOYMENT_AREA)

    assert [areas.filter(organised_as=how).count() for how in Area.OrganisedAs] == [39, 4, 2]


def test_employment_areas_and_aland_are_drawn(finland):
    drawn = Area.objects.exclude(map_path="")

    assert drawn.filter(kind=Kind.EMPLOYMENT_AREA).count() == 45
    assert drawn.exclude(kind=Kind.EMPLOYMENT_AREA).get().key == "MK21"


def test_a_path_of_steps_says_the_same_points():
    drawing = '<path id="a7" d="M10,20L12,18L12,18L5,30ZM1,2L3,4Z"/>'

    assert outlines.outlines(drawing) == {"07": "M10 20l2-2-7 12zM1 2l2 2z"}


def test_the_silhouette_is_that_of_the_drawing(settings):
    paths = outlines.outlines((reading.DATA / reading.DRAWING).read_text())
    drawn = (settings.BASE_DIR / "static" / "img" / "finland.svg").read_text()

    assert drawn == outlines.silhouette(paths.values())


def test_second_run_changes_nothing():
    assert "2334 added" in run()

    assert run().endswith("Places: nothing changed.\n")


def test_a_corrected_name_and_a_moved_municipality_are_taken_in(folder):
    run(folder)

    def edit(content):
        by_code = {entry["code"]: entry for entry in content["municipalities"]}
        by_code["005"]["name"]["sv"] = "Alajarvi"
        by_code["005"]["ely_centre_2025"] = "12"

    change(folder, "municipalities.json", edit)

    assert run(folder).endswith("Places: 1 added, 1 changed, 1 removed.\n")
    alajarvi = Area.objects.get(key="KU005")
    assert alajarvi.name_sv == "Alajarvi"
    assert alajarvi.belongs_to.get(whole__kind=Kind.ELY_CENTRE).whole.code == "12"


def without_a_name(content):
    del content["municipalities"][2]["name"]["sv"]


def in_an_unknown_area(content):
    content["municipalities"][0]["employment_area"] = "99"


def outside_every_area(content):
    content["municipalities"][0]["employment_area"] = None


def twice(content):
    content["municipalities"].append(content["municipalities"][0])


def with_people_in_words(content):
    content["municipalities"][0]["population_2022"] = "many"


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (without_a_name, ["code 010", "“sv”"]),
        (in_an_unknown_area, ["code 18", "municipalities, but"]),
        (outside_every_area, ["code 18", "municipalities, but"]),
        (twice, ["code 005", "twice"]),
        (with_people_in_words, ["code 005", "population_2022"]),
    ],
)
def test_files_that_disagree_change_nothing_and_say_where(folder, edit, said):
    change(folder, "municipalities.json", edit)

    with pytest.raises(CommandError) as refused:
        run(folder)

    assert "Nothing was imported" in str(refused.value)
    for words in said:
        assert words in str(refused.value)
    assert not Area.objects.exists()


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("regions.json", b'{"regions": [', "line 1, column 14"),
        ("regions.json", b'{"regions": "none"}', "a list was expected"),
        ("regions.json", "{'ä'}".encode("latin-1"), "not UTF-8"),
        ("employment_areas.svg", b"<svg/>", "path a1: the outline is missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_place(folder, file, content, said):
    (folder / file).write_bytes(content)

    with pytest.raises(CommandError) as refused:
        run(folder)

    assert file in str(refused.value)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "file",
    ["regions.json", "municipalities.json", "employment_areas.json", "employment_areas.svg"],
)
def test_a_missing_file_is_named(folder, file):
    (folder / file).unlink()

    with pytest.raises(CommandError, match=f"{file}: the file is missing"):
        run(folder)

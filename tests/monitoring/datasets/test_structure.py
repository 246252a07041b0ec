"""The structure of a dataset is written by statisticians, judged, and kept with its history."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from monitoring.datasets import example, services, structuring
from monitoring.datasets.cubes import Cube
from monitoring.datasets.models import Dataset
from portal.languages import in_language
from tests.factories.accounts import UserFactory
from tests.monitoring.datasets.making import approved

pytestmark = pytest.mark.django_db
AREAS = "FI\nTA01;;;;FI\nTA02;;;;FI FI#towns\nTA03;Oma;Egen;Own;FI FI#towns"
SEXES = "_T; Yhteensä; Totalt; Total\nF; Naiset; Kvinnor; Women; _T\nM; Miehet; Män; Men; _T"


@pytest.fixture
def desk(client, people):
    client.force_login(people["statistician"])
    return client


@pytest.fixture
def empty(three_areas):
    return Dataset.objects.create(slug="new", period="year", **example.WORDS)


def save(dataset, key, text, dimension=None):
    return structuring.save(
        dataset,
        dimension,
        key=key,
        names=("Nimi", "Namn", "Name"),
        found=structuring.lines(text, key),
        by=UserFactory(),
    )


def sums_of(dataset):
    """What adds up to what, in the order of the dimensions."""
    return [
        (total.code, [part.code for part in parts])
        for axis in Cube.of(dataset).axes
        for total, parts in sorted(axis.breakdowns, key=lambda one: -len(one[1]))
    ]


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("SEX", "", "At least one code"),
        ("SEX", "F; Naiset; Kvinnor", "Line 1: A name in each language"),
        ("SEX", "F F; a; b; c", "Line 1:"),
        ("SEX", SEXES + "\nF; a; b; c", "Line 4: “F” stands in line 2"),
        ("SEX", "F; a; b; c; _X", "Line 1: The total “_X” is no code"),
        ("SEX", "F; a; b; c; F", "Line 1: “F” would be a part of itself"),
        ("SEX", "F; a; b; c; M\nM; a; b; c; F", "Line 2: “M” would be a part of itself"),
        ("SEX", "F; a; b; c; ; x", "Line 1: Five cells"),
        ("REF_AREA", "TA99", "Line 1: “TA99” is no area"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(three_areas, key, text, words):
    with in_language("en"), pytest.raises(ValidationError) as wrong:
        structuring.lines(text, key)

    assert any(words in one for one in wrong.value.messages)


def test_a_structure_is_written_and_a_file_is_checked_against_it(empty):
    save(empty, "REF_AREA", AREAS)
    save(empty, "SEX", SEXES)
    content = b"REF_AREA,SEX,TIME_PERIOD,OBS_VALUE\n"
    content += b"TA01,F,2024,1\nTA01,M,2024,2\nTA01,_T,2024,4\n"

    with pytest.raises(services.Refused) as refused:
        services.bring(empty, BytesIO(content), "file.csv")

    assert [(one.row, one.value) for one in refused.value.errors.shown] == [(4, "4")]
    assert sums_of(empty)[:2] == [
        ("FI", ["TA01", "TA02", "TA03"]),
        ("FI", ["TA02", "TA03"]),
    ]
    cube = Cube.of(empty)
    assert [code.name_sv for code in cube.areas.codes][-2:] == ["Område 02", "Egen"]


def test_what_was_written_can_be_written_again(dataset):
    for dimension in dataset.dimensions.all():
        text = structuring.written(dimension)
        before = list(dimension.codes.values_list("code", "position", "area"))
        sums = sums_of(dataset)

        save(dataset, dimension.key, text, dimension)

        assert structuring.written(dimension) == text
        assert list(dimension.codes.values_list("code", "position", "area")) == before
        assert sums_of(dataset) == sums


def test_what_values_are_kept_by_stays(released):
    sex = released.dataset.dimensions.get(key="SEX")
    kept = dict(sex.codes.values_list("code", "position"))

    with pytest.raises(ValidationError, match="M"):
        save(released.dataset, "SEX", SEXES.rsplit("\n", 1)[0], sex)
    with pytest.raises(structuring.InUse):
        save(released.dataset, "GENDER", SEXES, sex)
    with pytest.raises(structuring.InUse):
        save(released.dataset, "LANGUAGE", SEXES)
    with pytest.raises(structuring.InUse):
        structuring.remove(sex, by=UserFactory())
    save(released.dataset, "SEX", "X; Muut; Andra; Other; _T\n" + SEXES, sex)

    after = dict(sex.codes.values_list("code", "position"))
    assert after == {**kept, "X": 3}
    assert "Other" in structuring.written(sex)


@pytest.mark.parametrize("key", ["TIME_PERIOD", "OBS_VALUE", "SEX", "sex", "1SEX"])
def test_a_key_is_free_and_has_its_form(dataset, key):
    with pytest.raises(ValidationError):
        save(dataset, key, SEXES)


def test_statisticians_make_a_dataset_with_its_dimensions(desk, three_areas):
    fields = {
        **example.WORDS,
        "slug": "plans",
        "period": "quarter",
        "decimals": "0",
        "least": "0",
        "smallest_shown": "5",
    }
    made = desk.post(reverse("dataset_structures:add"), fields)
    assert made.status_code == 302, made.content.decode()
    dataset = Dataset.objects.get(slug="plans")
    new = reverse("dataset_structures:dimension_new", args=[dataset.pk])
    typed = {"key": "SEX", "name_fi": "Sukupuoli", "name_sv": "Kön", "name_en": "Sex"}

    wrong = desk.post(new, {**typed, "codes": "F; Naiset"})
    assert "Line 1" in wrong.content.decode()
    right = desk.post(new, {**typed, "codes": SEXES})

    page = desk.get(right.url).content.decode()
    assert "Structure edited" in page
    areas, dimension = dataset.dimensions.all()
    assert (areas.key, dimension.key) == ("REF_AREA", "SEX")
    there = reverse("dataset_structures:dimension", args=[dataset.pk, dimension.pk])
    assert "Kvinnor; Women; _T" in desk.get(there).content.decode()
    desk.post(there, {"remove": "1"})
    assert list(dataset.dimensions.all()) == [areas]
    with pytest.raises(structuring.InUse):
        structuring.remove(areas, by=UserFactory())
    with pytest.raises(ValidationError):
        save(dataset, "AREA", AREAS, areas)


def test_what_addresses_and_values_rest_on_is_not_edited_and_changes_are_logged(
    desk, dataset, figures
):
    services.publish(
        approved(services.bring(dataset, BytesIO(example.as_csv(figures)), "file.csv"))
    )
    edit = reverse("dataset_structures:edit", args=[dataset.pk])
    fields = {
        **example.WORDS,
        "slug": dataset.slug,
        "period": "year",
        "decimals": "0",
        "least": "0",
        "smallest_shown": "5",
        "example": "on",
    }

    refused = desk.post(edit, {**fields, "period": "month"})
    assert "Values have come" in refused.content.decode()
    assert desk.post(edit, {**fields, "smallest_shown": "10"}).status_code == 302

    dataset.refresh_from_db()
    assert (dataset.period, dataset.smallest_shown) == ("year", 10)
    history = desk.get(reverse("dataset_structures:dimensions", args=[dataset.pk]))
    assert "Structure edited" in history.content.decode()

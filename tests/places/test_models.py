from datetime import date

import pytest

from portal.languages import alphabetical, in_language
from portal.places.models import Area
from tests.factories.places import AreaFactory, BelongingFactory

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (date(2024, 12, 31), False),
        (FIRST, True),
        (LAST, True),
        (date(2026, 1, 1), False),
    ],
)
def test_an_area_exists_from_its_first_day_to_its_last(day, there):
    AreaFactory(valid_from=FIRST, valid_to=LAST)

    assert Area.objects.on(day).exists() == there


def test_an_area_without_days_has_always_been_there():
    AreaFactory()

    assert Area.objects.on(date(1900, 1, 1)).exists()


def test_what_lies_in_what_is_asked_for_a_day():
    municipality = AreaFactory(kind=Area.Kind.MUNICIPALITY)
    former, present = AreaFactory(), AreaFactory()
    BelongingFactory(part=municipality, whole=former, valid_to=LAST)
    BelongingFactory(part=municipality, whole=present, valid_from=date(2026, 1, 1))

    assert set(Area.objects.around(municipality, LAST)) == {municipality, former}
    assert set(Area.objects.around(municipality, date(2026, 1, 1))) == {municipality, present}
    assert set(Area.objects.within(present, LAST)) == {present}
    assert set(Area.objects.within(present, date(2026, 1, 1))) == {present, municipality}


def test_ely_centres_end_where_development_centres_begin(finland):
    tampere = Area.objects.get(key="KU837")

    def centres(day):
        kinds = [Area.Kind.ELY_CENTRE, Area.Kind.DEVELOPMENT_CENTRE]
        return [area.name_en for area in Area.objects.around(tampere, day).filter(kind__in=kinds)]

    assert centres(date(2025, 12, 31)) == ["Pirkanmaa ELY Centre"]
    assert centres(date(2026, 1, 1)) == ["Inland Finland Economic Development Centre"]


@pytest.mark.parametrize("words", ["äänekoski", "AANEKOSKI", "nekosk"])
def test_a_name_is_found_without_case_or_dots(finland, words):
    assert [area.key for area in Area.objects.named(words)] == ["KU992"]


@pytest.mark.parametrize("words", ["Helsingfors", "helsinki"])
def test_a_name_is_found_in_any_language(finland, words):
    assert "KU091" in {area.key for area in Area.objects.named(words)}


@pytest.mark.parametrize("words", ["", "  ", "%", "_"])
def test_no_word_finds_nothing(finland, words):
    assert not Area.objects.named(words).exists()


def test_the_key_is_the_prefix_and_the_code():
    assert AreaFactory(kind=Area.Kind.REGION, code="06").key == "MK06"
    assert AreaFactory(kind=Area.Kind.COUNTRY, code="FI").key == "FI"


def test_letters_after_z_come_after_z():
    for name in ["Äänekoski", "Åbo", "Öja", "Zeta", "Akaa"]:
        AreaFactory(name_sv=name)

    with in_language("sv"):
        names = [area.name for area in alphabetical(Area.objects.all())]

    assert names == ["Akaa", "Zeta", "Åbo", "Äänekoski", "Öja"]

"""One box for areas: what people type, what is meant by it, and what is said when it is nothing."""

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.http import QueryDict
from django.utils.translation import override

from portal.places.forms import AreaField, AreasField, Names
from portal.places.models import Area

pytestmark = pytest.mark.django_db


@pytest.fixture
def areas(finland):
    return list(Area.objects.choosable())


class Form(forms.Form):
    """A form as the site's own: one area, and several."""

    area = AreaField(required=False)
    areas = AreasField()

    def __init__(self, data, areas):
        super().__init__(QueryDict(data))
        for name in self.fields:
            self.fields[name].offer(areas)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Helsinki", "KU091"),
        ("HELSINGFORS", "KU091"),
        ("  helsingissä ", "KU091"),
        ("Helsinkiin", "KU091"),
        ("i Åbo", "KU853"),
        ("Åbos", "KU853"),
        ("Turussa", "KU853"),
        ("Tampereella", "KU837"),
        ("Lahdessa", "KU398"),
        ("Espooseen", "KU049"),
        ("Vantaan", "KU092"),
        ("Pirkanmaalla", "MK06"),
        ("Uudellamaalla", "MK01"),
        ("Uudenmaan", "MK01"),
        ("Nyland", "MK01"),
        ("aanekoski", "KU992"),
        ("Äane\u00adkoski", "KU992"),
        ("koko maa", "FI"),
        ("Suomi", "FI"),
        ("ku091", "KU091"),
    ],
)
def test_an_area_is_found_by_what_people_call_it(areas, words, key):
    with override("fi"):
        assert Names(areas).find(words).key == key


@pytest.mark.parametrize("words", ["Atlantis", "H", "ssa", "Helsinki Espoo", "KU999", "%", "\0"])
def test_what_is_no_area_is_none(areas, words):
    assert Names(areas).find(words) is None


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_name_in_the_list_finds_its_own_area(areas, language):
    with override(language):
        names = Names(areas)
        found = {label: names.find(label).pk for label in names.labels}

    assert found == {label: area.pk for label, area in names.labels.items()}
    assert len(found) == len(areas)


def test_a_wrong_name_is_asked_for_again_and_nothing_is_lost(areas):
    with override("en"):
        form = Form("area=Helsinky&areas=KU853&areas=Tampere, Atlantis", areas)
        said = {name: [str(words) for words in errors] for name, errors in form.errors.items()}
        html = BeautifulSoup(form.as_p(), "html.parser")

    assert said["area"] == ["No area here is called “Helsinky”. Did you mean Helsinki?"]
    assert said["areas"] == ["No area here is called “Atlantis”. Choose a name from the list."]
    assert html.select_one("#id_area")["value"] == "Helsinky"
    assert html.select_one("#id_areas")["value"] == "Atlantis"
    assert [one["value"] for one in html.select("[type=checkbox][checked]")] == ["KU853", "KU837"]


def test_several_are_chosen_by_ticks_and_by_names(areas):
    form = Form("areas=KU853&areas=Tampere, åbo; TA05", areas)

    assert form.is_valid()
    assert form.cleaned_data["area"] is None
    assert [area.key for area in form.cleaned_data["areas"]] == ["KU853", "KU837", "TA05"]


def test_the_box_has_a_list_of_the_names_without_any_script(areas):
    with override("sv"):
        html = BeautifulSoup(str(Form("", areas)["area"]), "html.parser")

    names = html.select_one("datalist")
    assert html.select_one("input")["list"] == names["id"]
    assert "Helsingfors" in [option["value"] for option in names.select("option")]

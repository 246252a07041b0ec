"""What comes first among things that have all of the words, or some: the same on every engine."""

from collections import Counter

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.places.models import Area, Belonging
from search import service_pages, spelling
from search.queries import reader, search
from search.question import Question
from tests.factories.places import AreaFactory
from tests.factories.search import indexed

pytestmark = pytest.mark.django_db


def titles(text, language="fi"):
    found = search(Question(text), reader(AnonymousUser()), language)
    assert not found.reduced
    return [result.title for result in found.results]


def slots(text, language):
    return [slot.whole[0][1:] for slot in Question(text).slots(language)]


def test_what_a_sentence_says_little_with_weighs_little(reindexed):
    indexed("Löytyminen", body="Miten löytää apua: tarvita voi monta tapaa löytää oikea.")
    indexed("Vuokra", body="Vuokrasta sovitaan.")
    reindexed()

    assert titles("Miten voin löytää oikean vuokran, jota tarvitsen?")[0] == "Vuokra"


@pytest.mark.parametrize(
    ("text", "language", "left"),
    [
        ("Mikä on tulkkaus?", "fi", ["tulkkaus"]),
        ("Vem betalar tolken?", "sv", ["betala", "tolk"]),
        ("Who pays for the interpreter?", "en", ["pay", "interpreter"]),
    ],
)
def test_words_that_ask_are_no_words_that_are_looked_for(text, language, left):
    assert slots(text, language) == left


def test_several_words_of_a_question_may_each_be_meant_otherwise(reindexed):
    indexed("Laskennallinen korvaus", body="Työvoimaviranomainen ei saa laskennallista korvausta.")
    indexed("Työvoimaviranomainen")
    reindexed()

    assert titles("kotokorvaus työkkärille")[0] == "Laskennallinen korvaus"


def test_words_of_one_paragraph_come_before_words_far_apart(reindexed):
    far = "vuokra " + "muu " * 120 + "korvaus " + "muu " * 120 + "tyhjä"
    indexed("Kaukana", body=far)
    indexed("Lähellä", body="muu " * 250 + "tyhjän asunnon vuokra on korvaus")
    reindexed()

    assert titles("tyhjä vuokra korvaus") == ["Lähellä", "Kaukana"]


def test_a_title_of_nothing_else_comes_before_a_longer_one(reindexed):
    indexed("Suunnitelman ja monen muun asian seuranta alueilla", body="suunnitelma hanke")
    indexed("Suunnitelma", body="suunnitelma hanke")
    reindexed()

    assert titles("suunnitelma hanke")[0] == "Suunnitelma"


def test_a_section_that_the_best_answer_cites_comes_before_one_that_it_does_not(reindexed):
    for number in (21, 22, 23):
        indexed(f"{number} § Suunnitelma", kind="section", body="Suunnitelman määräaika.")
    indexed("Suunnitelman määräaika", body="Määräajasta säädetään 23 §:ssä.", boost=3)
    reindexed()

    assert titles("suunnitelman määräaika kesken")[1] == "23 § Suunnitelma"


def test_all_parts_of_a_compound_come_before_one_part(reindexed):
    indexed("Yksi", body="Koulutus alkaa.")
    indexed("Kaikki", body="Lukutaito on koulutuksen alku.")
    reindexed()

    assert titles("lukutaitokoulutus")[0] == "Kaikki"


def test_a_centre_is_found_by_the_name_of_the_elys_whose_work_it_went_on_with():
    centre = AreaFactory(kind=Area.Kind.DEVELOPMENT_CENTRE, name_fi="Itä-Suomen elinvoimakeskus")
    ely = AreaFactory(kind=Area.Kind.ELY_CENTRE, name_fi="Pohjois-Savon ELY-keskus")
    other = AreaFactory(kind=Area.Kind.ELY_CENTRE, name_fi="Lapin ELY-keskus")
    town = AreaFactory(kind=Area.Kind.MUNICIPALITY)
    for whole in (centre, ely):
        Belonging.objects.create(part=town, whole=whole)

    [words] = {entry.words for entry in service_pages.pages() if entry.key == centre.key}

    assert ely.name_fi in words and other.name_fi not in words


def test_a_thing_of_that_very_name_comes_first_though_its_name_has_common_words(reindexed):
    indexed("promotion of integration", "en", kind="term", body="Support.")
    for number in range(12):
        body = "Promotion of integration. " * 9
        indexed(f"Integration {number} and its promotion", "en", body=body, boost=3)
    reindexed()

    assert titles("promotion of integration", "en")[0] == "promotion of integration"


@pytest.mark.parametrize(
    ("typed", "right"),
    [("integrationsplin", "integrationsplan"), ("arbetsökande börjar", "arbetssökande börjar")],
)
def test_a_slip_that_reads_as_a_compound_is_put_right_too(reindexed, typed, right):
    indexed("En arbetssökande börjar", "sv", body="Integrationsplan och bedömning.")
    spelling.keep({"sv": Counter({"integrationsplan": 3, "arbetssökande": 3, "börjar": 1})})
    reindexed()

    found = search(Question(typed), reader(AnonymousUser()), "sv")

    assert found.respelt == right
    assert found.total == 1


def test_a_mere_stem_that_another_language_has_does_not_hide_a_slip(reindexed):
    indexed("About the service", "en")
    indexed("Palvelu", body="Palvelun nimi on Integration service.")
    spelling.keep({"en": Counter({"service": 3}), "fi": Counter({"palvelu": 1})})
    reindexed()

    found = search(Question("about the servicce"), reader(AnonymousUser()), "en")

    assert found.respelt == "about the service"


def test_a_compound_is_not_about_one_of_its_parts_when_the_portal_has_not_the_other(reindexed):
    indexed("Lupa", body="Lupa haetaan kunnasta.")
    reindexed()

    assert titles("kalastuslupa") == []


def test_few_words_of_which_the_portal_has_not_one_are_of_another_matter(reindexed):
    for number in range(30):
        indexed(f"Muu asia {number}", body="Jotakin muuta.")
    for number in range(4):
        indexed(f"Helsinki {number}")
    reindexed()

    assert titles("bussiaikataulu Helsinki") == []
    assert len(titles("kotosipi Helsinki")) == 4  # no word of the language: of the field?

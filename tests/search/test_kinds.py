"""Kinds of things that are found: terms, acts, areas, and pages that no editor writes."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.html import strip_tags

from law.glossary.models import Term
from portal.languages import LANGUAGES
from portal.places.models import Belonging
from portal.search_api import SIGNED_IN
from search import index, service_pages
from search.documents import kinds
from search.models import Document
from search.queries import Question, reader, search
from tests.factories.law import ActFactory
from tests.factories.places import AreaFactory

pytestmark = pytest.mark.django_db


def first(text, language="fi", kind=""):
    found = search(Question(text), reader(AnonymousUser(), kind=kind), language).results
    return (found[0].title, found[0].url, str(found[0].snippet)) if found else None


def indexed_whole(kind):
    index.write(kinds()[kind].entries())


@pytest.fixture
def term():
    Term.objects.create(
        key="promotion-of-integration",
        name_fi="kotoutumisen edistäminen",
        name_sv="integrationsfrämjande",
        name_en="promotion of integration",
        also_sv="främjande av integration",
        definition_fi="Tukemista palveluilla.",
        definition_sv="Stöd genom tjänster.",
        definition_en="Support by services.",
        avoid="kotouttaminen\nkotouttamislaki",
    )
    indexed_whole("term")


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        ("kotoutumisen edistämisestä", "fi", "kotoutumisen edistäminen"),
        ("främjande av integration", "sv", "integrationsfrämjande"),
        ("integrationsfrämjande", "fi", "kotoutumisen edistäminen"),
        ("kotoutumisen edistäminen", "en", "promotion of integration"),
        ("kotouttamislaki", "sv", "integrationsfrämjande"),
    ],
)
def test_a_term_is_found_by_every_name_and_shown_in_the_readers_language(
    term, text, language, title
):
    found = first(text, language)

    assert found[:2] == (title, found[1])
    assert found[1].endswith("#term-promotion-of-integration")


def test_a_word_that_is_used_no_longer_says_what_the_thing_is_called_now(term):
    _title, _url, snippet = first("kotouttaminen")

    assert "”kotouttaminen” on nyt ”kotoutumisen edistäminen”" in strip_tags(snippet)


def test_an_act_is_found_by_its_number_name_and_amending_act():
    act = ActFactory(number=681, year=2023)
    act.amendments.create(number=1376, year=2025, given_on="2025-12-22", in_force_from="2026-01-01")
    ActFactory(number=2023, year=2681, name_fi="Laki toisesta asiasta")
    indexed_whole("act")

    for text in ("681/2023", "1376/2025", act.name_fi):
        assert first(text)[1] == act.get_absolute_url()


def test_an_area_is_found_by_its_names_its_kind_and_what_it_lies_in():
    town = AreaFactory(name_fi="Turku", name_sv="Åbo", name_en="Turku", kind="municipality")
    region = AreaFactory(
        name_fi="Varsinais-Suomi", name_sv="Egentliga Finland", name_en="SW Finland", kind="region"
    )
    Belonging.objects.create(part=town, whole=region)
    indexed_whole("area")

    assert first("Åbo", "fi")[0] == "Turku"
    assert first("turun kaupunki")[0] == "Turku"
    assert first("kaupunki varsinais-suomi")[0] == "Turku"
    assert first("maakunta varsinais-suomi")[0] == "Varsinais-Suomi"
    found = search(Question("Turku"), reader(AnonymousUser()), "fi").results
    assert [one.title for one in found] == ["Turku", "Varsinais-Suomi"]


@pytest.mark.parametrize(
    ("kind", "found"),
    [("county", True), ("development_centre", True), ("ely_centre", False)],
)
def test_every_area_that_has_a_page_is_found(kind, found):
    AreaFactory(name_fi="Kainuun keskus", name_sv="Kajanaland", name_en="Kainuu", kind=kind)
    indexed_whole("area")

    assert (first("kainuun keskus", kind="area") is not None) == found


def test_every_service_page_has_a_title_an_address_and_words_in_each_language():
    pages = list(service_pages.pages())

    assert len(pages) >= 3 * 15
    assert {page.language for page in pages} == set(LANGUAGES)
    for page in pages:
        assert page.title and page.summary and page.words
        assert page.path.startswith(("/api/", f"/{page.language}/"))


def test_service_pages_are_indexed_with_the_rest_and_stay():
    index.refresh()
    index.update("service", ["law:index"])

    assert first("lainsäädäntö", kind="service")[0] == "Laki"
    assert Document.objects.filter(kind="service", key="law:index").count() == 3
    assert not [problem for problem in index.problems() if "service" in problem]
    own = Document.objects.get(kind="service", key="questions:mine", language="fi")
    assert own.audience == SIGNED_IN
    there = first("lähetetyt kysymykset", kind="service")
    assert there is None or there[1] != own.path

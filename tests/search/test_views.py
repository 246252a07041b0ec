"""The search page and the suggestions, as a reader meets them."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from portal.places.models import Area
from portal.topics.models import Topic
from search import queue
from search.engines import elastic
from tests.factories.accounts import UserFactory
from tests.factories.partnership import MembershipFactory
from tests.factories.places import AreaFactory
from tests.factories.search import article, indexed
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def page(client, address="/fi/haku/", **parameters):
    response = client.get(address, parameters)
    return response, response.content.decode()


def test_results_are_marked_linked_and_kept_out_of_search_engines(client):
    indexed("Kunta <script>", path="/fi/ohjeet/kunta/", body="Kunnan tehtävät & vastuu")

    response, html = page(client, q="kuntien")

    assert response.status_code == 200
    assert '<a href="/fi/ohjeet/kunta/"><mark>Kunta</mark> &lt;script&gt;</a>' in html
    assert "<mark>Kunnan</mark> tehtävät &amp; vastuu" in html
    assert '<meta name="robots" content="noindex">' in html


def test_what_no_longer_holds_or_does_not_yet_hold_says_so_and_a_day_is_kept(client):
    indexed("Kunta ennen", holds_to=date(2025, 12, 31))
    indexed("Kunta vasta", holds_from=date(2999, 1, 1))

    _response, html = page(client, "/en/search/", q="kunta", on="2025-06-01", language="fi")
    assert "Kunta</mark> ennen" in html
    assert "vasta" not in html
    assert "No longer applies" in html
    assert 'value="2025-06-01"' in html
    assert "on=2025-06-01" in html.replace("&amp;", "&")  # the other filters keep the day

    _response, html = page(client, "/en/search/", q="kunta", on="2999-01-01")
    with translation.override("en"):
        assert f"From {date_format(date(2999, 1, 1), 'SHORT_DATE_FORMAT')}" in html

    _response, html = page(client, "/en/search/", q="ennen", on="2026-06-01")
    assert "Ask for any day" in html


def test_the_page_is_the_same_in_the_three_languages():
    with translation.override("fi"):
        assert reverse("search:results") == "/fi/haku/"
        assert reverse("search:suggest") == "/fi/haku/ehdotukset/"
    with translation.override("sv"):
        assert reverse("search:results") == "/sv/sok/"
        assert reverse("search:suggest") == "/sv/sok/forslag/"


def test_other_languages_are_labelled(client):
    indexed("Integrationsplan", "sv", path="/sv/plan/")

    _response, html = page(client, q="integrationsplaner")

    assert '<h3 lang="sv"><a href="/sv/plan/" hreflang="sv">' in html
    assert "på svenska" in html


def test_a_hit_in_another_language_leads_to_the_readers_own_and_says_why(client):
    indexed("Integrationsplan", "sv", thing="page:1", path="/sv/plan/")
    indexed("Suunnitelma", "fi", thing="page:1", path="/fi/suunnitelma/")

    _response, html = page(client, q="integrationsplaner")

    assert '<h3><a href="/fi/suunnitelma/">Suunnitelma</a></h3>' in html
    assert "/sv/plan/" not in html
    assert "Löytyi ruotsinkielisestä tekstistä." in html


def test_a_result_without_a_marked_word_says_why_it_is_there(client):
    indexed("Municipality", "en", words="borough")

    _response, html = page(client, "/en/search/", q="borough")

    assert "Found by another name" in html


def test_a_hit_never_leads_to_a_version_that_the_reader_may_not_see(client):
    indexed("Integrationsplan", "sv", thing="page:1", path="/sv/plan/")
    indexed("Salainen", "fi", thing="page:1", path="/fi/salainen/", audience="staff")

    _response, html = page(client, q="integrationsplaner")

    assert "Salainen" not in html and "/fi/salainen/" not in html


def test_before_anything_is_asked_the_page_says_what_can_be_found(client):
    indexed("Kunta", "en")

    response, html = page(client, "/en/search/")

    assert response.status_code == 200
    assert "What can be found here" in html
    assert "Examples of searches" in html


def test_a_search_without_words_says_that_it_has_none(client):
    _response, html = page(client, "/en/search/", q='"""')

    assert "There are no words in this search" in html


def test_a_misspelt_word_is_put_right_and_can_be_searched_as_typed(client):
    indexed("Kotoutumissuunnitelma")

    _response, html = page(client, "/en/search/", q="kotoutumissuunitelma")
    assert "These have <strong>kotoutumissuunnitelma</strong>" in html
    assert 'href="?q=kotoutumissuunitelma&amp;typed=1"' in html

    _response, html = page(client, "/en/search/", q="kotoutumissuunitelma", typed="1")
    assert "Nothing was found for “kotoutumissuunitelma”" in html
    assert 'href="?q=kotoutumissuunnitelma"' in html
    assert "Or look by section" in html


def test_filters_that_leave_nothing_say_what_is_there_without_them(client):
    indexed("Kunta")

    _response, html = page(client, "/en/search/", q="kunta", kind="news")

    assert "Nothing with these filters" in html
    assert "Without the filters there is 1 result." in html


def test_filters_work_without_scripts_and_keep_the_words(client):
    Topic.objects.create(key="law", name_fi="Laki", name_sv="Lag", name_en="Law")
    AreaFactory(code="05", name_en="Testing area")
    indexed("Municipality", "en", topics=["law"], areas=["TA05"])
    indexed("Municipality two", "en", kind="news")
    indexed("Kommun municipality", "sv", kind="news")

    _response, html = page(client, "/en/search/", q="municipality")

    assert 'href="?q=municipality&amp;kind=news"' in html
    assert 'href="?q=municipality&amp;topic=law"' not in html  # one choice is no choice
    _response, html = page(client, "/en/search/", q="municipality", topic="law", area="TA05")
    assert "1 result for" in html
    assert 'href="?q=municipality&amp;area=TA05"' in html


@pytest.mark.parametrize(
    "parameter",
    [
        {"kind": "nothing"},
        {"topic": "nothing"},
        {"area": "nothing"},
        {"area": "' OR 1=1"},
        {"language": "de"},
        {"page": "0"},
        {"page": "two"},
        {"page": "9" * 400},
        {"on": "1.1.2025"},
        {"on": "2025-02-30"},
        {"page": "²"},
        {"page": "7"},
    ],
    ids=str,
)
def test_a_value_that_cannot_be_read_is_named(client, parameter):
    indexed("Kunta")
    ((name, _value),) = parameter.items()

    response, html = page(client, "/en/search/", q="kunta", **parameter)

    assert response.status_code == 400
    assert f"“{name}”" in html


def test_a_long_search_is_cut_and_says_so(client):
    indexed("Kunta")

    response, html = page(client, "/en/search/", q="kunta " + "x " * 400)

    assert response.status_code == 200
    assert "at most 200 characters and 20 words" in html


def test_a_search_that_is_reduced_says_so(client, settings):
    indexed("Kunta")
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9/portal"

    _response, html = page(client, "/en/search/", q="kunta")

    assert "this is a reduced search" in html
    assert not elastic.breaker.closed


def test_the_pager_goes_on_with_the_same_search(client):
    for number in range(23):
        indexed(f"Kunta {number}")

    response, html = page(client, q="kunta", page="3")

    assert response.context["page_obj"].paginator.num_pages == 3
    assert html.count("<h3") == 3 + len(response.context["facets"])
    assert "?q=kunta&amp;page=2" in html


def test_a_page_of_results_costs_the_same_queries_for_one_and_for_many(client):
    Topic.objects.create(key="law", name_fi="Laki", name_sv="Lag", name_en="Law")
    AreaFactory(code="05")
    indexed("Kunta", topics=["law"], areas=["TA05"])
    indexed("Kunta municipality", "en")
    page(client, q="kunta")
    few = queries_of(lambda: page(client, q="kunta"))
    for number in range(15):
        indexed(f"Kunta {number}", "en", topics=["law"], areas=["TA05"], kind="news")
    page(client, q="kunta")

    many = queries_of(lambda: page(client, q="kunta"))

    assert many <= few
    assert many <= 9


def test_nothing_found_costs_few_queries(client):
    indexed("Kotoutumissuunnitelma")
    page(client, q="kunta")

    assert queries_of(lambda: page(client, q="kotoutumissuunitelma kaikille nyt")) <= 18


def test_anonymous_search_touches_no_session(client):
    response, _html = page(client, q="kunta")

    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def suggested(client, text, address="/fi/haku/ehdotukset/"):
    return client.get(address, {"q": text}).json()["suggestions"]


def test_suggestions_begin_a_word_of_the_title_own_language_first(client):
    indexed("Integrationsplan", "sv", path="/sv/plan/")
    indexed("Integraation tuki", "fi", path="/fi/tuki/")
    indexed("Kunnan integraatio", "fi", path="/fi/kunta/")
    indexed("Reintegration", "en")

    found = suggested(client, "integ")

    assert [each["url"] for each in found] == ["/fi/tuki/", "/fi/kunta/", "/sv/plan/"]
    assert found[2]["kind"].endswith("svenska")


def test_what_no_longer_holds_is_suggested_last(client):
    indexed("Kuntaopas", "fi", path="/fi/ennen/", holds_to=date(2020, 12, 31))
    indexed("Uusi kuntaopas kaikille", "fi", path="/fi/nyt/")

    assert [each["url"] for each in suggested(client, "kuntaop")] == ["/fi/nyt/", "/fi/ennen/"]


@pytest.mark.parametrize("text", ["kanaria", "kanáriä"])
def test_suggestions_are_only_of_what_the_person_may_find(client, text):
    indexed("Kanarialintu julkinen")
    indexed("Kanarialintu sisäinen", audience="staff")
    indexed("Kanarialintu yksityinen", audience="nobody")

    assert [each["title"] for each in suggested(client, text)] == ["Kanarialintu julkinen"]
    client.force_login(UserFactory(role="editor"))
    assert {each["title"] for each in suggested(client, text)} == {
        "Kanarialintu julkinen",
        "Kanarialintu sisäinen",
    }


@pytest.mark.parametrize("text", ["", "k", "%", "_", '"' * 51, " " * 20_000])
def test_suggestions_for_junk_are_none(client, text):
    indexed("Kunta")

    assert suggested(client, text) == []


def test_at_most_eight_suggestions_in_at_most_three_queries(client):
    for number in range(20):
        indexed(f"Kuntavertailu {number}")

    assert queries_of(lambda: suggested(client, "kuntav")) <= 3
    assert len(suggested(client, "kuntavert")) == 8


@pytest.mark.parametrize(
    "typed", ["kuntave", "kunatver", "kunttave", "kumtave", "kutavert", "kúntave"]
)
def test_a_slip_in_what_is_typed_is_forgiven(client, typed):
    indexed("Kuntavertailu")

    assert [each["title"] for each in suggested(client, typed)] == ["Kuntavertailu"]


def test_everyday_words_suggest_what_they_mean(client):
    indexed("Työvoimaviranomainen")

    assert [each["title"] for each in suggested(client, "työkk")] == ["Työvoimaviranomainen"]


def test_a_browser_is_told_how_to_search_and_gets_suggestions_in_its_own_form(client):
    indexed("Selainvertailu", path="/fi/vertailu/")
    page = client.get("/fi/haku/").content.decode()
    assert 'href="/fi/haku/opensearch.xml"' in page

    described = client.get("/fi/haku/opensearch.xml")
    root = ElementTree.fromstring(described.content)
    [html, suggestions] = root.findall("{http://a9.com/-/spec/opensearch/1.1/}Url")

    assert described["Content-Type"].startswith("application/opensearchdescription+xml")
    assert len(root[0].text) <= 16
    assert html.attrib["template"] == "http://testserver/fi/haku/?q={searchTerms}"
    address = suggestions.attrib["template"].replace("{searchTerms}", "selainv")
    words, titles, _kinds, addresses = client.get(address).json()
    assert (words, titles, addresses) == ("selainv", ["Selainvertailu"], ["/fi/vertailu/"])


# --- Canaries: what is hidden is in no result, count, suggestion or spelling ---------------------


@pytest.fixture
def canaries(db):
    article("Kanarialintu luonnos", live=False)
    private = article("Kanarialintu yksityinen")
    private.view_restrictions.create(restriction_type="login")
    MembershipFactory(organisation__name_fi="Kanarialintu hakija")
    published = article("Kanarialintu julkinen")
    published.title = "Kanarialintu muutos"
    published.save_revision()
    translation_of = published.copy_for_translation(
        type(published.locale).objects.get(language_code="sv")
    )
    translation_of.title = "Kanarialintu svenska"
    translation_of.save_revision()
    queue.drain()


@pytest.mark.parametrize("role", [None, "member", "editor", "programme"])
def test_hidden_things_are_neither_found_nor_counted_nor_suggested(client, canaries, role):
    if role:
        client.force_login(UserFactory(role=None if role == "member" else role))

    response, html = page(client, q="kanarialintu")

    assert response.context["found"].total == 1
    assert response.context["found"].facets["kind"] == {"guidance": 1}
    for hidden in ("luonnos", "yksityinen", "hakija", "muutos", "svenska<"):
        assert f"Kanarialintu {hidden}" not in html
        assert f"</mark> {hidden}" not in html
    assert [each["title"] for each in suggested(client, "kanaria")] == ["Kanarialintu julkinen"]


def test_hidden_titles_do_not_correct_a_spelling(client, canaries):
    article("Papukaija", live=False)
    queue.drain()

    _response, html = page(client, "/en/search/", q="papukaia")

    assert "apukaija" not in html


def test_areas_of_the_same_name_say_their_kind(client):
    names = {"name_fi": "Pohjois-Karjala", "name_sv": "Norra Karelen", "name_en": "North Karelia"}
    areas = [
        AreaFactory(**names),
        AreaFactory(kind=Area.Kind.REGION, **names),
        AreaFactory(name_en="Kainuu"),
    ]
    for area in areas:
        indexed("Employment", "en", areas=[area.key])

    response, _html = page(client, "/en/search/", q="employment")

    [facet] = [facet for facet in response.context["facets"] if facet.parameter == "area"]
    assert {choice.name for choice in facet.choices} == {
        "North Karelia (employment area)",
        "North Karelia (region)",
        "Kainuu",
    }


def test_a_search_asked_again_shows_what_has_changed_since(client):
    document = indexed("Kunta", path="/fi/ohjeet/kunta/", summary="Ennen muutosta")
    region = AreaFactory(kind=Area.Kind.REGION)
    assert "Ennen muutosta" in page(client, q="kunta")[1]

    document.text.summary = "Muutoksen jälkeen"
    document.text.save()
    assert "Muutoksen jälkeen" in page(client, q="kunta")[1]

    indexed("Kunta toinen", areas=f" {region.key} ")
    assert "Kunta</mark> toinen" in page(client, q="kunta")[1]
    assert "No longer applies" not in page(client, "/en/search/", q="kunta")[1]

    document.holds_to = date(2025, 12, 31)
    document.save()
    assert "No longer applies" in page(client, "/en/search/", q="kunta")[1]


def test_a_search_asked_again_costs_four_queries(client):
    indexed("Kunta", areas=f" {AreaFactory(kind=Area.Kind.REGION).key} ")
    page(client, q="kunta")

    assert queries_of(lambda: page(client, q="kunta")) <= 4

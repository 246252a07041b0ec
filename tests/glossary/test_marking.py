"""Terms in a text: the first mention of each, in running text alone."""

import pytest
from django.utils import translation

from law.glossary.marking import marked
from portal.caching.cache_version import asked_once
from tests.factories.glossary import TermFactory, integration_plan

pytestmark = pytest.mark.django_db


def in_brackets(words, meaning):
    return f"[{words}]"


def show(html, **kwargs):
    return marked(html, shown=in_brackets, **kwargs)


@pytest.fixture(autouse=True)
def finnish():
    with translation.override("fi"):
        yield


def test_the_first_mention_leads_to_the_glossary_and_says_the_definition():
    integration_plan(definition_fi="Mitä <sovitaan> & tehdään.")

    html = marked("<p>Laadi kotoutumissuunnitelma. Kotoutumissuunnitelmaa muutetaan.</p>")

    assert html.count('<span class="term">') == 1
    assert 'href="/fi/sanasto/#term-integration-plan"' in html
    assert 'aria-describedby="means-integration-plan"' in html
    assert 'id="means-integration-plan">Mitä &lt;sovitaan&gt; &amp; tehdään.</span>' in html
    assert html.endswith("Kotoutumissuunnitelmaa muutetaan.</p>")


def test_inflected_words_are_found_and_stay_as_they_were_written():
    integration_plan()

    assert (
        show("<p>Muuta Kotoutumissuunnitelmaan.</p>") == "<p>Muuta [Kotoutumissuunnitelmaan].</p>"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Kotoutumissuunnitelma</h2>",
        '<a href="/x/">kotoutumissuunnitelma</a>',
        '<a href="/x/"><b>kotoutumissuunnitelma</b></a>',
        "<blockquote><p>kotoutumissuunnitelma</p></blockquote>",
        "<table><tr><td>kotoutumissuunnitelma</td></tr></table>",
        '<aside class="block-law"><p>kotoutumissuunnitelma</p></aside>',
        "<details><summary>Kotoutumissuunnitelma</summary></details>",
        '<p class="title">Kotoutumissuunnitelma</p>',
        '<p title="kotoutumissuunnitelma">x</p>',
        "<p>kotoutumissuunnitelmapohja</p>",
        "<p>ei-kotoutumissuunnitelma</p>",
    ],
)
def test_nothing_is_marked_where_it_would_be_in_the_way(html):
    integration_plan()

    assert show(html) == html


def test_text_after_a_heading_is_marked_again():
    integration_plan()

    assert show("<h2>Kunta</h2><div><p>kotoutumissuunnitelma</p></div>").count("[") == 1


def test_the_longest_term_that_fits_is_taken():
    TermFactory(name_fi="kotoutuminen")
    TermFactory(name_fi="kotoutumisen edistäminen")

    assert show("<p>Kotoutumisen edistämisen laki</p>") == "<p>[Kotoutumisen edistämisen] laki</p>"


def test_other_words_of_a_term_lead_to_it_once():
    TermFactory(name_fi="työ- ja elinkeinoministeriö", also_fi="TEM")

    assert show("<p>TEM on työ- ja elinkeinoministeriö.</p>").count("[") == 1


def test_words_that_everybody_knows_are_left_out():
    integration_plan(shown_in_texts=False)

    assert "[" not in show("<p>kotoutumissuunnitelma</p>")


def test_a_definition_does_not_lead_to_itself():
    integration_plan()

    assert "[" not in show("kotoutumissuunnitelma", leave="integration-plan")


def test_terms_cost_one_query_and_then_none(django_assert_num_queries):
    integration_plan()

    with asked_once():
        with django_assert_num_queries(2):  # which version it is, and its terms
            show("<p>kotoutumissuunnitelma</p>")
        with django_assert_num_queries(0):
            show("<p>kotoutumissuunnitelma</p>")


def test_a_changed_term_shows_at_once():
    term = integration_plan()
    show("<p>kotoutumissuunnitelma</p>")

    term.name_fi = "kuntapaikka"
    term.save()

    assert show("<p>kuntapaikkoja</p>") == "<p>[kuntapaikkoja]</p>"


def test_entities_and_unfinished_tags_stay_as_they_are():
    integration_plan()
    html = "<p>1 &lt; 2 &amp; kotoutumissuunnitelma &nbsp;<br>x < y</p>"

    assert show(html) == html.replace("kotoutumissuunnitelma", "[kotoutumissuunnitelma]")

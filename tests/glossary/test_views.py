"""The glossary as a page."""

import re

import pytest

from law.glossary.models import Term
from law.glossary.starter import load
from law.starter import load as load_law
from tests.factories.glossary import TermFactory, integration_plan
from tests.factories.law import SectionFactory

pytestmark = pytest.mark.django_db
PAGE = "/en/glossary/"


def names(html):
    return re.findall(r"<dfn>(.*?)</dfn>", html)


@pytest.mark.parametrize("path", ["/fi/sanasto/", "/sv/ordlista/", PAGE])
def test_the_page_is_in_each_language_and_shows_the_names_in_the_others(client, path):
    integration_plan()

    html = client.get(path).content.decode()

    assert 'id="term-integration-plan"' in html
    for name in ("kotoutumissuunnitelma", "integrationsplan", "integration plan"):
        assert name in html


def test_letters_are_in_the_order_of_the_language(client):
    for name in ("ö", "ä", "z", "å", "a"):
        TermFactory(name_fi=f"{name}sana")

    html = client.get("/fi/sanasto/").content.decode()

    assert names(html) == ["asana", "zsana", "åsana", "äsana", "ösana"]
    assert re.findall(r'href="#letter-(.)"', html) == list("azåäö")


def test_find_looks_in_every_language_and_in_the_definition(client):
    integration_plan()
    TermFactory(name_en="other", definition_en="Agreed in a plan.")
    TermFactory(name_en="third")

    assert names(client.get(PAGE, {"q": "suunnitelma"}).content.decode()) == ["integration plan"]
    assert len(names(client.get(PAGE, {"q": "PLAN"}).content.decode())) == 2


def test_find_without_a_hit_says_so_and_keeps_the_words(client):
    html = client.get(PAGE, {"q": "<zebra>"}).content.decode()

    assert "No term has these words" in html
    assert 'value="&lt;zebra&gt;"' in html


def test_definitions_lead_to_each_other_and_to_the_section(client):
    integration_plan(section=SectionFactory(number="16"))
    TermFactory(key="client", name_en="client", definition_en="Has an integration plan.")

    html = client.get(PAGE).content.decode()

    assert 'Has an <a href="/en/glossary/#term-integration-plan">integration plan</a>.' in html
    assert 'href="/en/law/681-2023/16/"' in html


def test_words_to_avoid_and_unchecked_names_are_told(client):
    TermFactory(avoid="kotouttaminen", unchecked="sv")

    assert (
        'Do not use in Finnish: <span lang="fi">kotouttaminen</span>'
        in client.get(PAGE).content.decode()
    )
    assert "in Finnish" not in client.get("/fi/sanasto/").content.decode()
    assert "our own rendering" in client.get(PAGE).content.decode()
    assert "vocabulary" not in client.get(PAGE).content.decode()
    assert "integrationsordlistan" in client.get("/sv/ordlista/").content.decode()


def test_six_terms_cost_the_queries_of_one(client, django_assert_num_queries):
    sections = SectionFactory.create_batch(6)
    TermFactory(section=sections[0])
    client.get(PAGE)
    with django_assert_num_queries(3):
        client.get(PAGE)
    for section in sections[1:]:
        TermFactory(section=section)
    client.get(PAGE)
    with django_assert_num_queries(3):
        client.get(PAGE)


def test_a_section_lists_its_terms(client):
    section = SectionFactory(number="16", summary_en="An integration plan is made.")
    integration_plan(section=section)

    html = client.get("/en/law/681-2023/16/").content.decode()

    assert '<a href="/en/glossary/#term-integration-plan">integration plan</a>' in html
    assert html.count('role="tooltip"') == 1


def test_the_starter_loads_every_term_once_and_keeps_what_was_rewritten():
    load_law()
    load()
    assert Term.objects.count() == 57
    assert Term.objects.get(key="integration-plan").section.number == "5"
    Term.objects.filter(key="integration-plan").update(definition_fi="Toisin sanottuna.")

    load()

    assert Term.objects.count() == 57
    assert Term.objects.get(key="integration-plan").definition_fi == "Toisin sanottuna."


def test_no_starter_term_is_another_one_too():
    load_law()
    load()

    for term in Term.objects.all():
        term.full_clean()


def test_mere_forms_of_a_name_are_not_shown_as_other_words():
    load()

    assert Term.objects.get(key="integration-plan").also_fi == ""
    assert Term.objects.get(key="ely-centre").also_en.startswith("Centre for Economic Dev")


def test_the_glossary_is_in_the_site_map(client):
    assert b"/fi/sanasto/" in client.get("/sitemap.xml").content


@pytest.mark.parametrize(("role", "answer"), [("editor", 200), ("lawyer", 200), ("programme", 302)])
def test_editors_and_lawyers_write_it(client, people, role, answer):
    client.force_login(people[role])

    assert client.get("/cms/snippets/glossary/term/add/").status_code == answer


def test_a_change_is_logged_and_a_word_of_two_terms_is_refused(client, people):
    term = integration_plan()
    other = TermFactory()
    client.force_login(people["lawyer"])
    address = f"/cms/snippets/glossary/term/edit/{other.pk}/"
    fields = {
        field.name: getattr(other, field.name)
        for field in Term._meta.fields
        if field.name not in ("id", "section", "position")
    }

    refused = client.post(address, {**fields, "also_fi": term.name_fi, "section": ""})
    accepted = client.post(address, {**fields, "definition_fi": "Uusi.", "section": ""})

    assert refused.status_code == 200
    assert "kotoutumissuunnitelma" in refused.content.decode()
    assert accepted.status_code == 302
    other.refresh_from_db()
    assert other.definition_fi == "Uusi."
    history = client.get(f"/cms/snippets/glossary/term/history/{other.pk}/").content.decode()
    assert str(people["lawyer"]) in history

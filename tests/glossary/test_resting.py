"""A term rests on the section that it names: when the section changes, the term is checked."""

import pytest
from django.forms.models import model_to_dict
from django.urls import reverse

from law import impact_reviews
from law.glossary.models import Term
from law.glossary.references import KEY
from law.models import ImpactReview
from tests.factories.glossary import TermFactory, integration_plan
from tests.factories.law import SectionFactory, opened_change
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
State = ImpactReview.State


@pytest.fixture
def section(db):
    return SectionFactory(number="16")


@pytest.fixture
def term(section):
    return integration_plan(section=section)


@pytest.fixture
def change(term):
    change = opened_change(section=term.section)
    return change


def state_of(term):
    return ImpactReview.objects.get(kind=KEY, subject=str(term.pk)).state


def save(client, term, **fields):
    kept = {name: value for name, value in model_to_dict(term).items() if value is not None}
    address = reverse(Term.snippet_viewset.get_url_name("edit"), args=[term.pk])
    response = client.post(address, kept | fields)
    assert response.status_code == 302, response.context["form"].errors


def test_a_changed_section_opens_a_check_of_its_terms_for_the_lawyers(term, change):
    TermFactory()
    TermFactory(section=SectionFactory(number="17"))

    [check] = ImpactReview.objects.filter(kind=KEY)

    assert (check.subject, check.thing, check.owner) == (str(term.pk), str(term.pk), "lawyer")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/fi/sanasto/", "tätä määritelmää tarkistetaan"),
        ("/sv/ordlista/", "den här definitionen kontrolleras"),
        ("/en/glossary/", "Section 16 was amended on 15 March 2025; this definition is being"),
    ],
)
def test_readers_are_told_where_the_term_is_explained(client, term, path, words):
    assert words not in client.get(path).content.decode()

    opened_change(section=term.section)

    assert words in client.get(path).content.decode().replace("\xa0", " ")


def test_the_page_of_the_section_says_which_term_is_being_checked(client, term, change):
    html = client.get(term.section.get_absolute_url().replace("/fi/laki/", "/en/law/")).content

    assert "Being checked after a change in the law" in html.decode()


def test_a_lawyer_confirms_it_on_the_work_list(client, people, term, change):
    client.force_login(people["lawyer"])
    address = reverse("law_changes:change", args=[change.pk])
    assert "integration plan" in client.get(address).content.decode()

    client.post(address, {"kind": KEY, "thing": str(term.pk), "note": ""})

    assert state_of(term) == State.CONFIRMED


def test_those_who_do_not_edit_terms_see_it_and_cannot_confirm(client, people, term, change):
    client.force_login(people["statistician"])

    response = client.post(
        reverse("law_changes:change", args=[change.pk]),
        {"kind": KEY, "thing": str(term.pk), "note": ""},
    )

    assert response.status_code == 302
    assert state_of(term) == State.OPEN


def test_another_definition_settles_it_and_another_name_does_not(client, people, term, change):
    client.force_login(people["lawyer"])

    save(client, term, also_en="plan of integration")
    assert state_of(term) == State.OPEN

    save(client, term, definition_en="Agreed anew.")
    assert state_of(term) == State.CHANGED


def test_a_term_that_leaves_the_section_rests_on_it_no_more_until_it_is_back(
    client, people, term, change, section
):
    client.force_login(people["lawyer"])

    save(client, term, section="")
    assert state_of(term) == State.GONE

    save(client, term, section=section.pk)
    assert state_of(term) == State.OPEN


def test_a_deleted_term_leaves_no_open_check(term, change):
    subject = str(term.pk)

    term.delete()

    assert ImpactReview.objects.get(kind=KEY, subject=subject).state == State.GONE


def test_six_terms_cost_the_queries_of_one(client, term, change, section):
    before = queries_of_page(client, "/en/glossary/")
    for _more in range(5):
        TermFactory(section=section)
    impact_reviews.open_tasks([change])

    assert queries_of_page(client, "/en/glossary/") == before

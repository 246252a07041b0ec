"""Contacts of authorities in /cms/."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from portal.places.models import Area
from tests.factories.authorities import AreaContactFactory
from tests.factories.places import AreaFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
MISSING = "/cms/area-contacts/missing/"


@pytest.fixture
def keha(client, people):
    client.force_login(people["programme"])
    return client


def test_what_is_missing_leads_to_its_form(keha):
    told = AreaContactFactory()
    missing = AreaFactory(kind=Area.Kind.MUNICIPALITY)

    page = keha.get(MISSING).content.decode()

    assert f"/authorities/{missing.key}/contact/municipality/" in page
    assert told.area.key not in page


def test_what_was_not_checked_for_a_year_is_listed(keha):
    AreaContactFactory()
    old = AreaContactFactory(checked_on=timezone.localdate() - timedelta(days=400))

    page = keha.get(f"{MISSING}?state=old").content.decode()

    assert old.area.key in page
    assert page.count("/contact/municipality/") == 1


def test_the_list_costs_the_same_for_many(keha):
    AreaFactory(kind=Area.Kind.COUNTY)
    of_one = queries_of_page(keha, MISSING)
    for _n in range(5):
        AreaFactory(kind=Area.Kind.MUNICIPALITY)
        AreaContactFactory()

    assert queries_of_page(keha, MISSING) == of_one


def test_a_contact_is_changed_in_cms_with_its_history(keha):
    contact = AreaContactFactory()
    told = {
        "name_fi": "Uusi nimi",
        "matter_fi": "x",
        "email": "o@example.org",
        "checked_on": "2026-03-01",
        "seen": contact.version_token,
    }

    answer = keha.post(f"/cms/area-contacts/edit/{contact.pk}/", told)

    assert answer.status_code == 302
    contact.refresh_from_db()
    assert contact.name_fi == "Uusi nimi"
    assert keha.get(f"/cms/area-contacts/history/{contact.pk}/").status_code == 200
    assert keha.get("/cms/area-contacts/").status_code == 200


def test_nothing_is_saved_over_what_an_authority_told_meanwhile(keha):
    contact = AreaContactFactory()
    address = f"/cms/area-contacts/edit/{contact.pk}/"
    opened = BeautifulSoup(keha.get(address).content, "html.parser")
    told = {
        "name_fi": "Oma nimi",
        "matter_fi": "x",
        "email": "o@example.org",
        "checked_on": "2026-03-01",
        "seen": opened.select_one("input[name=seen]")["value"],
    }
    contact.name_fi = "Heidän nimensä"
    contact.save()

    answer = keha.post(address, told)

    assert answer.status_code == 409
    page = BeautifulSoup(answer.content, "html.parser")
    assert "Heidän nimensä" in page.get_text()
    assert page.select_one("input[name=name_fi]")["value"] == "Oma nimi"
    contact.refresh_from_db()
    assert contact.name_fi == "Heidän nimensä"
    again = told | {"seen": page.select_one("input[name=seen]")["value"]}
    assert keha.post(address, again).status_code == 302
    contact.refresh_from_db()
    assert contact.name_fi == "Oma nimi"


@pytest.mark.parametrize("role", ["editor", "lawyer", "statistician"])
def test_others_who_work_here_do_not_keep_contacts(role, client, people):
    client.force_login(people[role])
    contact = AreaContactFactory()

    assert client.get(f"/cms/area-contacts/edit/{contact.pk}/").status_code == 302

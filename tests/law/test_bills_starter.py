"""The bills that a new portal starts with."""

from datetime import date

import pytest

from law import bills, parsers, services, starter
from law.models import PendingBill, Section
from tests.factories.accounts import UserFactory
from tests.factories.law import PendingBillFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reform(the_act):
    starter.load_bills()
    return PendingBill.objects.get(key="integration-services-2027")


def test_the_reform_says_what_is_known_of_it_and_what_is_not(reform, client):
    assert (reform.number, reform.stage) == ("", "drafting")
    assert (reform.planned_on, reform.confirmed_on) == (date(2027, 1, 1), date(2026, 2, 23))
    section = Section.objects.get(number="14")

    for language, unchecked, number in [
        ("fi", "ei tarkistettu sen jälkeen", "Numero ei tiedossa"),
        ("sv", "inte kontrollerat sedan dess", "Numret inte känt"),
        ("en", "not checked since", "Number not known"),
    ]:
        words = {"fi": "laki", "sv": "lag", "en": "law"}[language]
        way = {"fi": "hankkeet", "sv": "projekt", "en": "bills"}[language]
        for path in (f"681-2023/{section.number}/", "681-2023/", f"{way}/"):
            page = client.get(f"/{language}/{words}/{path}").content.decode()
            assert getattr(reform, f"name_{language}") in page
            assert unchecked in page
        page = client.get(f"/{language}/{words}/{way}/{reform.pk}/").content.decode()
        assert unchecked in page and number in page
        assert "380/2023" in page and "tem.fi" in page


def test_a_second_run_changes_nothing_and_what_a_lawyer_did_stays(reform):
    bills.move(reform, "parliament", by=UserFactory(role="lawyer"), since=date(2026, 9, 10))
    PendingBill.objects.update(name_en="Another name", number="HE 99/2026")
    before = list(PendingBill.objects.values())

    starter.load_bills()

    assert list(PendingBill.objects.values()) == before


def test_without_the_act_there_is_nothing_to_change():
    starter.load_bills()

    assert not PendingBill.objects.exists()


def test_an_act_that_is_imported_with_its_amendments_joins_their_bills(the_act):
    bill = PendingBillFactory(number="HE 146/2025")

    services.import_act(parsers.read(parsers.SHIPPED))

    bill.refresh_from_db()
    assert bill.stage == "given"
    assert [one.reference for one in bill.amendments.all()] == ["1376/2025"]

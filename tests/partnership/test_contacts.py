"""The parts of an organisation's page: what it does, where, for whom, and contacts by matter."""

import pytest

from partnership.organisations import documents
from partnership.organisations.models import Contact, Membership, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.partnership import MembershipFactory
from tests.factories.places import AreaFactory

pytestmark = pytest.mark.django_db
PAGE = "/en/partners/mallila/"
CONTACTS = "/en/partners/mine/mallila/contacts/"


@pytest.fixture
def organisation():
    area = AreaFactory(name_en="Example Area")
    return MembershipFactory(
        status=Membership.Status.ACTIVE,
        owner=UserFactory(),
        organisation__slug="mallila",
        organisation__areas=[area],
        organisation__for_whom_fi="Vanhemmille.",
    ).organisation


@pytest.fixture
def owner(client, organisation):
    person = organisation.representatives.get().user
    client.force_login(person)
    return person


def rows(*typed):
    sent = {"contact-TOTAL_FORMS": len(typed), "contact-INITIAL_FORMS": 0}
    for number, row in enumerate(typed):
        full = {"role": "general", "function": "", "email": "", "phone": ""} | row
        sent |= {f"contact-{number}-{name}": value for name, value in full.items()}
    return sent


def test_the_page_has_its_parts(client, organisation):
    Contact.objects.create(
        organisation=organisation, role="clients", function="Service point", phone="+358 40 1"
    )
    page = client.get(PAGE).content.decode()

    for part in ("What we do", "Where", "Example Area", "For whom", "Vanhemmille.", "Contacts"):
        assert part in page
    assert "Guidance and services for clients" in page and "Service point" in page


def test_parts_without_words_are_not_there(client, organisation):
    organisation.for_whom_fi = ""
    organisation.save()
    page = client.get(PAGE).content.decode()

    assert "For whom" not in page and 'id="contacts"' not in page


def test_contacts_are_written_in_the_place_of_those_there_are(client, owner, organisation):
    Contact.objects.create(organisation=organisation, email="old@example.org")
    new = {"role": "media", "function": "Press", "email": "press@example.org"}
    assert client.post(CONTACTS, rows(new, {})).status_code == 302

    contact = organisation.contacts.get()
    assert (contact.role, contact.function, contact.email) == ("media", "Press", new["email"])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"function": "Press"}, "Write an e-mail address or a telephone number."),
        ({"phone": "call us"}, "Write the number in the form"),
        ({"function": "see www.example.org", "phone": "+358 40 1234"}, "without web"),
    ],
)
def test_what_cannot_be_reached_or_read_is_asked_again(client, owner, organisation, row, words):
    response = client.post(CONTACTS, rows(row))

    assert response.status_code == 422 and words in response.content.decode()
    assert not organisation.contacts.exists()


def test_a_row_is_taken_away_by_its_box(client, owner, organisation):
    row = Contact.objects.create(organisation=organisation, email="old@example.org")
    sent = rows({"email": "old@example.org", "DELETE": "on", "id": row.pk})
    client.post(CONTACTS, sent | {"contact-INITIAL_FORMS": 1})

    assert not organisation.contacts.exists()


def test_the_search_reads_for_whom_it_works(organisation):
    entries = documents.organisations(Organisation.objects.filter(pk=organisation.pk))

    assert {entry.language: entry.body for entry in entries}["fi"] == "Vanhemmille."


def test_rows_that_are_only_claimed_are_not_made(client, owner, organisation):
    answer = client.post(CONTACTS, rows() | {"contact-TOTAL_FORMS": 99_999})

    assert answer.status_code == 422
    assert 0 < answer.text.count('-function"') < 100
    assert not organisation.contacts.exists()

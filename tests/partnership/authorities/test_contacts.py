"""Who is in charge of an area: told or not, shared, checked, kept."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import ModelLogEntry

from partnership.authorities import starter
from partnership.authorities.lines import who_is_in_charge
from partnership.authorities.models import AreaContact, IntegrationProgramme
from portal.media.models import Attachment
from portal.places.models import Area
from tests.factories.accounts import UserFactory
from tests.factories.authorities import (
    AreaContactFactory,
    IntegrationProgrammeFactory,
    an_officer,
)
from tests.factories.places import AreaFactory, BelongingFactory
from tests.printing.samples import links, opened, tags
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
Kind = Area.Kind


@pytest.fixture
def country():
    return AreaFactory(kind=Kind.COUNTRY, code="FI", name_en="Finland")


@pytest.fixture
def village(country):
    """A municipality in an employment area, a county and a centre."""
    village = AreaFactory(kind=Kind.MUNICIPALITY, name_en="Village")
    for kind in (Kind.EMPLOYMENT_AREA, Kind.COUNTY, Kind.DEVELOPMENT_CENTRE):
        BelongingFactory(part=village, whole=AreaFactory(kind=kind))
    return village


def page_of(client, area):
    return client.get(f"/en/areas/{area.key}/").content.decode().replace("\xa0", " ")


def test_every_authority_has_its_line_first_on_the_page(village, client):
    page = page_of(client, village)

    assert [group.role for group in who_is_in_charge(village)] == [
        *("municipality", "employment", "county", "centre", "migri", "keha")
    ]
    assert page.count("Not told yet") == 6
    assert page.index("Who is in charge here") < page.index("In the directory")
    assert f"/en/authorities/{village.key}/" in page


def test_what_is_told_once_is_shown_on_every_area_it_covers(village, client):
    county = Area.objects.get(kind=Kind.COUNTY)
    other = BelongingFactory(whole=county).part
    AreaContactFactory(role="county", area=county, name_en="County office")

    for area in (village, other):
        page = page_of(client, area)
        assert "County office" in page
        assert "+358 00 000 0001" in page


def test_an_employment_area_shows_the_county_of_its_municipalities(village):
    employment_area = Area.objects.get(kind=Kind.EMPLOYMENT_AREA)

    roles = [group.role for group in who_is_in_charge(employment_area)]

    assert roles == ["employment", "county", "centre", "migri", "keha"]


def test_of_many_authorities_the_areas_alone_are_named(village):
    region = AreaFactory(kind=Kind.REGION)
    for _n in range(4):
        municipality = BelongingFactory(whole=AreaFactory()).part
        BelongingFactory(part=municipality, whole=region)

    [employment, *_others] = who_is_in_charge(region)

    assert employment.lines == []
    assert len(employment.areas) == 4


def test_a_contact_says_when_it_was_checked_and_that_this_is_long_ago(village, client):
    contact = AreaContactFactory(area=village)
    assert "Over a year ago" not in page_of(client, village)

    contact.checked_on = timezone.localdate() - timedelta(days=366)
    contact.save()

    assert "Over a year ago" in page_of(client, village)


def test_an_example_says_that_it_is_one(village, client):
    AreaContactFactory(area=village, example=True)

    assert "invented office, address and number" in page_of(client, village)


@pytest.fixture
def officer(village, client):
    officer = an_officer(village)
    client.force_login(officer.user)
    return officer


def tell(client, village, **words):
    path = f"/en/authorities/{village.key}/contact/municipality/"
    seen = client.get(path).context["form"]["seen"].value()
    told = {"name_fi": "Kotoutumispalvelut", "matter_fi": "Vastaanotto", "email": "o@example.org"}
    return client.post(path, told | {"seen": seen} | words)


def test_an_officer_tells_a_contact_and_it_is_logged_for_the_organisation(village, officer, client):
    answer = tell(client, village, website="example.org")

    assert answer.status_code == 302
    contact = AreaContact.objects.get()
    assert (contact.website, contact.checked_on) == ("https://example.org", timezone.localdate())
    entry = ModelLogEntry.objects.get(action="authorities.tell")
    assert entry.data["organisation"] == officer.organisation_id


def test_a_contact_without_a_way_to_reach_it_is_refused(village, officer, client):
    answer = tell(client, village, email="")

    assert answer.status_code == 422
    assert "Write a telephone number, an e-mail address or a website" in answer.content.decode()
    assert not AreaContact.objects.exists()


def test_what_somebody_else_has_saved_meanwhile_is_not_overwritten(village, officer, client):
    contact = AreaContactFactory(area=village)
    path = f"/en/authorities/{village.key}/contact/municipality/"
    seen = client.get(path).context["form"]["seen"].value()
    contact.name_fi = "Uusi nimi"
    contact.save()

    answer = client.post(
        path, {"name_fi": "Oma nimi", "matter_fi": "x", "email": "o@example.org", "seen": seen}
    )

    assert answer.status_code == 409
    assert "Uusi nimi" in answer.content.decode()
    assert "Oma nimi" in answer.content.decode()
    assert AreaContact.objects.get().name_fi == "Uusi nimi"


def test_the_lead_municipality_is_asked_of_the_employment_authority_alone(village, client, people):
    client.force_login(people["programme"])
    employment_area = Area.objects.get(kind=Kind.EMPLOYMENT_AREA)
    path = f"/en/authorities/{employment_area.key}/contact/employment/"
    form = client.get(path).context["form"]
    assert "lead" in form.fields

    client.post(
        path,
        {"name_fi": "T", "matter_fi": "x", "telephone": "+358 00 000 0001", "lead": "Village"},
    )

    assert AreaContact.objects.get().lead == village
    assert "Lead municipality" in page_of(client, employment_area)
    other = client.get(f"/en/authorities/{village.key}/contact/municipality/")
    assert "lead" not in other.context["form"].fields


def test_a_contact_that_still_holds_is_checked_with_one_press(village, officer, client):
    AreaContactFactory(area=village, checked_on=timezone.localdate() - timedelta(days=400))

    client.post(f"/en/authorities/{village.key}/contact/municipality/check/")

    assert AreaContact.objects.get().checked_on == timezone.localdate()


def test_a_role_that_is_not_the_areas_is_not_found(village, officer, client):
    answer = client.get(f"/en/authorities/{village.key}/contact/county/")

    assert answer.status_code == 404


def test_a_village_costs_the_queries_of_the_country_and_of_a_told_one(village, country, client):
    untold = queries_of_page(client, f"/en/areas/{village.key}/")
    for role in ("municipality", "employment", "county", "centre"):
        line = next(group for group in who_is_in_charge(village) if group.role == role).lines[0]
        AreaContactFactory(role=role, area=line.area)

    assert queries_of_page(client, f"/en/areas/{village.key}/") == untold
    assert queries_of_page(client, f"/en/areas/{country.key}/") <= untold


def bring(client, village, **words):
    given = {"title": "Ohjelma", "language": "fi", "valid_from": "2026-01-01", "valid_to": ""}
    file = SimpleUploadedFile("ohjelma.txt", b"Our plan")
    return client.post(
        f"/en/authorities/{village.key}/programme/", given | {"upload": file} | words
    )


def test_a_programme_is_private_until_it_is_shown(village, officer, client, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    assert bring(client, village).status_code == 302
    programme = IntegrationProgramme.objects.get()
    assert programme.organisation == officer.organisation
    reader = type(client)()
    assert "Ohjelma" not in page_of(reader, village)
    assert reader.get(programme.get_absolute_url()).status_code == 404
    assert client.get(programme.get_absolute_url()).status_code == 200

    client.post(f"/en/authorities/programmes/{programme.pk}/", {"act": "show"})

    page = page_of(reader, village)
    assert "Ohjelma" in page
    assert "Valid from 1 Jan 2026" in page or "Valid from" in page
    assert b"".join(reader.get(programme.get_absolute_url())) == b"Our plan"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"upload": SimpleUploadedFile("x.exe", b"MZ")}, "exe"),
        ({"upload": ""}, "Choose the file of the programme"),
        ({"valid_to": "2025-12-31"}, "The last day is before the first"),
    ],
)
def test_a_programme_that_cannot_be_kept_is_refused(village, officer, client, words, said):
    answer = bring(client, village, **words)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_deleted_programme_takes_its_file_along(
    village, officer, client, django_capture_on_commit_callbacks
):
    programme = IntegrationProgrammeFactory(area=village)
    storage, place = programme.attachment.file.storage, programme.attachment.file.name

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/en/authorities/programmes/{programme.pk}/", {"act": "drop"})

    assert not Attachment.objects.exists()
    assert not storage.exists(place)


def test_an_employment_area_shows_the_programmes_of_its_municipalities(village, client):
    IntegrationProgrammeFactory(area=village, shown_at=timezone.now(), valid_to="2026-02-01")
    employment_area = Area.objects.get(kind=Kind.EMPLOYMENT_AREA)

    page = page_of(client, employment_area)

    assert "Kotoutumisohjelma" in page
    assert "Has ended" in page


def test_what_waits_for_an_officer_and_for_keha(village, officer, people, client):
    def waiting(user):
        client.force_login(user)
        return client.get("/en/desk/").content.decode()

    assert "Tell whom to contact" in waiting(officer.user)
    assert "Tell whom to contact" not in waiting(UserFactory())
    assert "6 contacts are missing" in waiting(people["programme"])
    AreaContactFactory(area=village, checked_on=timezone.localdate() - timedelta(days=400))
    assert "Check that the contact still holds" in waiting(officer.user)
    desk = waiting(people["programme"])
    assert "5 contacts are missing" in desk
    assert "1 contact was last checked over a year ago" in desk


def test_programs_get_the_contacts_of_an_area(village, client):
    AreaContactFactory(area=village, name_en="Office")

    found = client.get(f"/api/v1/areas/{village.key}").json()["item"]["contacts"]

    assert [one["authority"] for one in found] == [
        *("municipality", "employment", "county", "centre", "migri", "keha")
    ]
    assert found[0]["names"]["en"] == "Office"
    assert found[0]["telephone"] == "+358 00 000 0001"
    assert found[1]["names"] is None


def test_the_a4_has_the_contact_with_its_addresses_and_says_what_is_not_told(village, client):
    AreaContactFactory(area=village, website="https://example.org/")

    pdf = opened(client.get(f"/en/areas/{village.key}.pdf").content)

    assert len(pdf.pages) == 1
    assert {"https://example.org/", "mailto:office@example.org"} <= set(links(pdf))
    assert tags(pdf).count("TR") == 7


def test_the_starter_fills_three_areas_and_says_that_it_is_invented(
    client, settings, tmp_path, country
):
    settings.MEDIA_ROOT = tmp_path
    for code in ("297", "837", "905"):
        AreaFactory(kind=Kind.MUNICIPALITY, code=code)
    told = AreaContactFactory(area=Area.objects.get(key="KU837"), name_fi="Oma")

    starter.load()
    starter.load()

    assert AreaContact.objects.filter(area__key="KU297", example=True).count() == 1
    assert AreaContact.objects.filter(area=country).count() == 2
    told.refresh_from_db()
    assert told.name_fi == "Oma"
    programme = IntegrationProgramme.objects.get()
    assert programme.example and programme.shown_at
    for contact in AreaContact.objects.filter(example=True):
        assert contact.email.endswith("@example.org")
        assert contact.telephone.startswith("+358 00 000")

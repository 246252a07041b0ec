"""Who keeps what is said of an area."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail

from partnership.authorities import services, starter
from partnership.authorities.models import AreaOfficer
from partnership.authorities.officers import areas_of, may_edit, may_name
from partnership.organisations import starter as organisations
from partnership.organisations.models import PublicBody
from portal.accounts.starter import email_of
from portal.mail.models import Letter
from portal.places.models import Area
from tests.factories.accounts import UserFactory
from tests.factories.authorities import an_officer, public_body
from tests.factories.partnership import RepresentativeFactory
from tests.factories.places import AreaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return AreaFactory(kind=Area.Kind.MUNICIPALITY)


def test_an_officer_keeps_the_area_and_no_other(village):
    officer = an_officer(village)
    other = AreaFactory(kind=Area.Kind.MUNICIPALITY)

    assert list(areas_of(officer.user)) == [village]
    assert may_edit(officer.user, village)
    assert not may_edit(officer.user, other)


def test_keha_keeps_every_area_and_is_officer_of_none(village, people):
    assert may_edit(people["programme"], village)
    assert list(areas_of(people["programme"])) == []
    for role in ("editor", "lawyer", "statistician", "member"):
        assert not may_edit(people[role], village)
    assert not may_edit(AnonymousUser(), village)
    assert list(areas_of(AnonymousUser())) == []


def test_who_leaves_the_organisation_keeps_nothing(village):
    officer = an_officer(village)

    officer.organisation.representatives.filter(user=officer.user).delete()

    assert not may_edit(officer.user, village)


def test_the_officers_of_what_no_longer_stands_for_the_area_keep_nothing(village):
    officer = an_officer(village)

    PublicBody.objects.filter(area=village).update(organisation=None)

    assert not may_edit(officer.user, village)


def test_only_owners_of_what_stands_for_the_area_name_officers(village):
    organisation = public_body(village)
    owner = organisation.representatives.get().user
    editor = RepresentativeFactory(organisation=organisation, role="editor").user

    assert may_name(owner, village)
    assert not may_name(editor, village)
    assert not may_name(UserFactory(), village)
    assert not may_edit(owner, village)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "Pidät huolta alueen yhteystiedoista"),
        ("sv", "Du sköter ett områdes kontaktuppgifter"),
        ("en", "You keep the contacts of an area"),
    ],
)
def test_a_new_officer_gets_one_letter_in_their_language(village, language, words):
    organisation = public_body(village)
    owner = organisation.representatives.get().user
    person = RepresentativeFactory(
        organisation=organisation, role="member", user__language=language
    ).user

    services.name(village, person, by=owner)
    services.name(village, person, by=owner)

    letter = Letter.objects.get(to=person.email)
    assert words in letter.subject
    assert f"/{village.key}/" in letter.text
    assert mail.outbox == []


def test_a_stranger_is_not_named(village):
    organisation = public_body(village)

    with pytest.raises(services.NotTheirs):
        services.name(village, UserFactory(), by=organisation.representatives.get().user)

    assert not AreaOfficer.objects.exists()


def test_owners_name_and_remove_on_the_page(village, client):
    organisation = public_body(village)
    owner = organisation.representatives.get().user
    person = RepresentativeFactory(organisation=organisation, role="member")
    client.force_login(owner)

    named = client.post(f"/en/authorities/{village.key}/officers/", {"person": person.pk})
    page = client.get(named["Location"]).content.decode()

    assert str(person.user) in page
    assert may_edit(person.user, village)
    officer = AreaOfficer.objects.get()
    client.post(f"/en/authorities/{village.key}/officers/{officer.pk}/remove/")
    assert not may_edit(person.user, village)


def test_the_demo_officer_keeps_the_area_that_the_example_authority_stands_for(db):
    AreaFactory(code=starter.STANDS_FOR.removeprefix("TA"))
    officer = UserFactory(email=email_of("area_officer"))
    organisations.load()

    starter.load()
    starter.load()

    assert [area.key for area in areas_of(officer)] == [starter.STANDS_FOR]

"""Public bodies of places: known by name, nothing of the directory until they are claimed."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from partnership.organisations.errors import AlreadyClaimed
from partnership.organisations.models import BodyClaim, Membership, PublicBody
from partnership.organisations.services import bodies
from portal.mail.models import Letter
from portal.places.models import Area
from tests.factories.accounts import UserFactory
from tests.factories.partnership import (
    MembershipFactory,
    OrganisationFactory,
    RepresentativeFactory,
)
from tests.factories.places import AreaFactory
from tests.factories.topics import TopicFactory

pytestmark = pytest.mark.django_db
Kind, State = Area.Kind, BodyClaim.State


@pytest.fixture
def town():
    return AreaFactory(kind=Kind.MUNICIPALITY, code="990", name_fi="Mallila", name_en="Mallila")


@pytest.fixture
def member(town):
    return MembershipFactory(status=Membership.Status.ACTIVE, organisation__slug="mallila")


@pytest.fixture
def organisation(member):
    return member.organisation


@pytest.fixture
def owner(organisation):
    """An owner with one confirmed address and one that is not."""
    person = organisation.representatives.get().user
    EmailAddress.objects.create(user=person, email="anna@mallila.example.org", verified=True)
    EmailAddress.objects.create(user=person, email="anna@unsure.example.org", verified=False)
    return person


def noted(town, *domains):
    return PublicBody.objects.create(area=town, domains="\n".join(domains))


class TestKnown:
    def test_by_name_and_by_no_row(self, client, town):
        page = client.get("/en/partners/bodies/?q=mallila").content.decode()

        assert "Mallila" in page and "not in the directory" in page
        assert not PublicBody.objects.exists()

    @pytest.mark.parametrize("kind", Kind)
    def test_four_kinds_of_areas_have_one(self, client, kind):
        AreaFactory(kind=kind, code="77", name_fi="Seitsemänlä")
        page = client.get("/en/partners/bodies/?q=Seitsemänlä").content.decode()

        has_one = kind in {
            Kind.MUNICIPALITY,
            Kind.EMPLOYMENT_AREA,
            Kind.COUNTY,
            Kind.DEVELOPMENT_CENTRE,
        }
        assert (f"/bodies/{Area.key_of(kind, '77')}/" in page) == has_one

    def test_nothing_of_it_in_directory_counts_or_open_data(self, client, town, organisation):
        noted(town, "mallila.example.org")

        assert client.get("/en/partners/").context["page_obj"].paginator.count == 1
        assert len(client.get("/api/v1/organisations").json()["items"]) == 1
        page = client.get("/en/partners/").context["page_obj"]
        assert [shown.organisation.slug for shown in page.object_list] == ["mallila"]
        assert "mallila.example.org" not in client.get("/api/v1/organisations").content.decode()

    def test_the_page_of_the_area_asks_until_it_is_in_the_directory(
        self, client, town, organisation, owner
    ):
        ask = "This municipality is not in the directory"
        assert ask in client.get("/en/areas/KU990/").content.decode()

        noted(town, "mallila.example.org")
        bodies.claim(town, organisation, by=owner)
        assert ask not in client.get("/en/areas/KU990/").content.decode()

        organisation.memberships.update(status=Membership.Status.ENDED)
        organisation.save()
        assert ask in client.get("/en/areas/KU990/").content.decode()


class TestClaim:
    def test_at_once_with_a_confirmed_address_at_a_noted_domain(self, town, organisation, owner):
        noted(town, "other.example.org", "mallila.example.org")
        claim = bodies.claim(town, organisation, by=owner)

        assert (claim.state, claim.domain) == (State.ACCEPTED, "mallila.example.org")
        assert organisation.public_bodies.get().area == town

    @pytest.mark.parametrize(
        "domain", ["unsure.example.org", "g.mallila.example.org", "lila.example.org", "example.com"]
    )
    def test_waits_with_any_other(self, town, organisation, owner, domain):
        noted(town, domain)
        claim = bodies.claim(town, organisation, by=owner)

        assert claim.state == State.WAITING
        assert not organisation.public_bodies.exists()

    def test_a_second_press_makes_no_second_claim(self, town, organisation, owner):
        bodies.claim(town, organisation, by=owner)
        bodies.claim(town, organisation, by=owner)

        assert BodyClaim.objects.count() == 1

    def test_of_a_body_that_has_its_organisation_is_refused(self, town, organisation, owner):
        noted(town, "mallila.example.org")
        bodies.claim(town, organisation, by=owner)

        with pytest.raises(AlreadyClaimed):
            bodies.claim(town, OrganisationFactory(), by=UserFactory())

    def test_from_the_page_by_an_owner_for_an_own_organisation(
        self, client, town, organisation, owner
    ):
        client.force_login(owner)
        client.post("/en/partners/bodies/KU990/", {"organisation": "mallila"})

        assert BodyClaim.objects.get().organisation == organisation
        assert "makes sure of it" in client.get("/en/partners/bodies/KU990/").content.decode()

    @pytest.mark.parametrize("role", ["editor", "member", None])
    def test_by_nobody_else(self, client, town, organisation, role):
        person = UserFactory()
        if role:
            RepresentativeFactory(organisation=organisation, user=person, role=role)
        client.force_login(person)
        response = client.post("/en/partners/bodies/KU990/", {"organisation": "mallila"})

        assert response.status_code == 422 and not BodyClaim.objects.exists()


class TestTheTeam:
    @pytest.fixture
    def claim(self, town, organisation, owner):
        return bodies.claim(town, organisation, by=owner)

    def press(self, client, claim, **data):
        return client.post(f"/cms/body_claims/{claim.pk}/", data)

    def test_says_yes_and_it_is_theirs(self, client, people, claim, organisation):
        client.force_login(people["programme"])
        self.press(client, claim, move="accept")

        assert organisation.public_bodies.get() == claim.body
        letter = Letter.objects.get(template="organisations/body_accepted")
        assert letter.to == claim.by.email

    def test_says_no_with_a_reason(self, client, people, claim, organisation):
        client.force_login(people["programme"])
        self.press(client, claim, move="decline", text="Another office is the town's.")

        assert not organisation.public_bodies.exists()
        assert "Another office" in Letter.objects.get(template="organisations/body_declined").text

    def test_nobody_decides_on_their_own(self, client, people, claim, organisation):
        RepresentativeFactory(organisation=organisation, user=people["programme"], role="member")
        client.force_login(people["programme"])

        assert self.press(client, claim, move="accept").status_code == 302
        assert not organisation.public_bodies.exists()

    def test_others_do_not_see_claims(self, client, people, claim):
        client.force_login(people["editor"])

        assert self.press(client, claim, move="accept").status_code in (302, 403)
        assert not PublicBody.objects.get().organisation

    def test_notes_domains(self, client, people, town):
        client.force_login(people["programme"])
        client.post("/cms/public_bodies/new/", {"area": town.pk, "domains": "Mallila.example.org"})

        assert PublicBody.objects.get().domains == "mallila.example.org"

    def test_only_domains(self, town):
        with pytest.raises(ValidationError):
            PublicBody(area=town, domains="not a domain").full_clean()


class TestJoining:
    def test_the_form_begins_with_the_names_of_the_body(self, client, town):
        person = UserFactory()
        client.force_login(person)
        page = client.get("/en/partners/join/?body=KU990")

        assert 'value="Mallila"' in page.content.decode()

    def test_the_way_there_stands_on_the_page_that_explains_joining(self, client):
        assert "/en/partners/bodies/" in client.get("/en/partners/join/").content.decode()

    def test_who_applies_for_it_has_claimed_it(self, client, town):
        noted(town, "mallila.example.org")
        person = UserFactory(email="bo@mallila.example.org")
        client.force_login(person)
        TopicFactory(key="working-life")
        sent = {
            "business_id": "1234567-1",
            "name_fi": "Mallila",
            "kind": "municipality",
            "areas": town.key,
            "topics": "working-life",
            "description": "Kunta.",
            "email": "office@example.org",
            "language": "fi",
            "motivation": "Together.",
            "principles": "on",
            "terms": "on",
            "authority": "on",
            "body": town.key,
            "send": "1",
        }
        assert client.post("/en/partners/join/", sent).status_code == 302

        body = PublicBody.objects.get()
        assert body.organisation.representatives.get().user == person

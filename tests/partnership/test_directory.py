import pytest
from django.contrib.auth.models import AnonymousUser

from partnership.organisations import logos
from partnership.organisations.area_sections import partners
from partnership.organisations.models import Membership, Organisation
from partnership.organisations.services import profiles
from portal.places.models import Area
from portal.topics.models import Topic
from tests.factories.accounts import UserFactory
from tests.factories.partnership import (
    MembershipFactory,
    OrganisationFactory,
    RepresentativeFactory,
)
from tests.factories.places import AreaFactory, BelongingFactory
from tests.queries import queries_of, queries_of_page

from .test_logos import picture, upload

pytestmark = pytest.mark.django_db
Kind = Organisation.Kind
Status = Membership.Status
DIRECTORY = "/en/partners/"


def member(name="Example", **fields):
    organisation = OrganisationFactory(name_fi=name, **fields)
    MembershipFactory(organisation=organisation, status=Status.ACTIVE)
    return organisation


@pytest.fixture
def places():
    """A municipality in its employment area and region, another municipality, and the country."""
    found = {
        "country": AreaFactory(kind=Area.Kind.COUNTRY, code="FI", name_en="Finland"),
        "region": AreaFactory(kind=Area.Kind.REGION, code="90", name_en="Example Region"),
        "area": AreaFactory(kind=Area.Kind.EMPLOYMENT_AREA, code="90", name_en="Example Area"),
        "village": AreaFactory(kind=Area.Kind.MUNICIPALITY, code="990", name_en="Village"),
        "elsewhere": AreaFactory(kind=Area.Kind.MUNICIPALITY, code="991", name_en="Elsewhere"),
    }
    for part, whole in (("village", "area"), ("village", "region"), ("area", "region")):
        BelongingFactory(part=found[part], whole=found[whole])
    return found


def names(client, query=""):
    response = client.get(DIRECTORY + query)
    assert response.status_code == 200, response.status_code
    return [shown.organisation.name for shown in response.context["page_obj"].object_list]


class TestWhoIsListed:
    @pytest.mark.parametrize("status", Status)
    def test_members_and_nobody_else(self, client, status):
        MembershipFactory(status=status)

        assert bool(names(client)) == (status == Status.ACTIVE)

    def test_not_even_to_the_programme_team(self, client, people):
        MembershipFactory(status=Status.APPLIED)
        client.force_login(people["programme"])

        assert names(client) == []

    def test_an_organisation_with_an_ended_and_a_new_membership_once(self, client):
        organisation = member("Once")
        MembershipFactory(organisation=organisation, status=Status.ENDED)

        assert names(client) == ["Once"]

    @pytest.mark.parametrize("status", [s for s in Status if s != Status.ACTIVE])
    def test_visible_to_its_people_and_the_programme_team(self, status, people):
        membership = MembershipFactory(status=status)
        seen = {
            "nobody": AnonymousUser(),
            "stranger": UserFactory(),
            "owner": membership.applicant,
            "editor": people["editor"],
            "programme": people["programme"],
        }

        who = [key for key, user in seen.items() if Organisation.objects.visible_to(user).exists()]

        assert who == ["owner", "programme"]

    def test_in_the_order_of_the_finnish_alphabet(self, client):
        for name in ("Öljy", "Zeta", "Äiti", "alfa", "Åbo"):
            member(name)

        assert names(client) == ["alfa", "Zeta", "Åbo", "Äiti", "Öljy"]


class TestNarrowing:
    def test_by_every_word_in_names_and_descriptions(self, client):
        member("Äänekosken Kielikahvila", description_sv="Vi talar svenska")
        member("Toinen")

        assert names(client, "?q=ÄÄNE") == ["Äänekosken Kielikahvila"]
        assert names(client, "?q=svenska+kieli") == ["Äänekosken Kielikahvila"]
        assert names(client, "?q=svenska+toinen") == []

    @pytest.mark.parametrize("q", ["%25", "_", "'", '"', "%5C"])
    def test_words_are_taken_as_they_are(self, client, q):
        member("Plain")

        assert names(client, f"?q={q}") == []

    def test_by_kind_and_theme_with_counts_of_what_is_left(self, client):
        topic = Topic.objects.create(key="x", name_fi="X", name_sv="X", name_en="X")
        member("One", kind=Kind.COMPANY, topics=[topic])
        member("Two", kind=Kind.COMPANY)
        member("Three", kind=Kind.STATE, topics=[topic])

        response = client.get(DIRECTORY + "?kind=company&topic=x")

        filters = response.context["filters"].fields
        assert [shown.organisation.name for shown in response.context["page_obj"].object_list] == [
            "One"
        ]
        assert dict(filters["kind"].choices)["state"] == "State authority (1)"
        assert dict(filters["kind"].choices)["company"] == "Company (1)"
        assert dict(filters["topic"].choices)["x"] == "X (1)"

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("area", ["area", "country", "region", "village"]),
            ("village", ["area", "country", "region", "village"]),
            ("region", ["area", "country", "region", "village"]),
            ("country", ["area", "country", "elsewhere", "region", "village"]),
            ("elsewhere", ["country", "elsewhere"]),
        ],
    )
    def test_by_area_with_its_parts_and_what_it_is_part_of(self, client, places, asked, found):
        for word, place in places.items():
            member(word, areas=[place])

        assert names(client, f"?area={places[asked].key}") == found

    def test_wider_ones_say_so(self, client, places):
        member("Wide", areas=[places["country"]])
        member("Regional", areas=[places["region"]])
        member("Local", areas=[places["village"]])

        response = client.get(DIRECTORY + f"?area={places['area'].key}")

        shown = response.context["page_obj"].object_list
        reasons = {each.organisation.name: each.wider for each in shown}
        assert reasons == {"Wide": places["country"], "Regional": places["region"], "Local": None}
        assert "Works in the whole country" in response.text
        assert "Works in the whole area of Example Region" in response.text

    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            ("?kind=king", "kind"),
            ("?area=TA99", "area"),
            ("?topic=nothing", "topic"),
            ("?page=0", "page"),
            ("?page=2", "page"),
            ("?page=²", "page"),
            ("?page=99999999999999999999", "page"),
            ("?q=" + "a" * 101, "q"),
        ],
    )
    def test_value_that_cannot_be_is_named(self, client, query, parameter):
        response = client.get(DIRECTORY + query)

        assert response.status_code == 400
        assert f"“{parameter}”" in response.text

    def test_an_area_is_named_or_asked_for_again(self, client, places):
        named = client.get(DIRECTORY, {"area": "EXAMPLE area", "q": "work"})
        wrong = client.get(DIRECTORY, {"area": "Exemple Area", "q": "work"})

        assert named["Location"] == f"{DIRECTORY}?area={places['area'].key}&q=work"
        assert wrong.status_code == 400
        assert "Did you mean Example Area" in wrong.text
        assert 'value="Exemple Area"' in wrong.text and 'value="work"' in wrong.text

    def test_nothing_found_leads_on(self, client):
        member()

        assert "Show all partners" in client.get(DIRECTORY + "?q=nothing").text


def a_full_member(places):
    topic, _made = Topic.objects.get_or_create(key="x", name_fi="X", name_sv="X", name_en="X")
    organisation = member(areas=[places["village"], places["region"]], topics=[topic])
    logo = logos.checked(upload(picture()))
    profiles.change_logo(organisation, by=UserFactory(), logo=logo)
    return organisation


class TestCost:
    def test_directory_costs_the_queries_of_one_with_six(self, client, places):
        a_full_member(places)
        one = queries_of_page(client, DIRECTORY)
        for _ in range(5):
            a_full_member(places)

        assert queries_of_page(client, DIRECTORY) == one <= 9
        assert queries_of_page(client, f"{DIRECTORY}?area={places['area'].key}&q=e") <= 9

    def test_profile_costs_the_same_with_six_areas(self, client, places):
        organisation = a_full_member(places)
        one = queries_of_page(client, organisation.get_absolute_url())
        organisation.areas.add(*places.values())

        assert queries_of_page(client, organisation.get_absolute_url()) == one <= 9

    def test_panel_of_an_area_costs_the_queries_of_one_with_six(self, places):
        def panel():
            partners(places["area"], AnonymousUser())

        a_full_member(places)
        one = queries_of(panel)
        for _ in range(5):
            a_full_member(places)

        assert queries_of(panel) == one


class TestPanel:
    def test_own_before_wider_ones_and_nothing_where_there_are_none(self, places):
        member("A wide one", areas=[places["country"]])
        member("Local", areas=[places["village"]])
        MembershipFactory(organisation__areas=[places["area"]], status=Status.APPLIED)

        shown = partners(places["area"], AnonymousUser())

        assert [(o.name, wider) for o, wider in shown["found"]] == [
            ("Local", None),
            ("A wide one", places["country"]),
        ]
        assert shown["number"] == 2

    def test_is_left_out_where_nobody_works(self, places):
        member("Local", areas=[places["village"]])

        assert partners(places["elsewhere"], AnonymousUser()) is None


class TestProfile:
    def test_says_in_which_language_the_description_is(self, client):
        organisation = member(description_fi="Suomeksi vain.", language="fi")

        page = client.get(organisation.get_absolute_url(), follow=True)
        english = client.get(f"/en/partners/{organisation.slug}/").text

        assert page.status_code == 200
        assert "in Finnish, not in the language of this page" in english
        assert 'lang="fi"' in english

    def test_keeps_the_address_from_machines(self, client):
        organisation = member(email="office@example.org")

        page = client.get(f"/en/partners/{organisation.slug}/").text

        assert "office@example.org" not in page
        assert "office (at) example.org" in page

    def test_text_of_an_organisation_is_text(self, client):
        organisation = member(
            "<script>alert(1)</script>", description_en="<img src=x onerror=alert(1)>", slug="x"
        )

        page = client.get(f"/en/partners/{organisation.slug}/").text

        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page

    @pytest.mark.parametrize("role", ["owner", "programme"])
    def test_before_membership_is_a_preview_that_search_engines_leave(self, client, people, role):
        membership = MembershipFactory()
        user = membership.applicant if role == "owner" else people["programme"]
        client.force_login(user)

        page = client.get(f"/en/partners/{membership.organisation.slug}/").text

        assert "This profile is not public" in page
        assert "noindex" in page

    def test_example_says_so(self, client):
        organisation = member(example=True)

        assert "An invented example" in client.get(f"/en/partners/{organisation.slug}/").text

    def test_own_people_find_their_way_from_it(self, client):
        organisation = member()
        person = RepresentativeFactory(organisation=organisation).user
        client.force_login(person)

        assert (
            "Look after this organisation" in client.get(f"/en/partners/{organisation.slug}/").text
        )


def test_site_map_has_members_alone(client):
    shown, hidden = member(slug="shown"), MembershipFactory(organisation__slug="hidden")

    text = client.get("/sitemap.xml").text

    assert f"/partners/{shown.slug}/" in text
    assert hidden.organisation.slug not in text

import pytest

from partnership.organisations.models import Membership, Representative
from portal.places.models import Area
from portal.topics.models import Topic
from tests.factories.partnership import MembershipFactory, RepresentativeFactory, decide
from tests.factories.places import AreaFactory
from tests.queries import queries_of_page

from .test_logos import flood, picture, upload

pytestmark = pytest.mark.django_db
MINE = "/en/partners/mine/"
Status = Membership.Status


@pytest.fixture
def signed_in(client):
    def sign_in(membership):
        client.force_login(membership.applicant)
        return client

    return sign_in


def profile_of(membership, **changes):
    organisation = membership.organisation
    area = AreaFactory(kind=Area.Kind.EMPLOYMENT_AREA)
    topic, _made = Topic.objects.get_or_create(key="x", name_fi="X", name_sv="X", name_en="X")
    fields = ("name_fi", "kind", "description_fi", "website", "email", "language", "version")
    return {
        **{name: getattr(organisation, name) for name in fields},
        "areas": [area.key],
        "topics": [topic.key],
        **changes,
    }


@pytest.mark.parametrize(
    ("status", "words", "way"),
    [
        (Status.APPLIED, "You need not do anything now", "Withdraw the application"),
        (Status.RETURNED, "asked for more", "Answer and send in again"),
        (Status.ACTIVE, "Its profile is public", "See the public profile"),
        (Status.DECLINED, "was declined", "Apply again"),
        (Status.WITHDRAWN, "was withdrawn", "Apply again"),
        (Status.ENDED, "The membership ended", "Apply again"),
    ],
)
def test_own_page_tells_how_it_stands_and_what_can_be_done(signed_in, status, words, way):
    membership = MembershipFactory(status=status)

    page = signed_in(membership).get(MINE).text

    assert words in page
    assert way in page


def test_members_see_and_have_nothing_to_press(client):
    membership = MembershipFactory(status=Status.RETURNED, reason="Who pays?")
    person = RepresentativeFactory(
        organisation=membership.organisation, role=Representative.Role.MEMBER
    ).user
    client.force_login(person)

    page = client.get(MINE).text

    assert "Who pays?" in page
    assert "Answer and send in again" not in page
    assert "Edit the profile" not in page.split("<main")[1].split("<ul")[1]


def test_own_page_costs_the_queries_of_one_with_six(signed_in):
    membership = MembershipFactory()
    client = signed_in(membership)

    one = queries_of_page(client, MINE)
    for _ in range(5):
        MembershipFactory(applicant=membership.applicant)

    assert queries_of_page(client, MINE) == one <= 11


class TestAnswering:
    def test_sends_the_application_in_again(self, signed_in):
        membership = MembershipFactory(status=Status.RETURNED, reason="Who pays?")
        path = f"{MINE}{membership.organisation.slug}/answer/"
        client = signed_in(membership)

        assert "Who pays?" in client.get(path).text
        client.post(path, {"text": "We do."})

        membership.refresh_from_db()
        assert (membership.status, membership.answer) == (Status.APPLIED, "We do.")

    def test_when_nothing_was_asked_says_so(self, signed_in):
        membership = MembershipFactory()
        path = f"{MINE}{membership.organisation.slug}/answer/"

        response = signed_in(membership).post(path, {"text": "Hello"}, follow=True)

        assert "not waiting for an answer" in response.text


class TestWithdrawing:
    def test_is_asked_first_and_done_by_posting(self, signed_in):
        membership = MembershipFactory()
        path = f"{MINE}{membership.organisation.slug}/withdraw/"
        client = signed_in(membership)

        client.get(path)
        assert Membership.objects.waiting().exists()
        client.post(path)

        membership.refresh_from_db()
        assert membership.status == Status.WITHDRAWN

    def test_after_a_decision_says_that_it_came_first(self, signed_in):
        membership = MembershipFactory()
        decide(membership)
        path = f"{MINE}{membership.organisation.slug}/withdraw/"

        page = signed_in(membership).post(path, follow=True).text

        membership.refresh_from_db()
        assert membership.status == Status.ACTIVE
        assert "can no longer be done" in page

    def test_when_nothing_is_open_says_so(self, signed_in):
        membership = MembershipFactory(status=Status.DECLINED)
        path = f"{MINE}{membership.organisation.slug}/withdraw/"

        page = signed_in(membership).get(path, follow=True).text

        assert "no application that could be withdrawn" in page

    def test_a_member_leaves_the_programme_after_it_was_asked(self, signed_in, client):
        membership = MembershipFactory(status=Status.ACTIVE)
        slug = membership.organisation.slug
        path = f"{MINE}{slug}/withdraw/"
        member = signed_in(membership)

        assert path in member.get(MINE).text
        assert "Leave the programme" in member.get(path).text
        member.post(path, {"leave": "1"})

        membership.refresh_from_db()
        assert membership.status == Status.ENDED
        client.logout()
        assert client.get(f"/en/partners/{slug}/").status_code == 404


def test_applying_again_needs_the_principles_anew(signed_in):
    membership = MembershipFactory(status=Status.DECLINED)
    path = f"{MINE}{membership.organisation.slug}/apply-again/"
    client = signed_in(membership)

    assert client.post(path, {"motivation": "Now"}).status_code == 422
    agreed = {"principles": "on", "terms": "on", "authority": "on"}
    client.post(path, agreed | {"motivation": "Now"})

    assert membership.organisation.memberships.waiting().get().motivation == "Now"


class TestProfile:
    def path(self, membership):
        return f"{MINE}{membership.organisation.slug}/profile/"

    def test_owner_changes_it(self, signed_in):
        membership = MembershipFactory()
        sent = profile_of(membership, description_en="New words", name_fi="Uusi nimi")

        response = signed_in(membership).post(self.path(membership), sent)

        organisation = membership.organisation
        organisation.refresh_from_db()
        assert response.status_code == 302
        assert (organisation.name_fi, organisation.description_en) == ("Uusi nimi", "New words")
        assert [area.key for area in organisation.areas.all()] == sent["areas"]
        assert "uusi nimi" in organisation.words

    def test_business_id_address_and_state_are_not_the_owner_s_to_change(self, signed_in):
        membership = MembershipFactory()
        before = membership.organisation.business_id, membership.organisation.slug
        sent = profile_of(
            membership,
            business_id="1234567-1",
            slug="taken-over",
            status="active",
            example="on",
            logo="1",
            words="spam",
        )

        signed_in(membership).post(self.path(membership), sent)

        membership.refresh_from_db()
        organisation = membership.organisation
        assert (organisation.business_id, organisation.slug) == before
        assert membership.status == Status.APPLIED
        assert not organisation.example
        assert "spam" not in organisation.words

    def test_stale_edit_is_refused_and_shows_what_the_other_saved(self, signed_in):
        membership = MembershipFactory()
        client = signed_in(membership)
        mine = profile_of(membership, description_en="My words")
        client.post(self.path(membership), profile_of(membership, description_en="Their words"))

        response = client.post(self.path(membership), mine)

        membership.organisation.refresh_from_db()
        assert response.status_code == 409
        assert "Their words" in response.text
        assert "My words" in response.text
        assert membership.organisation.description_en == "Their words"

        again = client.post(self.path(membership), mine | {"version": 2})
        membership.organisation.refresh_from_db()
        assert again.status_code == 302
        assert membership.organisation.description_en == "My words"

    def test_logo_is_shown_and_taken_away(self, signed_in):
        membership = MembershipFactory()
        client = signed_in(membership)
        organisation = membership.organisation

        sent = profile_of(membership, logo_file=upload(picture()))
        client.post(self.path(membership), sent)
        organisation.refresh_from_db()
        assert organisation.logo
        assert organisation.small_logo.url in client.get(self.path(membership)).text

        sent = profile_of(membership, version=2, remove_logo="on")
        client.post(self.path(membership), sent)
        organisation.refresh_from_db()
        assert not organisation.logo

    @pytest.mark.parametrize(
        "content",
        [b"<svg onload=alert(1)></svg>", b"", flood()],
        ids=["svg", "empty", "flood"],
    )
    def test_bad_logo_keeps_what_was_typed_and_saves_nothing(self, signed_in, content):
        membership = MembershipFactory()
        sent = profile_of(
            membership, description_en="Kept words", logo_file=upload(content, "logo.png")
        )

        response = signed_in(membership).post(self.path(membership), sent)

        membership.organisation.refresh_from_db()
        assert response.status_code == 422
        assert "Kept words" in response.text
        assert "logo_file" in response.context["form"].errors
        assert membership.organisation.description_en == ""

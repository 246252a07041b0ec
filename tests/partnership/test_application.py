import re

import pytest
from django.utils import timezone

from partnership.organisations.forms import ApplicationForm
from partnership.organisations.models import Draft, Membership, Organisation
from portal.mail.models import Letter
from portal.places.models import Area
from portal.topics.models import Topic
from tests.factories.accounts import UserFactory
from tests.factories.partnership import MembershipFactory, PeriodFactory
from tests.factories.places import AreaFactory

pytestmark = pytest.mark.django_db
JOIN = "/en/partners/join/"


@pytest.fixture
def applicant(enter):
    return enter()


@pytest.fixture
def filled(db):
    """What a person sends when everything has been filled in."""
    AreaFactory(kind=Area.Kind.EMPLOYMENT_AREA, code="05")
    Topic.objects.create(key="working-life", name_fi="X", name_sv="X", name_en="X")
    return {
        "business_id": "FI12345671",
        "name_fi": "Uusi Yhdistys ry",
        "kind": "association",
        "areas": ["TA05"],
        "topics": ["working-life"],
        "description": "Vi träffas.",
        "website": "example.org/uusi",
        "email": "office@example.org",
        "language": "sv",
        "motivation": "To find partners.",
        "principles": "on",
        "terms": "on",
        "authority": "on",
        "send": "1",
    }


class TestReadingWithoutAnAccount:
    @pytest.mark.parametrize("path", [JOIN, "/fi/kumppanit/liity/", "/sv/partner/ga-med/"])
    def test_says_what_is_asked_and_leads_to_an_account(self, client, path):
        page = client.get(path).text

        assert "next=%2Faccounts%2Flogin%2F" in page
        assert "/accounts/signup/" in page
        assert '<input type="text" name="business_id"' not in page

    def test_touches_no_session(self, client):
        assert "session" not in client.get(JOIN).cookies

    def test_what_was_typed_when_the_session_had_ended_waits_after_signing_in(self, client, filled):
        client.post(JOIN, filled | {"sessionid": "x", "is_staff": "on"})
        person = UserFactory()
        client.force_login(person)

        page = client.get(JOIN).text

        assert "Uusi Yhdistys ry" in page
        draft = Draft.objects.get(user=person)
        assert draft.fields["areas"] == ["TA05"]
        assert not {"is_staff", "sessionid", "csrfmiddlewaretoken"} & draft.fields.keys()

    def test_address_that_is_not_confirmed_comes_first(self, client):
        client.force_login(UserFactory(confirmed=False))

        assert "Confirm your e-mail address first" in client.get(JOIN).text
        assert client.post(JOIN, {"name_fi": "X"}).status_code == 200
        assert not Organisation.objects.exists()


class TestSending:
    def test_enters_the_organisation_and_leads_to_its_page(self, client, applicant, filled):
        response = client.post(JOIN, filled, follow=True)

        organisation = Organisation.objects.get()
        assert response.redirect_chain == [("/en/partners/mine/", 302)]
        assert "Uusi Yhdistys ry" in response.text
        assert organisation.business_id == "1234567-1"
        assert organisation.website == "https://example.org/uusi"
        assert [area.key for area in organisation.areas.all()] == ["TA05"]
        membership = organisation.memberships.get()
        assert membership.status == Membership.Status.APPLIED
        assert (organisation.description_sv, organisation.description_fi) == ("Vi träffas.", "")
        assert Letter.objects.get().language == "sv"
        assert membership.register_number in response.text
        assert "Target: a decision by" in response.text

    def test_pressing_twice_enters_one(self, client, applicant, filled):
        client.post(JOIN, filled)

        for number in ("1234567-1", "FI12345671", " 1234567–1"):
            response = client.post(JOIN, filled | {"business_id": number})
            assert response["Location"] == "/en/partners/mine/"
        assert Organisation.objects.count() == Letter.objects.count() == 1

    @pytest.mark.parametrize(
        ("missing", "words"),
        [
            ("business_id", "Enter the business ID"),
            ("areas", "Choose at least one area"),
            ("description", "what the organisation does"),
            ("principles", "accept them"),
            ("terms", "must be accepted"),
            ("authority", "may act for the organisation"),
        ],
    )
    def test_without_something_keeps_the_rest_and_says_what(
        self, client, applicant, filled, missing, words
    ):
        del filled[missing]

        response = client.post(JOIN, filled)

        assert response.status_code == 422
        assert words in response.text
        assert "Uusi Yhdistys ry" in response.text
        assert not Organisation.objects.exists()

    def test_wrong_business_id_tells_the_expected_form(self, client, applicant, filled):
        response = client.post(JOIN, filled | {"business_id": "1234567-2"})

        assert "the form is 1234567-1" in response.text
        assert "1234567-2" in response.text

    def test_business_id_of_another_tells_whom_to_ask_and_not_who_it_is(
        self, client, applicant, filled
    ):
        MembershipFactory(
            organisation__business_id="1234567-1", organisation__name_fi="Salainen ry"
        )

        response = client.post(JOIN, filled)

        assert response.status_code == 422
        assert "Ask the people in your organisation" in response.text
        assert "Salainen" not in response.text
        assert Organisation.objects.count() == 1

    def test_nothing_beside_the_form_is_taken(self, client, applicant, filled):
        client.post(
            JOIN,
            filled
            | {"slug": "mine", "example": "on", "status": "active", "version": "9", "logo": "1"},
        )

        organisation = Organisation.objects.get()
        assert organisation.slug == "uusi-yhdistys-ry"
        assert (organisation.example, organisation.version, organisation.logo) == (False, 1, None)
        assert organisation.memberships.get().status == Membership.Status.APPLIED

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("areas", ["TA99"]),
            ("topics", ["x' OR 1=1"]),
            ("kind", "king"),
            ("language", "ru"),
            ("website", "javascript:alert(1)"),
            ("website", "ftp://example.org"),
            ("website", "https://bank.example.org:pay@example.org/"),
            ("email", "not an address"),
            ("name_fi", "x" * 201),
            ("description", "x" * 3001),
        ],
    )
    def test_value_that_cannot_be_is_refused(self, client, applicant, filled, field, value):
        response = client.post(JOIN, filled | {field: value})

        assert response.status_code == 422
        assert field in response.context["whole"].errors
        assert not Organisation.objects.exists()


class TestSteps:
    """Three pages and a summary, forth and back; every press keeps what was typed."""

    def step(self, name):
        return f"{JOIN}?step={name}"

    def press(self, client, name, button, filled):
        fields = next(one.fields for one in ApplicationForm.STEPS if one.key == name)
        data = {field: filled[field] for field in fields if field in filled}
        return client.post(self.step(name), data | {button: "1"})

    def test_goes_from_page_to_page_and_sends_from_the_summary(self, client, applicant, filled):
        for name, after in (
            ("organisation", "work"),
            ("work", "contact"),
            ("contact", "summary"),
        ):
            assert f'action="?step={name}"' in client.get(self.step(name)).text
            response = self.press(client, name, "next", filled)
            assert response["Location"] == self.step(after)
        summary = client.get(self.step("summary")).text
        for words in ("Uusi Yhdistys ry", "1234567-1", "Vi träffas.", "To find partners."):
            assert words in summary

        accepted = {"principles": "on", "terms": "on", "authority": "on", "send": "1"}
        response = client.post(self.step("summary"), accepted)

        assert response["Location"] == "/en/partners/mine/"
        assert Organisation.objects.get().business_id == "1234567-1"
        again = client.post(self.step("summary"), accepted)
        assert again["Location"] == "/en/partners/mine/"
        assert Organisation.objects.count() == 1

    def test_no_more_than_eight_fields_to_type_in(self, client, applicant):
        typed = 0
        for one in ApplicationForm.STEPS:
            page = client.get(self.step(one.key)).text.split("<main")[1]
            typed += len(re.findall(r'<input type="(?:text|email|url)"|<textarea', page))
        assert 0 < typed <= 8

    def test_what_is_wrong_stays_on_its_page_and_is_kept_as_it_was_typed(
        self, client, applicant, filled
    ):
        wrong = filled | {"business_id": "1234567-2"}

        response = self.press(client, "organisation", "next", wrong)

        assert response.status_code == 422
        assert "Check what you filled in" in response.text
        assert 'value="1234567-2"' in response.text
        assert set(response.context["form"].errors) == {"business_id"}
        assert Draft.objects.get().fields["business_id"] == "1234567-2"

    @pytest.mark.parametrize(("button", "leads"), [("back", "organisation"), ("save", "work")])
    def test_back_and_save_keep_what_was_typed_and_the_other_pages(
        self, client, applicant, filled, button, leads
    ):
        self.press(client, "organisation", "next", filled)

        response = self.press(client, "work", button, {"description": "Half a"})

        assert response["Location"] == self.step(leads)
        fields = Draft.objects.get().fields
        assert (fields["name_fi"], fields["description"]) == ("Uusi Yhdistys ry", "Half a")

    def test_what_was_emptied_is_gone(self, client, applicant, filled):
        self.press(client, "work", "next", filled)

        self.press(client, "work", "save", {"description": "Other"})

        assert Draft.objects.get().fields == {"description": "Other"}

    def test_summary_says_what_is_missing_and_accepts_nothing_by_itself(
        self, client, applicant, filled
    ):
        self.press(client, "organisation", "next", filled)

        page = client.get(self.step("summary")).text

        assert "Choose at least one area" in page
        assert " checked" not in page.split("<main")[1]
        assert client.post(self.step("summary"), {"send": "1"}).status_code == 422
        assert not Organisation.objects.exists()

    def test_unknown_step_is_the_first(self, client, applicant):
        assert client.get(self.step("x")).context["step"] == "organisation"


def test_when_applications_are_not_taken_the_page_says_from_which_day(client, applicant, filled):
    PeriodFactory(year=timezone.localdate().year + 5)
    day = f"1\xa0November\xa0{timezone.localdate().year + 4}"

    assert day in client.get(JOIN).text
    assert day in client.post(JOIN, filled).text
    assert not Organisation.objects.exists()


class TestDraft:
    def test_is_kept_as_it_was_typed_and_shown_again(self, client, applicant, filled):
        half = {"name_fi": "Half", "business_id": "123", "save": "1"}

        client.post(JOIN, half)
        client.post(f"{JOIN}?step=work", {"areas": ["TA05"], "save": "1"})
        form = client.get(JOIN).context["form"]
        work = client.get(f"{JOIN}?step=work").context["form"]

        assert not Organisation.objects.exists()
        assert form["name_fi"].value() == "Half"
        assert form["business_id"].value() == "123"
        assert 'value="TA05" id="id_areas_TA05" checked' in str(work["areas"])

    def test_what_the_script_keeps_is_there_and_nothing_is_said_of_it(self, client, applicant):
        answer = client.post(f"{JOIN}?step=contact", {"motivation": "Half a", "keep": "1"})

        assert answer.status_code == 204 and not answer.content
        assert Draft.objects.get(user=applicant).fields["motivation"] == "Half a"
        page = client.get(f"{JOIN}?step=contact").text
        assert "Half a" in page and 'class="messages"' not in page
        assert "data-keep" in page and "js/keep.js" in page

    def test_is_seen_on_the_own_page_and_gone_when_sent(self, client, applicant, filled):
        client.post(JOIN, {"name_fi": "Half", "save": "1"})
        assert "Unfinished application" in client.get("/en/partners/mine/").text

        client.post(JOIN, filled)

        assert not Draft.objects.exists()

    def test_is_its_writer_s_own(self, client, applicant):
        client.post(JOIN, {"name_fi": "Secret", "save": "1"})
        client.force_login(UserFactory())

        assert "Secret" not in client.get(JOIN).text

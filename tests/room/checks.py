"""What a room has by one line of INSTALLED_APPS; run by test_room.py under tests.room.settings."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override

from law import impact_reviews
from law.references import backlinks_to
from portal.languages import LANGUAGES
from portal.mail.models import Letter
from portal.notifications import activity, digests
from portal.operations.starter import steps
from portal.resources import home_places
from portal.scheduling import schedule
from search import index
from search.models import Document
from search.queries import find
from tests.access import test_matrix
from tests.factories.accounts import UserFactory
from tests.factories.law import AmendmentEffectFactory, SectionFactory
from tests.factories.notices import FollowFactory
from tests.factories.places import AreaFactory
from tests.room.workshops.models import Workshop
from tests.room.workshops.resources import BEGINS

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return SectionFactory(number="14")


@pytest.fixture
def area():
    return AreaFactory(key="TA05", name_en="Tampere region")


@pytest.fixture
def workshop(section, area):
    names = {f"name_{language}": f"Understanding {language}" for language in LANGUAGES}
    return Workshop.objects.create(slug="open", section=section, area=area, **names)


@pytest.fixture
def hidden(section, area):
    names = {f"name_{language}": f"Understanding staff {language}" for language in LANGUAGES}
    return Workshop.objects.create(slug="hidden", section=section, area=area, open=False, **names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_leads_to_it(client, language):
    with override(language):
        address = reverse("workshops:index")

    page = client.get(f"/{language}/", follow=True).content.decode()

    assert f'href="{address}"' in page
    assert client.get(address).status_code == 200


def test_the_site_map_has_it(client, workshop, hidden):
    found = client.get("/sitemap.xml").content.decode()

    assert "/en/workshops/</loc>" in found
    assert "/en/workshops/open/</loc>" in found
    assert "hidden" not in found


def test_an_area_page_shows_it_to_those_who_may_see_it(client, workshop, hidden, area):
    page = client.get(f"/en/areas/{area.key}/").content.decode()

    assert "Understanding en" in page
    assert "Understanding staff" not in page


def test_it_rests_on_its_section_and_is_checked_when_that_changes(client, workshop, section):
    with override("en"):
        page = client.get(section.get_absolute_url()).content.decode()
    assert "Understanding en" in page

    impact_reviews.open_tasks([AmendmentEffectFactory(section=section)])

    [(referrer, item)] = backlinks_to([section], UserFactory(), "en")[section.pk]
    assert (referrer.title, item.under_review) == ("Workshops", True)
    assert "is being checked" in client.get("/en/workshops/open/").content.decode()
    assert impact_reviews.changed("workshop", str(workshop.pk), by=UserFactory()) == 1


def test_it_is_followed_and_its_followers_hear_of_it(client, workshop):
    assert client.get("/en/follow/?what=workshop:open").status_code == 200
    FollowFactory(kind="workshop", subject="open")

    thing = ("workshop", "open")
    activity.record_activity("workshop:1", thing=thing, targets=[thing], verb=BEGINS)
    activity.fan_out()
    digests.write_due()

    letter = Letter.objects.get()
    assert letter.subject == "A workshop begins: Understanding en"
    assert "/en/workshops/open/" in letter.text


def test_the_desk_shows_what_of_it_waits(client, workshop, hidden):
    client.force_login(UserFactory(role="editor"))
    assert "Open the workshop" in client.get("/en/desk/").content.decode()

    client.force_login(UserFactory())
    assert "Open the workshop" not in client.get("/en/desk/").content.decode()


def test_the_home_page_may_lead_to_it():
    assert "workshops" in home_places()


def test_the_api_and_its_document_have_it(client, workshop, hidden):
    answer = json.loads(client.get("/api/v1/workshops").content)
    assert [item["slug"] for item in answer["items"]] == ["open"]

    described = json.loads(client.get("/api/v1/openapi.json").content)
    assert "/api/v1/workshops" in described["paths"]


def test_the_starter_and_the_schedule_have_it(workshop):
    assert "Workshops" in [step.label for step in steps()]
    assert "workshops" in [entry.name for entry in schedule()]


class TestSearch:
    """What is for some is found by them alone: in results, counts, suggestions and other apps."""

    @pytest.fixture(autouse=True)
    def indexed(self, workshop, hidden):
        index.refresh()

    @pytest.mark.parametrize(("role", "sees"), [(None, False), ("member", False), ("editor", True)])
    def test_by_those_who_may(self, client, role, sees):
        if role:
            client.force_login(UserFactory(role=None if role == "member" else role))

        results = client.get("/en/search/?q=understanding").content.decode()
        narrowed = client.get("/en/search/?q=understanding&kind=workshop").content.decode()
        suggested = client.get("/en/search/suggest/?q=underst").content.decode()
        misspelt = client.get("/en/search/?q=undrstanding+staff").content.decode()

        assert "/en/workshops/open/" in results
        for answer in (results, narrowed, suggested, misspelt):
            assert ("/en/workshops/hidden/" in answer) <= sees
            assert ("Understanding staff" in answer) <= sees
        assert ("/en/workshops/hidden/" in results) == sees
        assert ("/en/workshops/hidden/" in suggested) == sees

    def test_counts_tell_nothing(self, client):
        hers = client.get("/en/search/?q=understanding").context
        Document.objects.filter(path__contains="hidden").delete()
        without = client.get("/en/search/?q=understanding").context

        assert hers["facets"] == without["facets"]

    def test_other_rooms_find_for_their_reader(self):
        visitor, editor = UserFactory(), UserFactory(role="editor")

        def found(user):
            return {one.url for one in find("understanding", ["workshop"], "en", user)}

        assert "/en/workshops/hidden/" not in found(visitor)
        assert "/en/workshops/hidden/" in found(editor)


def test_no_address_without_a_line_in_the_matrix(monkeypatch):
    test_matrix.test_every_address_has_a_line()

    others = [line for line in test_matrix.LINES if "workshops" not in line["name"]]
    monkeypatch.setattr(test_matrix, "LINES", others)

    with pytest.raises(AssertionError, match="workshops"):
        test_matrix.test_every_address_has_a_line()


def test_the_room_has_all_its_migrations():
    call_command("makemigrations", "workshops", check=True, dry_run=True, verbosity=0)

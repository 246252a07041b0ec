"""The pages: written, returned with a comment in place, published, told of on a phone."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from partnership.commitments import criteria
from partnership.commitments.models import Commitment, Report
from partnership.commitments.services import decisions, follow_up
from portal.forms import opened_now
from portal.mail.models import Letter
from search import index
from tests.factories.accounts import UserFactory
from tests.factories.commitments import AskFactory, CommitmentFactory
from tests.factories.law import SectionFactory
from tests.factories.partnership import MembershipFactory
from tests.factories.places import AreaFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
State = Commitment.State
LIST = "/en/commitments/"


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def organisation(owner):
    return MembershipFactory(status="active", owner=owner).organisation


def typed(**fields):
    return {
        "title": "Forty people find a traineeship by 2027",
        "change": "People do not wait.",
        "beneficiaries": "About 40 people.",
        "baseline": "12 places in 2026.",
        "target": "40 places in 2027.",
        "resources": "One person half-time.",
        "indicator": "",
        "areas": "TA05",
        "sections": "",
        "language": "en",
        "seen": "",
        "m-TOTAL_FORMS": "1",
        "m-INITIAL_FORMS": "0",
        "m-0-title": "Ten have begun",
        "m-0-due": "5/2027",
        "m-0-evidence": "A figure.",
        **fields,
    }


def test_the_way_from_a_draft_to_a_report(client, owner, organisation, mailoutbox):
    AreaFactory(code="05")
    programme = UserFactory(role="programme")
    client.force_login(owner)
    response = client.post(f"{LIST}write/", typed(organisation=organisation.slug, submit=""))
    commitment = Commitment.objects.get()
    assert response.url == f"{LIST}own/{commitment.pk}/"
    assert commitment.state == State.SUBMITTED

    client.force_login(programme)
    page = f"/cms/commitments/{commitment.pk}/"
    client.post(page, {"move": "return", "target": "By which day?"})
    client.force_login(owner)
    edit = f"{LIST}own/{commitment.pk}/edit/"
    html = client.get(edit).content.decode()
    assert html.index("By which day?") > html.index('name="target"')
    milestone = commitment.milestones.get()
    again = typed(target="40 places on 31.12.2027.", submit="")
    seen = Commitment.objects.get().version_token
    client.post(edit, again | {"seen": seen, "m-0-pk": str(milestone.pk), "m-INITIAL_FORMS": "1"})
    client.force_login(programme)
    client.post(page, {"move": "publish"})
    commitment.refresh_from_db()
    assert commitment.state == State.PUBLISHED

    client.logout()
    public = commitment.get_absolute_url()
    assert client.get(public).status_code == 200
    share = commitment.shares.get()
    share.next_due = share.next_due.replace(year=2020)
    share.save()
    follow_up.ask_due()
    letter = Letter.objects.filter(template="commitments/ask").get()
    link = next(word for word in letter.text.split() if "/tell/" in word)
    address = link.partition("example.org")[2] or link.partition("testserver")[2]
    assert "checked" not in client.get(address).content.decode()
    assert client.post(address, {}).status_code == 422
    assert not Report.objects.exists()
    with time_machine.travel(timezone.now() - timedelta(minutes=1)):
        read = {"opened": opened_now()}
    told = read | {"progress": "on-track", "sentence": "Eight began."}
    assert client.post(address, told).url == address
    assert "Take the report back" in client.get(address).content.decode()
    for where in (public, "/en/areas/TA05/", organisation.get_absolute_url(), LIST):
        html = client.get(where).content.decode()
        assert "Last told us" in html and "On track" in html, where
    client.post(address, read | {"undo": ""})
    assert "On track" not in client.get(public).content.decode().split("What has happened")[0]


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.RETURNED])
def test_what_is_not_public_is_nowhere(client, state, settings):
    area = AreaFactory(code="07")
    section = SectionFactory(number="13")
    commitment = CommitmentFactory(state=state, title="Hidden words", areas=[area])
    commitment.section_links.create(section=section)
    index.refresh()

    for address in (
        LIST,
        f"{LIST}?q=hidden",
        "/en/commitments.csv",
        "/en/commitments.json",
        "/en/commitments.atom",
        "/api/v1/commitments",
        "/en/areas/TA07/",
        section.get_absolute_url(),
        commitment.organisation.get_absolute_url(),
        "/en/search/?q=hidden",
        "/sitemap.xml",
    ):
        assert "Hidden words" not in client.get(address).content.decode(), address
    assert client.get(commitment.get_absolute_url()).status_code == 404
    assert client.get(f"/api/v1/commitments/{commitment.pk}").status_code == 404


def test_the_files_and_the_api_say_the_same(client):
    commitment = CommitmentFactory()

    listed = json.loads(client.get("/en/commitments.json").content)["items"]
    [given] = json.loads(client.get("/api/v1/commitments?language=en").content)["items"]
    rows = client.get("/en/commitments.csv").content.decode("utf-8-sig").splitlines()

    assert listed == [given] and given["title"] == commitment.title
    assert len(rows) == 2 and commitment.title in rows[1]
    assert commitment.title in client.get("/en/commitments.atom").content.decode()
    assert client.get("/en/commitments.xml").status_code == 404


def test_an_address_that_cannot_be_read_is_named(client):
    response = client.get(f"{LIST}?state=lost")

    assert response.status_code == 400 and "state" in response.content.decode()


def test_another_spelling_leads_to_the_address(client):
    commitment = CommitmentFactory()

    response = client.get(f"{LIST}{commitment.pk}-other/")

    assert (response.status_code, response.url) == (301, commitment.get_absolute_url())


def test_nobody_decides_on_a_commitment_of_their_own(client):
    programme = UserFactory(role="programme")
    organisation = MembershipFactory(status="active", owner=programme).organisation
    commitment = CommitmentFactory(organisation=organisation, state=State.SUBMITTED)
    client.force_login(programme)

    response = client.post(f"/cms/commitments/{commitment.pk}/", {"move": "publish"})

    assert response.url == "/cms/"  # Wagtail's way to refuse
    commitment.refresh_from_db()
    assert commitment.state == State.SUBMITTED


def test_vague_words_get_an_example_and_stop_nobody(client, owner, organisation):
    AreaFactory(code="05")
    client.force_login(owner)
    client.post(
        f"{LIST}write/", typed(organisation=organisation.slug, change="We promote integration.")
    )
    commitment = Commitment.objects.get()

    html = client.get(f"{LIST}own/{commitment.pk}/edit/").content.decode()

    assert "does not say what you do" in html


@pytest.mark.parametrize("due", ["soon", "13/2027", "31.2.2027", "20271"])
def test_a_day_that_is_none_is_said_and_nothing_is_lost(client, owner, organisation, due):
    AreaFactory(code="05")
    client.force_login(owner)

    response = client.post(
        f"{LIST}write/", typed(organisation=organisation.slug, **{"m-0-due": due})
    )

    html = response.content.decode()
    assert response.status_code == 422 and "Write a year, a month or a day" in html
    assert "40 places in 2027." in html and f'value="{due}"' in html
    assert not Commitment.objects.exists()


def test_what_another_person_saved_is_not_overwritten(client, owner, organisation):
    AreaFactory(code="05")
    commitment = CommitmentFactory(organisation=organisation, state=State.DRAFT)
    client.force_login(owner)
    seen = commitment.version_token
    Commitment.objects.filter(pk=commitment.pk).update(target="Theirs.")

    response = client.post(f"{LIST}own/{commitment.pk}/edit/", typed(seen=seen, target="Mine."))

    assert response.status_code == 409 and "Mine." in response.content.decode()
    commitment.refresh_from_db()
    assert commitment.target == "Theirs."


def test_the_desk_says_what_waits(client, owner, organisation):
    due = CommitmentFactory(organisation=organisation, share={"next_due": "2026-01-01"})
    back = CommitmentFactory(organisation=organisation, state=State.RETURNED)
    CommitmentFactory()
    client.force_login(owner)

    html = client.get("/en/desk/").content.decode()

    assert due.title in html and back.title in html
    assert html.count("Tell how it goes") == 1
    client.force_login(UserFactory())
    assert "Nothing waits for you" in client.get("/en/desk/").content.decode()


def test_lists_cost_the_queries_of_one_with_six(client):
    area = AreaFactory(code="05")
    first = CommitmentFactory(areas=[area])
    decisions.enter(first, "published")
    addresses = (LIST, first.get_absolute_url(), "/en/areas/TA05/", "/en/commitments.json")
    costs = [queries_of_page(client, address) for address in addresses]

    for _number in range(5):
        CommitmentFactory(areas=[area], organisation=first.organisation)
        decisions.enter(first, "told")

    assert [queries_of_page(client, address) for address in addresses] == costs


def test_a_letter_link_shows_and_only_its_button_acts(client):
    ask = AskFactory()
    address = reverse("commitments:tell", args=[ask.key])

    for method in ("get", "head", "options"):
        getattr(client, method)(address)
    client.post(address, {"sentence": "", "milestone": "", "due": ""})

    assert not Report.objects.exists()
    assert client.get(f"{address[:-3]}xx/").status_code == 404


class TestTheForm:
    def test_calls_nothing_optional_that_is_needed_to_send_it_in(self, client, owner, organisation):
        client.force_login(owner)
        labels = re.findall(
            r"<(?:label|legend)[^>]*>\s*([^<]+?)\s*(<span class=\"optional\">)?[<(]",
            client.get(f"{LIST}write/").text,
        )

        optional = [label for label, is_optional in labels if is_optional]
        assert optional == ["Indicator", "Sections of the Integration Act", "How it is seen"]

    def test_leads_from_what_is_missing_to_where_it_is_written(self, client, owner, organisation):
        row = CommitmentFactory(organisation=organisation, state=State.DRAFT)
        Commitment.objects.filter(pk=row.pk).update(
            change="", beneficiaries="", baseline="", target="", resources=""
        )
        row.milestones.all().delete()
        client.force_login(owner)
        page = client.get(f"{LIST}own/{row.pk}/edit/?missing").text

        summary = page[page.index("Before it can be sent in") : page.index("long-form")]
        places = re.findall(r'<li><a href="#([\w-]+)">', summary)
        assert len(places) == len(criteria.missing(Commitment.objects.get())) > 5
        assert [place for place in places if f'id="{place}"' not in page] == []

    def test_says_in_its_title_that_the_day_of_a_milestone_is_wrong(
        self, client, owner, organisation
    ):
        client.force_login(owner)
        page = client.post(f"{LIST}write/", typed(**{"m-0-due": "32.13.2027", "save": ""}))

        assert page.status_code == 422
        assert "<title>Error: Write a commitment" in page.text

    @pytest.mark.parametrize(
        ("language", "title", "quoted"),
        [
            ("fi", "Parannamme kotoutumista", "Parannamme"),
            ("fi", "Palveluja kehitetään", "kehitetään"),
            ("sv", "Vi utvecklar rådgivningen", "Vi utvecklar"),
            ("en", "We will strengthen our services", "We will strengthen"),
        ],
    )
    def test_points_at_words_that_promise_no_change(self, language, title, quoted):
        assert [hint.words for hint in criteria.hints({"title": title}, language)] == [quoted]


@pytest.mark.parametrize("name", ["area", "organisation"])
@pytest.mark.parametrize("path", [LIST, "/en/commitments.csv", "/api/v1/commitments"])
def test_an_address_that_names_what_there_is_not_says_so(client, name, path):
    answer = client.get(path, {name: "none"})

    assert answer.status_code == 400
    assert f"“{name}”" in answer.text


@pytest.mark.parametrize("path", [LIST, "/en/commitments.csv", "/api/v1/commitments"])
def test_an_area_without_commitments_has_an_empty_list(client, path):
    CommitmentFactory(areas=[AreaFactory(code="05")])
    AreaFactory(code="07")

    answer = client.get(path, {"area": "TA07"})

    assert answer.status_code == 200
    assert "traineeship" not in answer.text


def test_milestones_that_are_only_claimed_are_not_made(client, owner, organisation):
    client.force_login(owner)
    answer = client.post(f"{LIST}write/", typed(**{"m-TOTAL_FORMS": "99999", "save": ""}))

    assert answer.status_code == 422
    assert 0 < answer.text.count('<fieldset class="milestone-row">') < 100
    assert "Please submit at most" in answer.text
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(("button", "state"), [("save", State.DRAFT), ("submit", State.SUBMITTED)])
def test_a_second_press_makes_no_second_commitment(client, owner, organisation, button, state):
    AreaFactory(code="05")
    client.force_login(owner)
    first, second = (client.post(f"{LIST}write/", typed(**{button: ""})) for _press in range(2))

    assert first.url == second.url
    assert Commitment.objects.get().state == state
    assert Letter.objects.filter(template="commitments/received").count() == (button == "submit")


def test_nothing_is_ended_by_an_address_that_does_not_say_how(client, owner, organisation):
    row = CommitmentFactory(organisation=organisation)
    client.force_login(owner)
    answer = client.post(f"{LIST}own/{row.pk}/end/?how=zz", {"reason": "Enough was done."})

    assert answer.status_code == 400
    assert "“how”" in answer.text
    assert Commitment.objects.get().state == State.PUBLISHED

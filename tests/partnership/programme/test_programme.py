"""The programme's page, the plan, the figures by area and the centres."""

import json

import pytest
from django.core.management import call_command
from django.utils.translation import override

from partnership.programme import figures, starter
from partnership.programme.models import Call, Figure, Measure, Offer
from portal.notifications.models import Event
from portal.places.models import Area
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.notices import FollowFactory
from tests.factories.partnership import MembershipFactory, OrganisationFactory
from tests.factories.places import AreaFactory, BelongingFactory
from tests.factories.programme import CallFactory, MeasureFactory, OfferFactory
from tests.queries import queries_of, queries_of_page

pytestmark = pytest.mark.django_db
PAGE = "/en/programme/"
Kind = Area.Kind


@pytest.fixture
def places():
    """A municipality in an employment area, a region and a centre; another one beside it."""
    found = {
        "country": AreaFactory(kind=Kind.COUNTRY, code="FI"),
        "town": AreaFactory(kind=Kind.MUNICIPALITY, code="837", name_en="Town"),
        "area": AreaFactory(code="05"),
        "region": AreaFactory(kind=Kind.REGION, code="06"),
        "centre": AreaFactory(kind=Kind.DEVELOPMENT_CENTRE, code="04", name_en="Our centre"),
        "other": AreaFactory(code="06"),
    }
    for whole in ("area", "region", "centre", "country"):
        BelongingFactory(part=found["town"], whole=found[whole])
    BelongingFactory(part=found["area"], whole=found["region"])
    return found


def member(*areas, **fields):
    organisation = OrganisationFactory(areas=areas)
    MembershipFactory(organisation=organisation, status="active", **fields)
    return organisation


def numbers(key):
    rows = Figure.objects.filter(key=key).select_related("area")
    return {row.area.code if row.area.kind != Kind.COUNTRY else "FI": row.number for row in rows}


def test_partners_are_counted_where_they_work(places):
    member(places["town"])
    member(places["region"])
    member(places["country"])
    OrganisationFactory(areas=[places["town"]])

    figures.count_all()

    members = Figure.objects.filter(key="measure")
    found = {row.area_id: row.number for row in members}
    assert {name: found.get(area.pk) for name, area in places.items()} == {
        "country": 3,
        "region": 2,
        "area": 2,
        "centre": 2,
        "other": 0,
        "town": None,
    }


def test_what_has_not_changed_is_not_written_anew(places):
    member(places["town"])
    assert figures.count_all() > 0
    assert figures.count_all() == 0

    CommitmentFactory(areas=[places["town"]])
    assert figures.count_all() == 4  # of the area, the region, the centre and the country


def test_the_page_shows_kept_figures_and_does_not_count(client, places):
    CommitmentFactory(areas=[places["town"]])
    assert "they are not here yet" in client.get(PAGE).content.decode()
    figures.count_all()

    before = queries_of_page(client, PAGE)
    for _each in range(5):
        member(places["town"])
    figures.count_all()

    assert queries_of_page(client, PAGE) == before
    page = client.get(PAGE).content.decode()
    assert "Our centre" in page
    assert "they are not here yet" not in page


def test_the_page_has_the_plan_and_what_happens(client, places):
    MeasureFactory(name_en="Meetings", state="running", stands_en="Four of ten.", actor_fi="KEHA")
    joined = member(places["town"])
    CallFactory(name_en="Mentors")
    OfferFactory(title="A room")
    CommitmentFactory(title="Forty places")

    page = client.get(PAGE).content.decode()

    for words in ("Meetings", "Four of ten.", "Under way", "KEHA", "Mentors", "A room"):
        assert words in page
    happening = page[page.index('id="happening"') :]
    for words in (joined.name, "Mentors", "A room", "Forty places", "Meetings"):
        assert words in happening


def test_a_measure_that_moves_is_told_to_its_followers(client):
    measure = MeasureFactory(name_en="Meetings")
    FollowFactory(kind="measure", subject=measure.slug)
    client.force_login(UserFactory(role="programme"))
    edit = f"/cms/snippets/programme/measure/edit/{measure.pk}/"
    form = client.get(edit).context["form"]
    values = {name: form[name].value() for name in form.fields}
    data = {
        name: value for name, value in values.items() if value is not None and value is not False
    }

    answer = client.post(edit, {**data, "state": "done", "stands_fi": "Valmis."})

    assert answer.status_code == 302, answer.context["form"].errors
    measure.refresh_from_db()
    assert measure.state == "done"
    assert Event.objects.get().thing == measure.slug


def test_a_town_leads_to_its_centre(client, places):
    found = client.get("/en/programme/centres/?area=Town")
    assert found.url == "/en/programme/centres/EVK04/"
    assert client.get("/en/programme/centres/?area=Nowhere").status_code == 400
    assert client.get("/en/programme/centres/evk04/").url == "/en/programme/centres/EVK04/"
    assert client.get("/en/programme/centres/EVK99/").status_code == 404


def test_my_centre_is_that_of_my_organisation_else_of_what_i_follow(client, places):
    owner, follower = UserFactory(), UserFactory()
    member(places["area"], owner=owner)
    FollowFactory(follower__user=follower, follower__email=None, kind="area", subject="KU837")
    for user, own in ((owner, True), (follower, True), (UserFactory(), False)):
        client.force_login(user)
        page = client.get("/en/programme/centres/").content.decode()
        assert ('id="mine"' in page) == own


def test_a_centre_shows_what_is_in_its_area(client, places):
    here, elsewhere = member(places["area"]), member(places["other"])
    OfferFactory(title="A room here", areas=[places["town"]])
    OfferFactory(title="A room elsewhere", areas=[places["other"]])
    CallFactory(name_en="For all")
    CallFactory(name_en="For others", areas=[places["other"]])

    page = client.get("/en/programme/centres/EVK04/").content.decode()

    for words in (here.name, "A room here", "For all"):
        assert words in page
    for words in (elsewhere.name, "A room elsewhere", "For others"):
        assert words not in page
    before = queries_of_page(client, "/en/programme/centres/EVK04/")
    for _each in range(5):
        member(places["area"])
    assert queries_of_page(client, "/en/programme/centres/EVK04/") == before


@pytest.mark.parametrize(
    ("name", "make", "endings"),
    [
        ("plan", MeasureFactory, ("csv", "json")),
        ("calls", CallFactory, ("csv", "json", "atom")),
        ("offers", OfferFactory, ("csv", "json", "atom")),
    ],
)
def test_files(client, name, make, endings):
    rows = make.create_batch(2)
    words = [getattr(row, "title", "") or row.name_en for row in rows]
    for ending in endings:
        answer = client.get(f"{PAGE}{name}.{ending}")
        assert answer.status_code == 200
        assert all(each in answer.content.decode() for each in words)
    items = json.loads(client.get(f"{PAGE}{name}.json").content)["items"]
    assert len(items) == 2
    assert client.get(f"{PAGE}{name}.xml").status_code == 404
    before = queries_of(lambda: client.get(f"{PAGE}{name}.csv"))
    make.create_batch(4)
    assert queries_of(lambda: client.get(f"{PAGE}{name}.csv")) == before


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_site_map_has_it(client, language):
    with override(language):
        addresses = [row.get_absolute_url() for row in (MeasureFactory(), CallFactory())]
        addresses.append(OfferFactory().get_absolute_url())

    found = client.get("/sitemap.xml").content.decode()

    for address in addresses:
        assert f"{address}</loc>" in found


def test_the_starter_marks_all_as_examples_and_can_be_run_again():
    MeasureFactory().delete()
    call_command("import_places", verbosity=0)
    starter.load()
    starter.load()
    entries = starter.words()
    for model, kind in ((Measure, "measure"), (Call, "call")):
        assert model.objects.filter(example=True).count() == len(entries[kind])
    assert not Offer.objects.exists()
    assert Figure.objects.exists()

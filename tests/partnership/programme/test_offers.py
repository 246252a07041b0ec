"""What is sought and offered: found by area and theme, ends by itself, renewed by one press."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from partnership.organisations.models import Membership, Representative
from partnership.programme.errors import NotAMember
from partnership.programme.models import Offer
from partnership.programme.models.offers import OPEN_FOR
from partnership.programme.services import offers
from portal.mail.models import Letter
from portal.notifications.models import Event
from portal.workflow import TransitionNotAllowed
from search import index
from tests.factories.accounts import UserFactory
from tests.factories.notices import FollowFactory
from tests.factories.partnership import MembershipFactory, RepresentativeFactory
from tests.factories.places import AreaFactory
from tests.factories.programme import OfferFactory, in_days
from tests.factories.topics import TopicFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
LIST = "/en/programme/offers/"
State = Offer.State


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def organisation(owner):
    return MembershipFactory(status="active", owner=owner).organisation


def typed(**fields):
    return {
        "kind": "seek",
        "title": "We seek a room for Thursdays",
        "text": "With a door that can be closed.",
        "areas": "TA05",
        "language": "en",
        "seen": "",
        **fields,
    }


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u2028"])
def test_a_title_stands_on_one_line_as_it_is_read(client, organisation, owner, mark):
    AreaFactory(code="05")
    client.force_login(owner)

    wrong = typed(organisation=organisation.slug, title=f"We seek{mark} a room")
    assert client.post(f"{LIST}write/", wrong).status_code == 422
    assert not Offer.objects.exists()


def own(offer):
    return f"{LIST}own/{offer.pk}/"


@pytest.mark.parametrize("role", [Representative.Role.OWNER, Representative.Role.EDITOR])
def test_owners_and_editors_write_for_all_to_read(client, organisation, role):
    AreaFactory(code="05")
    FollowFactory(kind="area", subject="TA05")
    client.force_login(RepresentativeFactory(organisation=organisation, role=role).user)

    answer = client.post(f"{LIST}write/", typed(organisation=organisation.slug))

    offer = Offer.objects.get()
    assert answer.url == own(offer)
    assert offer.expires_on == timezone.localdate() + OPEN_FOR
    client.logout()
    assert offer.title in client.get(LIST).content.decode()
    page = client.get(f"{LIST}{offer.pk}-{offer.slug}/").content.decode()
    assert "/en/about/feedback/?from=" in page
    assert offer.title in client.get("/en/areas/TA05/").content.decode()
    assert offer.title in client.get(f"/en/partners/{organisation.slug}/").content.decode()
    assert Event.objects.get().thing == str(offer.pk)
    index.refresh()
    assert offer.get_absolute_url() in client.get("/en/search/?q=thursdays").content.decode()


def test_a_second_press_puts_nothing_up_again(client, owner, organisation):
    AreaFactory(code="05")
    client.force_login(owner)
    first, second = (client.post(f"{LIST}write/", typed()) for _press in range(2))

    assert first.url == second.url == own(Offer.objects.get())


def test_what_is_missing_is_asked_for(client, owner, organisation):
    client.force_login(owner)

    answer = client.post(f"{LIST}write/", typed(areas="", kind=""))

    assert answer.status_code == 422
    assert "Choose at least one area" in answer.content.decode()
    assert not Offer.objects.exists()


def test_others_do_not_write(client, organisation):
    offer = OfferFactory(organisation=organisation)
    member = RepresentativeFactory(organisation=organisation, role="member").user
    for user in (member, UserFactory()):
        client.force_login(user)
        for data in ({"renew": ""}, {"close": ""}):
            assert client.post(own(offer), data).status_code == 404
        answer = client.post(f"{LIST}write/", typed(organisation=organisation.slug))
        assert "Owners and editors of members write here" in answer.content.decode()
    assert Offer.objects.get().state == State.OPEN


def test_it_ends_by_itself_and_one_press_renews_it(client, owner, organisation):
    offer = OfferFactory(organisation=organisation, expires_on=in_days(0))
    public = offer.get_absolute_url()
    assert offer.title in client.get(LIST).content.decode()

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert offer.title not in client.get(LIST).content.decode()
        assert "This was open until" in client.get(public).content.decode()
        assert (offers.expire_due(), offers.expire_due()) == (1, 0)
        client.force_login(owner)
        client.get(own(offer))
        offer.refresh_from_db()
        assert offer.state == State.EXPIRED

        client.post(own(offer), {"renew": ""})

        offer.refresh_from_db()
        assert (offer.state, offer.expires_on) == (State.OPEN, timezone.localdate() + OPEN_FOR)
        client.logout()
        assert offer.title in client.get(LIST).content.decode()


def test_its_writers_are_told_two_weeks_before_once(client, owner, organisation):
    offer = OfferFactory(organisation=organisation, expires_on=in_days(14))
    OfferFactory(organisation=organisation, expires_on=in_days(15))

    assert (offers.warn_due(), offers.warn_due()) == (1, 0)

    letter = Letter.objects.get()
    assert (letter.to, own(offer) in letter.text) == (owner.email, True)
    client.force_login(owner)
    assert "Renew it, or let it end" in client.get("/en/desk/").content.decode()


def test_what_is_closed_is_gone_and_stays_so(client, owner, organisation):
    offer = OfferFactory(organisation=organisation)
    client.force_login(owner)
    client.post(own(offer), {"close": ""})
    client.post(own(offer), {"renew": ""})

    client.logout()

    assert Offer.objects.get().state == State.CLOSED
    assert client.get(offer.get_absolute_url()).status_code == 404


def test_what_is_closed_is_not_written_anew(owner, organisation):
    offer = OfferFactory(organisation=organisation, state=State.CLOSED)

    with pytest.raises(TransitionNotAllowed):
        offers.edit(offer, by=owner, words={"title": "Another"}, areas=[], topics=[])

    assert Offer.objects.get().title == offer.title


def test_the_team_takes_down_with_a_reason(client, owner, organisation):
    offer = OfferFactory(organisation=organisation)
    client.force_login(UserFactory(role="programme"))
    page = f"/cms/offers/{offer.pk}/"
    assert client.post(page, {"move": "take_down", "reason": ""}).status_code == 422

    client.post(page, {"move": "take_down", "reason": "It names a client."})

    offer.refresh_from_db()
    assert offer.state == State.CLOSED
    letter = Letter.objects.get()
    assert (letter.to, "It names a client." in letter.text) == (owner.email, True)


def test_an_organisation_that_has_left_offers_nothing(client, organisation):
    offer = OfferFactory(organisation=organisation)
    index.refresh()
    assert offer.get_absolute_url() in client.get("/en/search/?q=room").content.decode()
    membership = organisation.memberships.get()
    membership.status = Membership.Status.ENDED
    membership.save()

    assert client.get(offer.get_absolute_url()).status_code == 404
    for address in (LIST, "/en/programme/offers.json", "/api/v1/programme/offers"):
        assert offer.title not in client.get(address).content.decode()
    assert offer.get_absolute_url() not in client.get("/en/search/?q=room").content.decode()


def test_two_at_once_do_not_overwrite_each_other(client, owner, organisation):
    AreaFactory(code="05")
    offer = OfferFactory(organisation=organisation)
    client.force_login(owner)
    read = offer.version_token
    edit = f"{own(offer)}edit/"
    client.post(edit, typed(title="The first", seen=read))

    answer = client.post(edit, typed(title="The second", seen=read))

    assert answer.status_code == 409
    assert "The second" in answer.content.decode()
    assert Offer.objects.get().title == "The first"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"here", "there"}),
        ("area=TA05", {"here"}),
        ("topic=work", {"there"}),
        ("kind=seek", {"here"}),
        ("area=TA05&topic=work", set()),
    ],
)
def test_they_are_found_by_area_theme_and_kind(client, query, found):
    area, work = AreaFactory(code="05"), TopicFactory(key="work")
    OfferFactory(title="Room here", areas=[area])
    OfferFactory(title="Room there", kind="offer", topics=[work])

    for address in (
        f"{LIST}?{query}",
        f"/en/programme/offers.csv?{query}",
        f"/embed/offers/?{query}",
    ):
        page = client.get(address).content.decode()
        assert {word for word in ("here", "there") if f"Room {word}" in page} == found


@pytest.mark.parametrize("query", ["area=TA99", "topic=none", "kind=both"])
def test_a_value_that_there_is_not_is_said(client, query):
    for address in (LIST, "/en/programme/offers.json", "/embed/offers/"):
        assert client.get(f"{address}?{query}").status_code == 400


def test_a_name_leads_to_the_key(client):
    AreaFactory(code="05", name_en="Tampere")
    assert client.get(f"{LIST}?area=tampere").url == f"{LIST}?area=TA05"
    answer = client.get(f"{LIST}?area=nowhere")
    assert answer.status_code == 400
    assert "No area here is called" in answer.content.decode()


@pytest.mark.parametrize(
    "address", [LIST, "/en/programme/", "/embed/offers/", "/api/v1/programme/offers"]
)
def test_six_cost_what_one_costs(client, address):
    OfferFactory()
    before = queries_of_page(client, address)
    OfferFactory.create_batch(5)
    assert queries_of_page(client, address) == before


def test_who_is_no_member_any_more_puts_nothing_up(owner, organisation):
    organisation.memberships.update(status=Membership.Status.ENDED)

    with pytest.raises(NotAMember):
        offers.publish(
            organisation, by=owner, words={"kind": "seek", "title": "A room"}, areas=[], topics=[]
        )

    assert not Offer.objects.exists()

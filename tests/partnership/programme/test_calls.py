"""Calls: open by their days; an organisation's interest is sent once and withdrawn in time."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from partnership.organisations.models import Representative
from partnership.programme.errors import AlreadySent, NotOpen
from partnership.programme.merging import settle
from partnership.programme.models import Call, Interest
from partnership.programme.services import calls
from portal.mail.models import Letter
from portal.notifications.models import Event
from tests.factories.accounts import UserFactory
from tests.factories.notices import FollowFactory
from tests.factories.partnership import (
    MembershipFactory,
    OrganisationFactory,
    RepresentativeFactory,
)
from tests.factories.places import AreaFactory
from tests.factories.programme import CallFactory, InterestFactory, in_days
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def organisation(owner):
    """Of no member: a call is open to whoever acts for an organisation."""
    return RepresentativeFactory(user=owner, organisation=OrganisationFactory()).organisation


def page_of(call):
    return f"/en/programme/calls/{call.slug}/interest/"


def test_interest_is_sent_once_read_by_the_team_and_answered_by_a_receipt(
    client, owner, organisation
):
    call = CallFactory()
    client.force_login(owner)

    for _twice in range(2):
        client.post(page_of(call), {"organisation": organisation.slug, "text": "Two schools."})

    interest = Interest.objects.get()
    assert (interest.organisation, interest.by) == (organisation, owner)
    letter = Letter.objects.get()
    assert letter.to == owner.email
    assert "Two schools." in letter.text
    assert page_of(call) in letter.text
    client.force_login(UserFactory(role="programme"))
    assert "Two schools." in client.get(f"/cms/interests/{interest.pk}/").content.decode()
    assert organisation.name in client.get(f"/cms/interests/?call={call.pk}").content.decode()
    desk = client.get("/en/desk/").content.decode()
    assert "Read the expressions of interest" in desk


def test_nobody_but_the_team_reads_it(client, owner, organisation):
    interest = InterestFactory(organisation=organisation)
    for role in ("editor", "lawyer"):
        client.force_login(UserFactory(role=role))
        assert client.get(f"/cms/interests/{interest.pk}/").status_code != 200
    client.force_login(UserFactory())
    assert interest.text not in client.get(interest.call.get_absolute_url()).content.decode()
    assert (
        client.get(f"{page_of(interest.call)}?organisation={organisation.slug}").status_code == 404
    )


def test_members_of_an_organisation_do_not_send(client, organisation):
    call = CallFactory()
    member = RepresentativeFactory(organisation=organisation, role=Representative.Role.MEMBER).user
    client.force_login(member)

    answer = client.post(page_of(call), {"organisation": organisation.slug, "text": "Us."})

    assert answer.status_code == 404
    assert not Interest.objects.exists()
    assert "Owners and editors send it" in client.get(page_of(call)).content.decode()


def test_it_is_withdrawn_until_the_deadline_and_can_be_sent_again(client, owner, organisation):
    call = CallFactory(closes_on=in_days(0))
    client.force_login(owner)
    first = calls.express(call, organisation, by=owner, text="First.")
    client.post(page_of(call), {"organisation": organisation.slug, "withdraw": ""})
    first.refresh_from_db()
    assert first.withdrawn_at

    second = calls.express(call, organisation, by=owner, text="Second.")
    with pytest.raises(AlreadySent):
        calls.express(call, organisation, by=owner, text="Third.")
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        with pytest.raises(NotOpen):
            calls.withdraw(second, by=owner)
        with pytest.raises(NotOpen):
            calls.express(call, OrganisationFactory(), by=owner, text="Late.")
    subjects = [letter.subject.partition(":")[0] for letter in Letter.objects.order_by("pk")]
    assert subjects == ["Received", "Withdrawn", "Received"]


def test_an_interest_that_is_withdrawn_twice_is_withdrawn_once(owner, organisation):
    interest = calls.express(CallFactory(), organisation, by=owner, text="First.")

    calls.withdraw(interest, by=owner)
    first = interest.withdrawn_at
    calls.withdraw(interest, by=owner)

    interest.refresh_from_db()
    assert interest.withdrawn_at == first
    assert [one.subject.partition(":")[0] for one in Letter.objects.order_by("pk")] == [
        "Received",
        "Withdrawn",
    ]


def test_a_call_is_open_from_its_first_day_through_its_last():
    first = CallFactory(opens_on=in_days(0))
    last = CallFactory(closes_on=in_days(0))
    CallFactory(opens_on=in_days(1))
    CallFactory(closes_on=in_days(-1))

    assert set(Call.objects.open_now()) == {first, last}


def test_a_call_is_seen_and_told_of_from_its_first_day(client):
    area = AreaFactory(code="05")
    call = CallFactory(opens_on=in_days(1), announced_at=None, areas=[area])
    FollowFactory(kind="area", subject="TA05")
    address = f"/en/programme/calls/{call.slug}/"
    assert client.get(address).status_code == 404
    assert calls.announce_due() == 0

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert client.get(address).status_code == 200
        assert (calls.announce_due(), calls.announce_due()) == (1, 0)
        assert call.name_en in client.get("/en/areas/TA05/").content.decode()
    assert Event.objects.get().thing == call.slug


def test_the_list_has_open_ones_first_to_close_first_and_costs_the_same(client):
    late, soon = CallFactory(closes_on=in_days(30)), CallFactory(closes_on=in_days(3))
    closed = CallFactory(opens_on=in_days(-30), closes_on=in_days(-1))

    page = client.get("/en/programme/calls/").content.decode()

    with override("en"):
        assert page.index(soon.name) < page.index(late.name) < page.index(closed.name)
    before = queries_of_page(client, "/en/programme/calls/")
    CallFactory.create_batch(5)
    assert queries_of_page(client, "/en/programme/calls/") == before


def test_the_desk_of_an_organisation_has_calls_that_it_has_not_answered(client, owner):
    organisation = MembershipFactory(owner=owner, status="active").organisation
    call = CallFactory(name_en="Mentors at work")
    client.force_login(owner)
    assert "Mentors at work" in client.get("/en/desk/").content.decode()

    calls.express(call, organisation, by=owner, text="Us.")

    assert "Mentors at work" not in client.get("/en/desk/").content.decode()


def test_of_two_records_that_become_one_one_interest_stands(organisation):
    call, other = CallFactory(), OrganisationFactory()
    kept = InterestFactory(call=call, organisation=organisation)
    both, alone = (
        InterestFactory(call=call, organisation=other),
        InterestFactory(organisation=other),
    )

    settle(organisation, other)

    assert set(Interest.objects.standing()) == {kept, alone}
    both.refresh_from_db()
    assert both.withdrawn_at


def test_the_api_has_them_by_state(client):
    opened, closed = CallFactory(), CallFactory(opens_on=in_days(-30), closes_on=in_days(-1))
    CallFactory(opens_on=in_days(1))
    for query, found in (
        ("", [opened, closed]),
        ("?state=open", [opened]),
        ("?state=closed", [closed]),
    ):
        items = client.get(f"/api/v1/programme/calls{query}").json()["items"]
        assert [item["slug"] for item in items] == [call.slug for call in found]

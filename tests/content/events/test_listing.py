"""The list of events, and where else they show: home, areas, search, API, menu, letters."""

from datetime import timedelta

import pytest
from django.utils import timezone

from content.events.models import Event, Way
from content.events.services import organising
from portal.notifications.models import Event as Activity
from tests.factories.events import EventFactory, RegistrationFactory, WayFactory
from tests.factories.notices import FollowFactory
from tests.factories.places import AreaFactory
from tests.factories.topics import TopicFactory

pytestmark = pytest.mark.django_db


def held(**fields):
    return EventFactory(starts_at=timezone.now() - timedelta(days=3), **fields)


def names(client, **query):
    return [event.name_en for event in client.get("/en/events/", query).context["page_obj"]]


def test_coming_held_and_recorded(client):
    EventFactory(name_en="Later", starts_at=timezone.now() + timedelta(days=20))
    EventFactory(name_en="Sooner")
    EventFactory(name_en="Draft", state=Event.State.DRAFT)
    held(name_en="Held")
    held(name_en="Recorded", material_url="/en/materials/recording/")
    assert names(client) == ["Sooner", "Later"]
    assert sorted(names(client, when="past")) == ["Held", "Recorded"]
    assert names(client, when="recorded") == ["Recorded"]
    assert "/en/materials/recording/" in client.get("/en/events/?when=past").content.decode()


def test_narrowed_by_way_theme_and_area(client):
    area, topic = AreaFactory(), TopicFactory(key="work")
    one = EventFactory(name_en="One")
    one.areas.add(area)
    one.topics.add(topic)
    one.save()
    WayFactory(event=one, kind=Way.Kind.REMOTE)
    EventFactory(name_en="Other")
    for query in ({"way": "remote"}, {"topic": "work"}, {"area": area.key}):
        assert names(client, **query) == ["One"]
    assert client.get("/en/events/", {"way": "swimming"}).status_code == 400


def test_an_empty_list_says_so(client):
    page = client.get("/en/events/").content.decode()
    assert "No event is coming just now" in page and "?when=past" in page
    assert "No event matches all of this" in client.get("/en/events/?way=remote").content.decode()


def made(number, registrations):
    events = [EventFactory() for _ in range(number)]
    for event in events:
        way = WayFactory(event=event)
        for _ in range(registrations):
            RegistrationFactory(way=way, state="registered", place=way)


@pytest.mark.parametrize("address", ["/en/events/", "/en/events/calendar.ics", "/api/v1/events"])
def test_a_list_costs_the_same_however_long_it_is(client, django_assert_max_num_queries, address):
    made(2, 1)
    client.get(address)
    with django_assert_max_num_queries(40) as queries:
        client.get(address)
        few = len(queries)
    made(25, 3)
    client.get(address)
    with django_assert_max_num_queries(few + 1):  # 27 stand on two pages
        client.get(address)


def test_the_api_tells_what_the_pages_tell_and_no_link(client, event, on_site, joined):
    Event.objects.update(remote_link="https://meet.example.org/CANARY")
    person = joined(on_site)
    answer = client.get("/api/v1/events", {"language": "sv"})
    (item,) = answer.json()["items"]
    assert (item["name"], item["ways"]) == (
        event.name_sv,
        [{"way": "on_site", "places": 1, "left": 0}],
    )
    alone = client.get(f"/api/v1/events/{event.slug}")
    assert alone.json()["item"]["uid"] == str(event.uid)
    for one in (answer, alone):
        assert "CANARY" not in one.content.decode() and person.email not in one.content.decode()
    EventFactory(slug="draft", state=Event.State.DRAFT)
    assert client.get("/api/v1/events/draft").status_code == 404
    assert client.get("/api/v1/events", {"area": "xxx"}).status_code == 400


def test_an_area_shows_the_events_of_the_area_of_its_parts_and_of_the_country(client):
    area = AreaFactory()
    event = EventFactory(name_en="Here it is")
    event.areas.add(area)
    event.save()
    EventFactory(name_en="Elsewhere")
    page = client.get(f"/en/areas/{area.key}/").content.decode()
    assert "Here it is" in page and "Elsewhere" not in page


def test_who_follows_a_theme_hears_of_a_new_event_once():
    topic = TopicFactory(key="work")
    event = EventFactory(state=Event.State.DRAFT)
    event.topics.add(topic)
    event.save()
    FollowFactory(kind="topic", subject="work")
    organising.publish(event, by=None)
    (told,) = Activity.objects.all()
    assert (told.thing_kind, told.thing, told.kind) == ("event", str(event.pk), "published")

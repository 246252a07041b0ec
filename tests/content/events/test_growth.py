"""What the list costs with one page of events and with all of them."""

from time import process_time

import pytest
from django.utils import timezone

from content.events.models import Event, Registration, Way
from tests.factories.events import EventFactory
from tests.proofs import PROVING, size

EVENTS, REGISTRATIONS, TIMES = size(40, 500), size(200, 20_000), size(3, 40)


def fill(number, registrations):
    events = Event.objects.bulk_create(EventFactory.build_batch(number))
    ways = Way.objects.bulk_create(Way(event=event, kind="on_site") for event in events)
    Registration.objects.bulk_create(
        Registration(
            event=way.event,
            way=way,
            place=way,
            state="registered",
            email=f"{way.pk}-{n}@example.org",
            name="Guest",
            language="en",
            turn=n,
            confirmed_at=timezone.now(),
        )
        for way in ways
        for n in range(registrations // number)
    )


def cost(client, address):
    client.get(address)
    begun = process_time()
    for _time in range(TIMES):
        client.get(address)
    return (process_time() - begun) / TIMES * 1000


@pytest.mark.proof
@pytest.mark.django_db
def test_a_list_of_all_costs_what_one_page_does(client, record_property):
    fill(20, REGISTRATIONS * 20 // EVENTS)
    one = {address: cost(client, address) for address in ("/en/events/", "/api/v1/events?limit=20")}
    fill(EVENTS - 20, REGISTRATIONS * (EVENTS - 20) // EVENTS)
    for address, before in one.items():
        after = cost(client, address)
        record_property(address, f"{before:.1f} ms of CPU with 20, {after:.1f} ms with {EVENTS}")
        assert not PROVING or after <= before * 1.2
    assert Event.objects.count() == EVENTS

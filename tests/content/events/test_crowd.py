"""A crowd presses at once, over HTTP against two workers: exactly as many as there are places.

2,000 presses of 40 clients for 50 places of two ways of taking part; meanwhile people cancel, leave
and answer offers, offers run out, and workers are killed. In the suite it is small.
"""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from os import kill
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from urllib.parse import urlencode

import pytest
from django.db import connections
from django.utils import timezone
from wagtail.models import ModelLogEntry

from content.events import links
from content.events.models import Registration, Way
from content.events.services import places
from portal.languages import in_language
from portal.mail.models import Letter
from tests.factories.events import EventFactory, RegistrationFactory, WayFactory
from tests.programs import answers, end, free_port, tied
from tests.proofs import size

pytestmark = [pytest.mark.postgres, pytest.mark.proof]
State = Registration.State
TRIES, CLIENTS, KILLS = size(50, 2000), size(8, 40), size(1, 10)
PLACES = {Way.Kind.ON_SITE: size(5, 30), Way.Kind.REMOTE: size(3, 20)}
TOKEN = "t" * 32
SEED = 7


@pytest.fixture(scope="module")
def servers(test_database, django_db_setup):
    """Two of gunicorn with two workers each, with the lock and without: ports and numbers.

    Those without it have four threads each, so that even a small crowd meets at the last place.
    """
    applications = {
        "locked": ["portal.wsgi"],
        "unlocked": ["--threads", "4", "tests.content.events.unlocked"],
    }
    programs, found = [], {}
    for name, application in applications.items():
        port = free_port()
        environment = test_database.environment() | {"PORT": str(port), "LOG_LEVEL": "ERROR"}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        command = tied(sys.executable, "-m", "gunicorn", "--workers", "2", *application)
        programs.append(subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL))
        found[name] = port, programs[-1].pid
    try:
        assert all(answers(f"http://127.0.0.1:{port}", within=60) for port, _ in found.values())
        yield found
    finally:
        for program in programs:
            end(program)


def press(port, path, do):
    """Press a button of one's own page, again when the worker dies meanwhile."""
    body = urlencode({"do": do, "csrfmiddlewaretoken": TOKEN})
    headers = {
        "Cookie": f"csrf={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    for _ in range(20):
        client = HTTPConnection("127.0.0.1", port, timeout=60)
        with suppress(OSError, HTTPException):
            client.request("POST", path, body, headers)
            status = client.getresponse().status
            client.close()
            if status != 500:
                return status
        time.sleep(0.05)
    raise AssertionError(f"{do} was never answered")


def client_of(port, own_paths, chance):
    """One of the crowd: confirms what is handed out; some cancel, leave or answer an offer."""
    confirmed = []

    def act(pk):
        assert press(port, own_paths[pk], "confirm") == 302
        confirmed.append(pk)
        if chance.random() < 0.3:
            early = confirmed[: 3 * sum(PLACES.values())]  # who has a place, or soon is offered one
            do = chance.choice(["cancel", "cancel", "accept", "decline", "leave"])
            assert press(port, own_paths[chance.choice(early)], do) == 302

    return act


def run_out(stop, chance):
    """The time to answer runs out for some of the offers, and the worker passes them on."""
    while not stop.wait(0.2):
        offered = list(
            Registration.objects.filter(state=State.OFFERED).values_list("pk", flat=True)
        )
        late = [pk for pk in offered if chance.random() < 0.5]
        Registration.objects.filter(pk__in=late, state=State.OFFERED).update(
            answer_by=timezone.now()
        )
        places.expire_due()
    connections.close_all()


def kill_workers(stop, master, killed):
    """Workers die in the middle of what they do, one after the other."""
    children = Path(f"/proc/{master}/task/{master}/children")
    while len(killed) < KILLS and not stop.wait(size(1, 4) / 2):
        workers = children.read_text().split()
        if len(workers) == 2:
            victim = int(workers[len(killed) % 2])
            kill(victim, signal.SIGKILL)
            killed.append(victim)


@pytest.fixture
def crowd(transactional_db):
    """As many registrations as there are tries, each to be confirmed; their pages by number."""
    event = EventFactory()
    ways = [WayFactory(event=event, kind=kind, places=number) for kind, number in PLACES.items()]
    chance = random.Random(SEED)
    rows = Registration.objects.bulk_create(
        RegistrationFactory.build(
            way=chance.choice(ways), event=event, flexible=chance.random() < 0.3
        )
        for _ in range(TRIES)
    )
    with in_language("en"):
        return {row.pk: links.own_path(row) for row in rows}


def held():
    return Counter(Registration.objects.exclude(place=None).values_list("place__kind", flat=True))


def test_as_many_come_as_there_are_places(crowd, servers, record_property):
    port, master = servers["locked"]
    stop, killed, chance = Flag(), [], random.Random(SEED)
    began = time.monotonic()
    meanwhile = [
        Thread(target=run_out, args=(stop, random.Random(SEED))),
        Thread(target=kill_workers, args=(stop, master, killed)),
    ]
    for thread in meanwhile:
        thread.start()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(client_of(port, crowd, chance), list(crowd)))
    while len(killed) < KILLS and not stop.wait(0.2):
        press(port, next(iter(crowd.values())), "confirm")
    stop.set()
    for thread in meanwhile:
        thread.join()
    record_property("seconds", round(time.monotonic() - began, 1))
    record_property("states", dict(Counter(Registration.objects.values_list("state", flat=True))))
    record_property("workers killed", len(killed))

    assert len(killed) == KILLS
    assert held() == PLACES
    assert sorted(Registration.objects.values_list("turn", flat=True)) == list(range(1, TRIES + 1))
    assert not unfair()
    letters = Counter(Letter.objects.filter(template="events/offer").values_list("to", flat=True))
    record_property("offers", letters.total())
    assert letters and max(letters.values()) == 1
    assert letters.total() == ModelLogEntry.objects.filter(action="events.offer").count()


def unfair():
    """Those who wait behind somebody who got, or was offered, what would do for them."""
    waiting = list(Registration.objects.in_turn().select_related("way"))
    offers = ModelLogEntry.objects.filter(action="events.offer").values_list("object_id", flat=True)
    offered = {int(pk) for pk in offers}
    lucky = Registration.objects.exclude(place=None).select_related("place")
    return [
        (one.pk, other.pk)
        for one in waiting
        for other in lucky
        if other.turn > one.turn and (one.flexible or one.way_id == other.place_id)
    ] + [one.pk for one in waiting if one.pk in offered]


def test_without_the_lock_too_many_come(crowd, servers, record_property):
    port, _master = servers["unlocked"]
    Way.objects.update(places=size(1, 25))  # of few presses, the first ones meet at the last place
    first = list(crowd)[: size(16, 400)]
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(lambda pk: press(port, crowd[pk], "confirm"), first))

    record_property("places given", held().total())
    assert held().total() > sum(Way.objects.values_list("places", flat=True))

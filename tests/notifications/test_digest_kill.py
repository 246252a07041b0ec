"""A digest for thousands of followers, by a worker that is killed again and again."""

import os
import random
import re
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from law.following import AMENDED
from portal.mail.models import Letter
from portal.notifications import activity
from portal.notifications.models import Event, Follow, Follower, Notice
from portal.settings import BASE_DIR
from tests.factories.law import SectionFactory
from tests.factories.places import AreaFactory
from tests.proofs import size

FOLLOWERS = size(1500, 5000)
KILLS = size(10, 20)
CANNOT_STOP = 120  # seconds
MESSAGE_ID = re.compile(rb"^Message-ID: (<.+>)", re.MULTILINE)
LANGUAGES = ("fi", "sv", "en")


class Conversation(socketserver.StreamRequestHandler):
    """SMTP as far as the portal speaks it: each letter is kept, and then accepted."""

    def handle(self):
        self.say("220 sink")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.say("354 go on")
                self.server.keep(self.letter())
                self.say("250 kept")
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())

    def letter(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        return b"".join(lines) if line else b""


class Sink(socketserver.ThreadingTCPServer):
    """A mail server of this machine that counts what it has accepted, by Message-ID."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.accepted = Counter()

    def keep(self, raw):
        if raw:
            self.accepted[MESSAGE_ID.search(raw)[1].decode()] += 1

    def handle_error(self, request, client_address):
        """A worker that is killed leaves in the middle of a word."""


@pytest.fixture
def sink():
    server = Sink()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def start_worker(test_database, sink):
    """Starts a worker at once and returns its process number; see tests/operations/nursery.py."""
    nursery = subprocess.Popen(
        [sys.executable, "-m", "tests.operations.nursery"],
        cwd=BASE_DIR,
        env={
            **test_database.environment(),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "SITE_URL": "https://portal.example.org",
            "EMAIL_URL": f"smtp://127.0.0.1:{sink.server_address[1]}",
            "LETTER_CLAIM_SECONDS": "2",
            "LOG_LEVEL": "ERROR",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert nursery.stdout.readline() == "ready\n"

    def start(*arguments):
        nursery.stdin.write(f"{' '.join(arguments)}\n")
        nursery.stdin.flush()
        return int(nursery.stdout.readline())

    yield start
    nursery.communicate()


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until_gone(pid):
    deadline = time.monotonic() + CANNOT_STOP
    while is_there(pid):
        assert time.monotonic() < deadline, "It took too long."
        time.sleep(0.002)


def everybody_follows():
    """Most get a digest of yesterday's amendment, the rest hear at once of their area."""
    section, area = SectionFactory(number="14"), AreaFactory(key="TA05")
    yesterday = timezone.now() - timedelta(days=8)
    with time_machine.travel(yesterday, tick=False):
        followers = Follower.objects.bulk_create(
            Follower(
                email=f"follower{n}@example.org",
                language=LANGUAGES[n % 3],
                frequency="instant" if n % 5 == 0 else "weekly" if n % 5 == 1 else "daily",
                confirmed_at=yesterday,
            )
            for n in range(FOLLOWERS)
        )
        Follow.objects.bulk_create(
            Follow(
                follower=one,
                kind="area" if one.frequency == "instant" else "section",
                subject=area.key if one.frequency == "instant" else "681/2023:14",
                confirmed_at=yesterday,
            )
            for one in followers
        )
        note = {"fi": "Muutettu.", "sv": "Ändrad.", "en": "Amended."}
        thing = ("section", "681/2023:14")
        activity.record_activity("amended", thing=thing, targets=[thing], verb=AMENDED, notes=note)
        activity.fan_out()
    area = ("area", area.key)
    activity.record_activity("of the area", thing=thing, targets=[area], verb=AMENDED, notes=note)
    assert section.number == "14"


@pytest.mark.proof
@pytest.mark.timeout(600)
@pytest.mark.django_db(transaction=True)
def test_a_digest_survives_a_worker_that_is_killed_again_and_again(start_worker, sink):
    everybody_follows()
    began = time.monotonic()
    any_number, killed_at = random.Random(random.random()), []
    for kills_before in range(KILLS):
        pid = start_worker("--once")
        if kills_before < KILLS // 3:
            time.sleep(any_number.uniform(0.01, FOLLOWERS / 2500))
        else:
            fair_share = (FOLLOWERS - sink.accepted.total()) // (KILLS - kills_before + 1)
            point = sink.accepted.total() + any_number.randrange(1, max(2, 2 * fair_share))
            while is_there(pid) and sink.accepted.total() < point:
                time.sleep(any_number.uniform(0.001, 0.01))
        if is_there(pid):
            os.kill(pid, signal.SIGKILL)
            wait_until_gone(pid)
            killed_at.append((Letter.objects.count(), sink.accepted.total()))
    wait_until_gone(start_worker("--once"))
    while Letter.objects.filter(sent_at=None).exists():  # until the last claim has run out
        wait_until_gone(start_worker("--once"))
    took = time.monotonic() - began

    wanted = {f"<{key}@portal.example.org>" for key in Letter.objects.values_list("key", flat=True)}
    twice = [message for message, times in sink.accepted.items() if times > 1]
    sys.stdout.write(f"{took:.0f} s, {len(twice)} came twice, killed at {killed_at}\n")
    assert len(killed_at) == KILLS
    assert set(sink.accepted) == wanted
    assert len(wanted) == FOLLOWERS
    assert Letter.objects.values("to").distinct().count() == FOLLOWERS
    assert max(sink.accepted.values()) <= 2
    assert len(twice) <= KILLS
    assert Notice.objects.filter(told_at=None).count() == 0
    assert Notice.objects.count() == FOLLOWERS
    assert Event.objects.filter(spread_at=None).count() == 0

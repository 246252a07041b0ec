"""Fetching that is killed half-way, and two workers and two lawyers at the same moment."""

import os
import signal
import subprocess
import sys
import time

import pytest

from law import incoming as decisions
from law.finlex import watching
from law.finlex.client import Finlex
from law.models import (
    Act,
    Amendment,
    FetchedStatute,
    IncomingAmendment,
    LawWatch,
    Section,
    SectionVersion,
)
from portal.mail.models import Letter
from portal.settings import BASE_DIR
from portal.workflow import TransitionNotAllowed
from tests.at_once import at_once
from tests.factories.accounts import UserFactory
from tests.law.invented import amend

pytestmark = pytest.mark.django_db(transaction=True)

State = IncomingAmendment.State


def everything():
    """How many there are of each: all that a run may make, once."""
    return {
        model.__name__: model.objects.count()
        for model in (Act, Section, SectionVersion, FetchedStatute, IncomingAmendment, LawWatch)
    } | {"letters": Letter.objects.filter(template="law/published").count()}


WHOLE = {
    "Act": 1,
    "Section": 3,
    "SectionVersion": 3,
    "FetchedStatute": 6,
    "IncomingAmendment": 1,
    "LawWatch": 1,
    "letters": 1,
}


@pytest.fixture
def fetch(test_database, standin):
    """Starts `manage.py fetch_law` as a program of its own."""

    def fetch():
        return subprocess.Popen(
            [sys.executable, "manage.py", "fetch_law"],
            cwd=BASE_DIR,
            env={
                **os.environ,
                **test_database.environment(),
                "SECRET_KEY": "only-for-tests",
                "SITE_URL": "https://portal.example.org",
                "LOG_LEVEL": "ERROR",
                "FINLEX_URL": standin.url,
                "FINLEX_CONTACT": "keeper@example.org",
                "FINLEX_ACTS": "9101/2023",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    return fetch


@pytest.mark.parametrize("killed_at", [2, 4, 6])
def test_a_run_that_is_killed_loses_nothing_and_the_next_makes_nothing_twice(
    standin, fetch, killed_at
):
    UserFactory(role="lawyer")
    amend(standin)
    running = fetch()

    def kill(number):
        if number == killed_at:
            os.kill(running.pid, signal.SIGKILL)
            running.wait()

    standin.heard = kill
    running.communicate()
    kept = FetchedStatute.objects.count()
    assert running.returncode == -signal.SIGKILL
    assert 0 < kept < WHOLE["FetchedStatute"]

    standin.heard = lambda number: None
    standin.asked.clear()
    watching.visit(Finlex(100), 9101, 2023)

    assert everything() == WHOLE
    assert IncomingAmendment.objects.get().state == State.READY
    fetched_again = [one for one in standin.asked if "/list" not in one and "latest" not in one]
    assert len(fetched_again) <= WHOLE["FetchedStatute"] - kept


def test_what_was_fetched_and_not_read_is_read_without_fetching_it_again(standin, monkeypatch):
    UserFactory(role="lawyer")
    amend(standin)

    class KilledError(Exception):
        pass

    def killed(number, year):
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(watching, "_read", killed)
        LawWatch.objects.create(number=9101, year=2023, read_at="2026-01-01T00:00:00Z")
        with pytest.raises(KilledError):
            watching.visit(Finlex(100), 9101, 2023)
    assert FetchedStatute.objects.count() == WHOLE["FetchedStatute"]
    assert not Act.objects.exists()
    standin.asked.clear()

    watching.visit(Finlex(100), 9101, 2023)

    assert everything() == WHOLE
    assert len(standin.asked) == 1


@pytest.mark.postgres
def test_two_workers_at_once_make_nothing_twice(standin):
    UserFactory(role="lawyer")
    amend(standin)

    at_once(*(lambda: watching.visit(Finlex(100), 9101, 2023) for _ in range(2)))

    assert everything() == WHOLE


@pytest.mark.postgres
def test_of_two_lawyers_who_take_it_into_use_at_once_one_does(standin):
    lawyers = UserFactory(role="lawyer"), UserFactory(role="lawyer")
    amend(standin)
    watching.visit(Finlex(100), 9101, 2023)

    def take(lawyer):
        one = IncomingAmendment.objects.get()
        return decisions.take_into_use(one, by=lawyer)

    results = at_once(
        *(lambda lawyer=lawyer: take(lawyer) for lawyer in lawyers),
        refused=(TransitionNotAllowed,),
    )

    assert TransitionNotAllowed in results
    assert Amendment.objects.count() == 1
    assert SectionVersion.objects.filter(amendment__isnull=False).count() == 1
    assert IncomingAmendment.objects.get().state == State.CONFIRMED


def test_what_was_taken_into_use_is_in_the_law_and_the_next_night_changes_nothing(standin):
    lawyer = UserFactory(role="lawyer")
    amend(standin)
    watching.visit(Finlex(100), 9101, 2023)
    decisions.take_into_use(IncomingAmendment.objects.get(), by=lawyer)
    before = everything()
    time.sleep(0.01)

    watching.visit(Finlex(100), 9101, 2023)

    assert everything() == before
    version = SectionVersion.objects.get(amendment__number=9103)
    assert version.text_fi[0]["text"] == "Hyvinvointialue vastaa."
    assert version.text_sv[0]["text"] == "Välfärdsområdet ansvarar."
    assert str(version.valid_from) == "2027-01-01"
    assert IncomingAmendment.objects.get().state == State.CONFIRMED

"""What `make run` leaves to the worker: done once, in order, again after a kill, and told of."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from portal.caching import cache_version
from portal.caching.models import CacheVersion
from portal.importing import StarterStep
from portal.operations import starter
from portal.operations.models import PendingStep
from portal.operations.worker import Worker
from search import queue

pytestmark = pytest.mark.django_db
ran = []


def first(progress):
    ran.append("first")


def figures(progress):
    progress(3, 12)
    ran.append(f"figures at {PendingStep.objects.first().percent} %")


def index(progress):
    ran.append("index")


def fails(progress):
    ran.append("fails")
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True
    ran.clear()


@pytest.fixture
def steps(monkeypatch):
    """`steps(("first", False), …)` makes these functions the starter steps, True is for later."""

    def use(*wanted):
        found = [StarterStep(name, f"{__name__}.{name}", later) for name, later in wanted]
        for module in ("portal.operations.starter", "portal.operations.management.commands.demo"):
            monkeypatch.setattr(f"{module}.steps", lambda: found)

    return use


def test_first_page_waits_for_the_first_steps_alone_and_the_worker_does_the_rest(steps):
    steps(("first", False), ("figures", True), ("index", True))

    call_command("demo", "--first", stdout=StringIO())
    assert ran == ["first"]
    assert PendingStep.objects.count() == 2

    while starter.go_on():
        pass
    assert ran == ["first", "figures at 25 %", "index"]
    assert not PendingStep.objects.exists()


def test_without_the_option_everything_is_loaded_at_once(steps):
    steps(("first", False), ("index", True))

    call_command("demo", stdout=StringIO())

    assert ran == ["first", "index"]
    assert not PendingStep.objects.exists()


def test_versions_of_the_loading_become_one(steps):
    for number in range(cache_version.ROWS_KEPT + 1):
        CacheVersion.objects.create(pk=number)

    call_command("demo", first=True, stdout=StringIO())

    assert CacheVersion.objects.count() == 1


def test_starting_again_leaves_each_step_once(steps):
    steps(("figures", True), ("index", True))
    starter.leave_to_worker()
    PendingStep.objects.first().claim()

    starter.leave_to_worker()

    assert [step.claimed_until for step in PendingStep.objects.all()] == [None, None]


def test_a_step_whose_worker_was_killed_is_done_by_another_when_its_claim_has_run_out(steps):
    steps(("index", True))
    starter.leave_to_worker()
    step = PendingStep.objects.get()
    assert step.claim()

    assert starter.go_on() == 0
    assert ran == []

    PendingStep.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert starter.go_on() == 1
    assert ran == ["index"]


def test_a_step_of_an_earlier_release_is_dropped(steps):
    steps(("index", True))
    PendingStep.objects.create(function="search.starter.gone", position=0)
    PendingStep.objects.create(function=f"{__name__}.index", position=1)

    while starter.go_on():
        pass

    assert ran == ["index"]
    assert not PendingStep.objects.exists()


def test_progress_makes_the_claim_longer(steps):
    steps(("index", True))
    starter.leave_to_worker()
    step = PendingStep.objects.get()
    PendingStep.objects.update(claimed_until=timezone.now())

    step.tell(1, 4)

    assert not PendingStep.objects.get().claim()


def test_a_step_that_fails_stays_and_is_not_tried_at_every_turn(steps, caplog):
    steps(("fails", True))
    starter.leave_to_worker()
    worker = Worker()

    worker.turn()
    worker.turn()

    assert ran == ["fails"]
    assert PendingStep.objects.exists()
    assert "ZeroDivisionError" in caplog.text


def test_outside_demo_mode_nothing_is_pending(steps, settings, django_assert_num_queries):
    steps(("index", True))
    starter.leave_to_worker()
    settings.DEMO = False

    with django_assert_num_queries(0):
        assert starter.go_on() == 0
        assert starter.pending(f"{__name__}.index") is None


def test_readyz_tells_how_many_steps_are_left(steps):
    steps(("figures", True), ("index", True))
    starter.leave_to_worker()

    assert starter.state() == "2 steps left to the worker"

    PendingStep.objects.all().delete()
    assert starter.state() == "nothing left to load"


class TestPages:
    """What a reader meets in the first minute."""

    @pytest.fixture(autouse=True)
    def left(self):
        starter.leave_to_worker()

    def test_search_says_that_the_index_is_being_built_and_reads_no_word(self, client, monkeypatch):
        monkeypatch.setattr("search.question.analyse", None)
        PendingStep.objects.filter(function="search.starter.load").update(done=1, total=4)

        answer = client.get("/en/search/?q=law")

        assert answer.status_code == 200
        assert "The search index is being built, 25 % of it is there." in answer.content.decode()

    def test_what_is_saved_meanwhile_waits_for_the_index_that_is_being_built(self, monkeypatch):
        monkeypatch.setattr("search.queue.index.update", None)
        queue.changed("page", ["1"])

        assert queue.drain() == 0

    def test_daily_index_is_not_made_beside_the_first(self, monkeypatch):
        monkeypatch.setattr("search.queue.index.refresh", None)

        assert queue.everything() == 0

    @pytest.mark.parametrize("path", ["/en/indicators/", "/en/datasets/", "/en/questions/"])
    def test_a_list_without_its_examples_says_that_they_are_coming(self, client, path):
        words = "The example content of this page is still being loaded."
        assert words in client.get(path).content.decode()

        PendingStep.objects.all().delete()
        assert words not in client.get(path).content.decode()

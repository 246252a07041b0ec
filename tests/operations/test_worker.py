"""The worker's turns, its schedule, and what is left when it is killed."""

import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from email import message_from_bytes

import pytest
import time_machine
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks_db.models import DBTaskResult
from structlog.testing import capture_logs

from portal import scheduling
from portal.mail.models import Letter
from portal.operations import jobs, worker
from portal.operations.models import ScheduledRun
from portal.operations.worker import Worker
from portal.scheduling import Entry
from portal.settings import BASE_DIR
from tests.factories.notices import LetterFactory

called = []


@task(backend="jobs")
def note(word):
    called.append(word)


@task(backend="jobs")
def fail():
    raise RuntimeError("This job always fails.")


def tick():
    called.append("tick")


def break_down():
    raise RuntimeError("This piece of the schedule always fails.")


@pytest.fixture(autouse=True)
def nothing_called():
    called.clear()


@pytest.fixture
def only(monkeypatch):
    """A schedule of our own."""

    def replace(*entries):
        monkeypatch.setattr(worker, "schedule", lambda: list(entries))

    return replace


EVERY_MINUTE = Entry("tick", timedelta(minutes=1), f"{__name__}.tick")


@pytest.mark.django_db(transaction=True)
class TestTurns:
    def test_jobs_run_and_a_failing_one_stops_nothing(self, only):
        only()
        fail.enqueue()
        note.enqueue("after")

        Worker().run(once=True)

        assert called == ["after"]
        assert DBTaskResult.objects.successful().count() == 1
        assert "This job always fails." in DBTaskResult.objects.failed().get().traceback

    def test_schedule_runs_what_is_due_once(self, only):
        only(EVERY_MINUTE)
        Worker().run(once=True)
        Worker().run(once=True)
        assert called == ["tick"]

        ScheduledRun.objects.update(started_at=timezone.now() - timedelta(hours=6))
        Worker().run(once=True)

        assert called == ["tick", "tick"]

    def test_schedule_runs_on_when_the_clock_was_a_day_ahead(self, only):
        only(EVERY_MINUTE)
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            Worker().run(once=True)

        Worker().run(once=True)
        Worker().run(once=True)

        assert called == ["tick", "tick"]

    def test_failing_piece_of_the_schedule_stops_nothing_and_waits_its_turn(self, only):
        only(Entry("broken", timedelta(minutes=1), f"{__name__}.break_down"), EVERY_MINUTE)

        Worker().run(once=True)

        assert called == ["tick"]
        assert ScheduledRun.objects.get(name="broken").finished_at is None

    def test_piece_that_another_worker_took_just_now_is_left_alone(self, monkeypatch):
        ScheduledRun.objects.create(name="tick", started_at=timezone.now() - timedelta(minutes=2))

        def both_have_seen_that_it_is_due(entry):
            seen = real_first(entry)
            if seen:
                ScheduledRun.objects.update(started_at=timezone.now())
            return seen

        real_first = QuerySet.first
        monkeypatch.setattr(QuerySet, "first", both_have_seen_that_it_is_due)

        assert worker.run_if_due(EVERY_MINUTE) == 0
        assert called == []

    def test_letters_are_sent(self, only, mailoutbox):
        only()
        LetterFactory.create_batch(3)

        Worker().run(once=True)

        assert len(mailoutbox) == 3

    def test_worker_that_is_told_to_stop_finishes_what_it_does_and_no_more(self, only, monkeypatch):
        only(EVERY_MINUTE)
        ours = Worker()

        def stop_after_this():
            ours.stop()
            called.append("finished")
            return 1

        monkeypatch.setattr(f"{__name__}.tick", stop_after_this)
        turns = [f"{__name__}.tick", f"{__name__}.break_down"]
        monkeypatch.setattr(worker, "each_turn", lambda: turns)
        ours.run()

        assert called == ["finished"]


@pytest.mark.django_db(transaction=True)
class TestDatabaseAway:
    @pytest.fixture
    def rests(self, monkeypatch):
        """`rests(away=7)`: a worker whose database is away for so many turns; gives its rests."""

        def run(away):
            ours, rested = Worker(), []

            def rest(seconds):
                rested.append(seconds)
                if len(rested) > away:
                    ours.stop()

            def while_away(*args, **kwargs):
                if len(rested) < away:
                    raise OperationalError("connection refused")
                return cursor(*args, **kwargs)

            cursor = connection.make_cursor
            monkeypatch.setattr(connection, "make_cursor", while_away)
            monkeypatch.setattr(ours.told_to_stop, "wait", rest)
            ours.run()
            return rested

        return run

    def test_an_outage_is_two_lines_in_the_log_however_long_it_lasts(self, only, rests):
        only(EVERY_MINUTE)

        with capture_logs() as log:
            rests(away=7)

        assert [(line["event"], line["log_level"]) for line in log] == [
            ("worker_started", "info"),
            ("database_away", "error"),
            ("database_back", "warning"),
            ("worker_stopped", "info"),
        ]
        assert log[1]["error"] == "connection refused"

    def test_rests_grow_to_half_a_minute_and_the_work_goes_on(self, only, rests):
        only(EVERY_MINUTE)

        assert rests(away=7)[:7] == [1, 2, 4, 8, 16, 30, 30]
        assert called == ["tick"]

    def test_a_statement_that_fails_is_no_outage(self, only, monkeypatch):
        def wait_in_vain():
            raise OperationalError("lock timeout")

        monkeypatch.setattr(f"{__name__}.break_down", wait_in_vain)
        only(Entry("broken", timedelta(minutes=1), f"{__name__}.break_down"), EVERY_MINUTE)

        with capture_logs() as log:
            Worker().run(once=True)

        assert called == ["tick"]
        assert "failed" in [line["event"] for line in log]

    def test_one_that_is_to_drain_everything_says_that_it_could_not(self, monkeypatch):
        def gone(*args, **kwargs):
            raise OperationalError("connection refused")

        with monkeypatch.context() as patched:
            patched.setattr(connection, "make_cursor", gone)
            with pytest.raises(worker.DatabaseAwayError):
                Worker().run(once=True)


@pytest.mark.django_db(transaction=True)
class TestJobs:
    def lost(self, tries):
        note.enqueue("lost")
        long_ago = timezone.now() - timedelta(hours=1)
        DBTaskResult.objects.update(
            status="RUNNING", started_at=long_ago, worker_ids=["portal"] * tries
        )

    def test_job_whose_worker_died_is_started_again(self):
        self.lost(tries=1)

        jobs.recover()
        jobs.run_next()

        assert called == ["lost"]

    def test_job_that_took_three_workers_along_is_given_up(self):
        self.lost(tries=3)

        jobs.recover()

        assert jobs.run_next() == 0
        assert "JobAbandoned" in DBTaskResult.objects.failed().get().traceback

    def test_jobs_that_ended_long_ago_are_forgotten(self):
        note.enqueue("old")
        jobs.run_next()
        DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=31))
        note.enqueue("waiting")

        jobs.clear_old()

        assert DBTaskResult.objects.count() == 1


@pytest.mark.parametrize(
    "dotted", [*scheduling.each_turn(), *(entry.function for entry in scheduling.schedule())]
)
def test_everything_that_the_worker_does_is_there(dotted):
    assert callable(import_string(dotted))


def test_names_of_the_schedule_are_different():
    names = Counter(entry.name for entry in scheduling.schedule())

    assert [name for name, times in names.items() if times > 1] == []


CANNOT_STOP = 30  # seconds


@pytest.fixture
def outbox_folder(tmp_path):
    """Where a worker in a process of its own puts the letters that it sends."""
    return tmp_path / "mail"


@pytest.fixture
def start_worker(test_database, outbox_folder):
    """Start `manage.py work` on this test's database; whatever still runs is killed in the end."""
    started = []

    def start(*arguments):
        process = subprocess.Popen(
            [sys.executable, "manage.py", "work", *arguments],
            cwd=BASE_DIR,
            env={
                **test_database.environment(),
                "DJANGO_SETTINGS_MODULE": "portal.settings",
                "SITE_URL": "https://portal.example.org",
                "EMAIL_URL": f"filemail:///{outbox_folder}",
            },
            stderr=subprocess.PIPE,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def message_ids(folder):
    """How often each Message-ID was sent, from the files of the mail server's stand-in."""
    files = folder.glob("*.log") if folder.exists() else []
    parts = b"".join(file.read_bytes() for file in files).split(b"-" * 79 + b"\n")
    return Counter(
        message["Message-ID"] for part in parts if (message := message_from_bytes(part)).keys()
    )


def wait_for(condition):
    deadline = time.monotonic() + CANNOT_STOP
    while not condition():
        assert time.monotonic() < deadline, "It took too long."
        time.sleep(0.005)


@pytest.mark.django_db(transaction=True)
class TestProcess:
    def test_sigterm_stops_it_in_peace(self, start_worker):
        process = start_worker()
        wait_for(lambda: ScheduledRun.objects.exists())

        process.send_signal(signal.SIGTERM)

        assert process.wait(CANNOT_STOP) == 0

    def test_killed_worker_loses_no_letter_and_repeats_only_the_one_in_flight(
        self, start_worker, outbox_folder
    ):
        letters = LetterFactory.create_batch(120)
        rounds = 3
        for number in range(rounds):
            process = start_worker()
            enough = 30 * (number + 1)
            wait_for(lambda enough=enough: Letter.objects.exclude(sent_at=None).count() >= enough)
            process.kill()
            process.wait(CANNOT_STOP)
        Letter.objects.exclude(claimed_until=None).update(claimed_until=timezone.now())
        assert start_worker("--once").wait(CANNOT_STOP) == 0

        sent = message_ids(outbox_folder)

        assert set(sent) == {f"<{letter.key}@portal.example.org>" for letter in letters}
        assert max(sent.values()) <= 2
        assert sum(sent.values()) <= len(letters) + rounds
        assert Letter.objects.filter(sent_at=None).count() == 0

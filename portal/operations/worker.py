"""The worker: one loop that drains queues, sends letters, runs jobs and keeps the schedule."""

import signal
from datetime import timedelta
from threading import Event
from types import TracebackType

import structlog
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from portal.away import is_away
from portal.scheduling import Entry, each_turn, schedule

from .models import ScheduledRun

SECONDS_OF_REST = 1.0
LONGEST_REST = 30.0  # while the database is away
SKEW = timedelta(minutes=1)  # that the clocks of two machines may differ by

logger = structlog.get_logger(__name__)


class DatabaseAwayError(Exception):
    """Nothing can be done in this turn; the error of the database is the cause."""


class Outlived:
    """What fails inside is logged with its traceback, and the worker goes on.

    The one place that stops every kind of error: a worker has to outlive what it runs. Raises
    DatabaseAwayError when no connection can be had any more: that ends the turn.
    """

    def __init__(self, what: str):
        self.what = what

    def __enter__(self) -> None:
        structlog.contextvars.bind_contextvars(running=self.what)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        survivable = isinstance(error, Exception)
        away = is_away(error) and not is_there()
        if survivable and not away:
            logger.error("failed", exc_info=error)
        structlog.contextvars.unbind_contextvars("running")
        if away:
            raise DatabaseAwayError from error
        return survivable


def is_there() -> bool:
    """Whether the database answers, on a new connection when the old one is lost."""
    close_old_connections()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


class Worker:
    """Runs until it is told to stop; what it is doing at that moment is finished first."""

    def __init__(self):
        self.told_to_stop = Event()

    def stop(self, number=None, frame=None) -> None:
        """Also the handler of SIGINT and SIGTERM."""
        self.told_to_stop.set()

    def listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)

    def run(self, *, once: bool = False) -> None:
        """Take turns, and rest after one with nothing to do; `once` stops there instead.

        While the database is away the rests double up to LONGEST_REST, and the log has one line
        for its going and one for its coming back. With `once`, DatabaseAwayError is raised on.
        """
        logger.info("worker_started", once=once)
        turns_away = 0
        while not self.told_to_stop.is_set():
            close_old_connections()
            try:
                done = self.turn()
            except DatabaseAwayError as error:
                if once:
                    raise
                if not turns_away:
                    logger.error("database_away", error=str(error.__cause__))
                self.told_to_stop.wait(min(SECONDS_OF_REST * 2**turns_away, LONGEST_REST))
                turns_away += 1
                continue
            if turns_away:
                logger.warning("database_back", turns=turns_away)
                turns_away = 0
            if not done:
                if once:
                    break
                self.told_to_stop.wait(SECONDS_OF_REST)
        logger.info("worker_stopped")

    def turn(self) -> int:
        """One round through everything; returns how many things were done."""
        done = 0
        for dotted in each_turn():
            if not self.told_to_stop.is_set():
                with Outlived(dotted):
                    done += import_string(dotted)()
        for entry in schedule():
            if not self.told_to_stop.is_set():
                with Outlived(entry.function):
                    done += run_if_due(entry)
        return done


def run_if_due(entry: Entry) -> int:
    """Run one piece of the schedule if its time has come and no other worker took it; 0 or 1.

    One that was started in the future was so by a clock that has been set back since: it is due.
    """
    now = timezone.now()
    last = ScheduledRun.objects.filter(name=entry.name).first()
    if last is None:
        _run, ours = ScheduledRun.objects.get_or_create(
            name=entry.name, defaults={"started_at": now}
        )
    else:
        due = ScheduledRun.objects.filter(
            Q(started_at__lte=now - entry.every) | Q(started_at__gt=now + SKEW),
            pk=last.pk,
            started_at=last.started_at,
        )
        ours = bool(due.update(started_at=now, finished_at=None))
    if not ours:
        return 0
    import_string(entry.function)()
    ScheduledRun.objects.filter(name=entry.name).update(finished_at=timezone.now())
    return 1

"""Several people at the same moment, each in a thread and a transaction of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections


def at_once(*events, refused=()):
    """Run the events at the same moment; what each gave or raised, in their order.

    `refused` are the exceptions that an event may end with; any other fails the test.
    """
    start = Barrier(len(events))

    def run(event):
        start.wait(timeout=10)
        try:
            return event()
        except refused as error:
            return type(error)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(events)) as threads:
        return list(threads.map(run, events))

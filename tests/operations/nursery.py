"""Workers that start at once: Django is loaded here, and each line on stdin forks a worker.

Prints the process number of each. The workers are processes like those of `manage.py work`, to be
stopped or killed by a test.
"""

import os
import signal
import sys
from importlib import import_module

import django
from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string


def work(arguments: list[str]) -> None:
    """Be a worker until told to stop, and then be gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    worker = import_string("portal.operations.worker.Worker")()
    worker.listen()
    try:
        worker.run(once="--once" in arguments)
    finally:
        connections.close_all()
    os._exit(0)


def say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main() -> None:
    django.setup()
    import_module(settings.ROOT_URLCONF)
    connections.close_all()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    say("ready")
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            work(line.split())
        say(pid)


if __name__ == "__main__":
    main()

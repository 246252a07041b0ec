"""How gunicorn serves the portal: read by itself. WEB_CONCURRENCY sets the number of workers."""

import os
import shutil
from pathlib import Path

from gunicorn.glogging import Logger
from prometheus_client.multiprocess import mark_process_dead

from portal.logs import Masked

port = os.environ.get("PORT", "8000")
bind = f"{os.environ.get('WEB_HOST', '127.0.0.1')}:{port}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
control_socket_disable = True
preload_app = True  # a worker shares the memory of what was loaded before it was forked
max_requests = 5000
max_requests_jitter = 500
timeout = 30
graceful_timeout = 10
loglevel = "warning"
access_log_format = "%(t)s %(m)s %(s)s %(b)s %(M)sms"  # addresses are in the portal's own lines


class MaskedLogger(Logger):
    """gunicorn's, which quotes requests that it cannot read, with the portal's mask."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            handler.addFilter(Masked())


logger_class = MaskedLogger


if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:  # where workers add up what they count
    counts = Path(__file__).parent / "var" / "metrics" / port
    shutil.rmtree(counts, ignore_errors=True)
    counts.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(counts)


def child_exit(server, worker):
    """A worker that ended no longer counts among those that are alive."""
    mark_process_dead(worker.pid)

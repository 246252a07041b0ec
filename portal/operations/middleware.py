"""Each request has an id, which its log lines and its answer carry."""

import re
import time
import uuid

import structlog
from django.conf import settings

from portal import logs

GOOD_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

logger = structlog.get_logger(__name__)


def request_log(get_response):
    """One log line a request (static files apart): how it ended, how long it took, not by whom.

    The id is the proxy's X-Request-ID when that is well formed, else a new one. Query strings are
    left out, and addresses that can hold keys are masked (portal/logs.py).
    """

    def middleware(request):
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = given if GOOD_ID.fullmatch(given) else uuid.uuid4().hex
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            started = time.perf_counter()
            response = get_response(request)
            if not request.path_info.startswith(settings.STATIC_URL):
                logger.info(
                    "request",
                    method=request.method,
                    path=logs.route(request, response.status_code),
                    code=response.status_code,
                    ms=round((time.perf_counter() - started) * 1000, 1),
                )
        response.headers["X-Request-ID"] = request_id
        return response

    return middleware
